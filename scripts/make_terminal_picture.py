"""Draws docs/terminal.svg: what the two main commands print on the example articles, taken from a real run.

python scripts/make_terminal_picture.py [OUTPUT]

Runs the `kgculture` that stands beside this interpreter, on a store in a temporary folder.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
WIDTH = 118
#: command as shown, and how many lines of its output (None = all)
RUNS: tuple[tuple[str, int | None], ...] = (
    ("kgculture build examples/articles", None),
    ("kgculture met Balayeva", 40),
)


def output_of(command: str, store: Path) -> str:
    """Standard error, then standard output of a command, with colours. Raises SystemExit where it fails."""
    name, *arguments = command.split()
    program = Path(sys.executable).with_name(name)
    env = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(WIDTH), "TERM": "xterm-256color"}
    done = subprocess.run(
        [program, *arguments, "--store", store], cwd=ROOT, env=env, capture_output=True, text=True, encoding="utf-8"
    )
    if done.returncode not in (0, 3):
        raise SystemExit(f"{command} ended with {done.returncode}: {done.stderr}")
    # A progress bar rewrites its line: only what stands after the last carriage return was seen at the end.
    lines = [line.rsplit("\r", 1)[-1] for line in (done.stderr + done.stdout).replace("\r\n", "\n").split("\n")]
    return "\n".join(lines).replace(str(store), "kgculture-store").rstrip()


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
