"""`python -m kgculture` is `kgculture`."""

from __future__ import annotations

import sys

from kgculture.cli import main

if __name__ == "__main__":
    sys.exit(main())
