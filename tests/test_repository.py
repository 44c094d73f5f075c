"""The repository itself: sizes, what must not be committed, and pages that say what is there."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from kgculture import errors

ROOT = Path(__file__).resolve().parents[1]


@cache
def tracked() -> tuple[Path, ...]:
    """Files under version control that are there; skips where this is no checkout (an unpacked sdist)."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def texts() -> list[tuple[str, str]]:
    found = []
    for path in tracked():
        data = path.read_bytes()
        if b"\0" not in data:
            found.append((path.relative_to(ROOT).as_posix(), data.decode("utf-8", errors="replace")))
    return found


def test_no_source_file_is_longer_than_400_lines() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8").count("\n") for path in (ROOT / "src").rglob("*.py")
    }
    assert lengths
    assert {name: lines for name, lines in lengths.items() if lines > 400} == {}


def test_no_file_is_larger_than_a_megabyte() -> None:
    assert [path.name for path in tracked() if path.stat().st_size > 1_000_000] == []


def test_no_address_of_a_package_index() -> None:
    # written in two parts, so that this file does not name them either
    hosts = ["pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js.org", "crates" + ".io"]
    assert [(name, host) for name, text in texts() for host in hosts if host in text] == []


def test_no_path_of_one_machine() -> None:
    private = re.compile(r"(?<![\w.:/-])(?:/(?:home|Users)/\w+/|/root/\w|[A-Z]:\\Users\\)")
    found = [(name, hit.group()) for name, text in texts() if (hit := private.search(text))]
    found += [(name, str(ROOT)) for name, text in texts() if str(ROOT) + "/" in text]
    assert found == []


def test_readme_gives_the_two_commands_right_after_the_picture() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    commands = re.findall(r"^\$?\s*(make \w+)", readme, re.MULTILINE)
    assert commands[:2] == ["make example", "make test"]
    assert 0 < readme.index("docs/terminal.svg") < readme.index("make example")
    for command in commands:
        assert re.search(rf"^{command.removeprefix('make ')}:", makefile, re.MULTILINE), (
            f"the Makefile has no {command}"
        )


def test_ci_runs_the_command_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111, ".ci/run cannot be executed"
    assert script.read_text("utf-8").rstrip().endswith("exec make test")


def test_every_command_is_in_the_readme() -> None:
    import click

    from kgculture.cli import cli

    readme = (ROOT / "README.md").read_text("utf-8")
    commands = cli.list_commands(click.Context(cli))
    assert {"build", "met", "query", "queries", "show", "export", "validate", "stats", "ref"} <= set(commands)
    assert [name for name in commands if f"`kgculture {name}" not in readme] == []


def test_links_between_pages_lead_somewhere() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8")):
            if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def test_every_module_of_extract_is_on_the_map() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    files = {path.name for path in tracked() if path.parent.name == "extract"} - {"__init__.py"}
    assert files
    assert sorted(name for name in files if f"`{name}`" not in page) == []


def test_exit_codes_in_the_contributing_guide_are_those_of_the_code() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    rows = re.findall(r"^\| (\d) \|[^|]*\| `(\w+)` \|$", guide, re.MULTILINE)
    assert {name: int(code) for code, name in rows} == {
        name: getattr(errors, name).exit_code
        for name in ("KgcultureError", "UsageError", "InputError", "ResourceError", "QueryError", "CheckFailed")
    }
    assert re.search(rf"^\| {errors.INCOMPLETE} \| built, but", guide, re.MULTILINE)
