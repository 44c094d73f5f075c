"""Draws docs/terminal.svg: what the two main commands print on the example articles, taken from a real run.

python scripts/make_terminal_picture.py [OUTPUT]

Runs the `kgculture` that stands beside this interpreter in a pseudo-terminal, on a store in a temporary folder. Not for Windows.
"""

from __future__ import annotations

import contextlib
import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
WIDTH = 116
#: command as shown, and how many lines of its output (None = all)
RUNS: tuple[tuple[str, int | None], ...] = (
    ("kgculture build examples/articles", None),
    ("kgculture met Balayeva", None),
    ("kgculture met Balayeva --with Karimli --sources", None),
)


def output_of(command: str, store: Path) -> str:
    """What a terminal shows in the end when a command is run, with its colours. Raises SystemExit where it fails."""
    name, *arguments = command.split()
    program = str(Path(sys.executable).with_name(name))
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, WIDTH, 0, 0))
    env = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "COLUMNS", "LINES"}}
    env |= {"TERM": "xterm-256color", "KGCULTURE_STORE": str(store)}
    with subprocess.Popen([program, *arguments], cwd=ROOT, env=env, stdin=theirs, stdout=theirs, stderr=theirs) as run:
        os.close(theirs)
        shown = b""
        # the end of a pseudo-terminal is an error on Linux, and no bytes elsewhere
        with contextlib.suppress(OSError):
            while piece := os.read(ours, 65536):
                shown += piece
    os.close(ours)
    if run.returncode not in (0, 3):
        raise SystemExit(f"{command} ended with {run.returncode}: {shown.decode()}")
    return screen(shown.decode()).replace(str(store), "store").rstrip()


def screen(shown: str) -> str:
    """What is left of an output once its lines were rewritten and erased, as progress bars do; colours stay."""
    lines, row = [""], 0
    for part in re.split(r"(\r\n|\n|\r|\x1b\[\d*A|\x1b\[\d?[JK]|\x1b\[\?\d+[hl])", shown):
        if part in ("\n", "\r\n"):
            row += 1
            lines += [""] * (row + 1 - len(lines))
        elif part.endswith("A") and part.startswith("\x1b"):
            row = max(0, row - int(part[2:-1] or 1))
        elif part.startswith("\x1b[") and part[-1] in "JK":
            lines[row:] = [""] if part[-1] == "J" else ["", *lines[row + 1 :]]
        elif part == "\r":
            lines[row] = ""
        elif not part.startswith("\x1b[?"):
            lines[row] += part
    return "\n".join(lines)


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "terminal.svg"
    with tempfile.TemporaryDirectory() as folder:
        console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
        for command, limit in RUNS:
            lines = output_of(command, Path(folder) / "store").split("\n")
            console.print(Text.assemble(("$ ", "bold green"), (command, "bold")))
            console.print(Text.from_ansi("\n".join(lines[:limit])))
            if limit is not None and len(lines) > limit:
                console.print(f"… {len(lines) - limit} more lines", style="dim")
            console.print()
        svg = console.export_svg(title="kgculture", unique_id="kgculture")
    # Readers of the page should not fetch a font from somewhere else: any monospaced font will do.
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    target.write_text(re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE) + "\n", encoding="utf-8")
    print(f"{target}: {len(svg) // 1024} kB", file=sys.stderr)


if __name__ == "__main__":
    main()
