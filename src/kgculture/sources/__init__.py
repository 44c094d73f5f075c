"""Articles from files, folders, globs and standard input: text, HTML and JSONL.

A page's furniture (tags, headlines of other articles, counters, photo credits) is masked, never cut: offsets count code points of the text
as decoded. What cannot be read is named in one line and the rest goes on.
"""

from __future__ import annotations

from kgculture.sources.files import read

__all__ = ["read"]
