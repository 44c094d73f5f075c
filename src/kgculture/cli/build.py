"""kgculture build"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

import click

from kgculture.cli import _options
from kgculture.errors import INCOMPLETE, OK, InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from kgculture.pipeline import BuildResult

#: work that takes longer than this shows a progress bar on a terminal
PATIENCE = 2.0
#: withheld facts that the summary names one by one; skipped inputs it names all, as nothing else does
NAMED = 40
STAGES = {"read": "reading", "extract": "extracting", "resolve": "resolving", "graph": "writing facts"}
STAGES |= {"check": "checking", "validate": "checking", "store": "storing"}


@click.command("build")
@click.argument("paths", nargs=-1, metavar="PATH…")
@_options.store
@click.option(
    "--workers", "-w", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that extract."
)
@click.option(
    "--id",
    "ids",
    type=click.Choice(["stem", "path"]),
    default="stem",
    show_default=True,
    help="An article is named after its file, or after its whole path.",
)
@click.option("--refresh", is_flag=True, help="Also read again what older rules read; PATH may then be left out.")
@_options.quiet
def command(paths: tuple[str, ...], store: str, workers: int, ids: str, refresh: bool, quiet: bool) -> int:
    """Build a graph from articles, or add articles to it.

    PATH is a .txt, .html or .jsonl file, a folder, a pattern such as 'news/*.txt', or - for standard input. Articles that are
    already there and did not change are left alone; the store changes as a whole at the end, or not at all.
    What it costs to add articles does not depend on how many are there.

    The store knows which version of the rules read each article. After an update, --refresh reads all that are stale again, from
    the texts that the store keeps; only what comes out otherwise is written. It also brings a store of an older format up to date.

    Ends with 3 when inputs were skipped or facts withheld, which the summary on standard error names, and with 4 when nothing
    could be read at all.

    \b
    Example:
      kgculture build examples/articles --store store
      kgculture build --refresh --store store
    """
    from kgculture import pipeline

    if not paths and not refresh:
        raise click.UsageError("missing PATH…, or --refresh")
    with Progress(shown=not quiet and sys.stderr.isatty()) as progress:
        stdin = sys.stdin.buffer if "-" in paths else None
        result = pipeline.build(
            list(paths), store, workers=workers, ids=ids, refresh=refresh, progress=progress.update, stdin=stdin
        )
    if not quiet:
        _summary(result, store)
    if result.skipped and not result.read:
        raise InputError(f"{' '.join(paths)}: no article could be read")
    return OK if result.complete else INCOMPLETE


def _summary(result: BuildResult, store: str) -> None:
    def say(text: str) -> None:
        click.echo(text, err=True)

    for skipped in result.skipped:
        say(f"skipped   {skipped.path}: {skipped.reason}")
    for violation in result.withheld[:NAMED]:
        about = violation.report or violation.focus
        say(f"withheld  {about}: {violation.message}")
    if len(result.withheld) > NAMED:
        say(f"          … {len(result.withheld) - NAMED} more facts were withheld: kgculture validate --withheld")
    counts = f"{result.new} new, {result.changed} changed, {result.unchanged} unchanged"
    if result.refreshed:
        counts += f", {result.refreshed} read again by newer rules"
    if result.stale:
        say(f"stale     {result.stale} articles were read by older rules: kgculture build --refresh --store {store}")
    say(
        f"{store}: {result.read} articles ({counts}), {len(result.skipped)} skipped, {len(result.withheld)} facts withheld"
    )


class Progress:
    """A bar that appears once the work has taken two seconds, on a terminal only."""

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown
        self._began = time.monotonic()
        self._bar: Any = None
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    @property
    def update(self) -> Callable[[str, int, int | None], None] | None:
        return self._update if self._shown else None

    def _update(self, stage: str, done: int, total: int | None) -> None:
        if self._bar is None:
            if time.monotonic() - self._began < PATIENCE:
                return
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.start()
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(STAGES.get(stage, stage), total=total)
        self._bar.update(self._tasks[stage], completed=done, total=total)
