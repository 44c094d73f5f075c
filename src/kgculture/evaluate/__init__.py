"""Measures a graph against gold facts: figures per class and language, what was missed and what is spurious, each with its sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgculture.evaluate.findings import Finding

if TYPE_CHECKING:
    from kgculture.evaluate.drawing import Mark
    from kgculture.evaluate.gold import GoldSet
    from kgculture.evaluate.measure import Figures
    from kgculture.model import Passage

__all__ = ["ALL", "Evaluation", "Finding", "Shown", "evaluate"]

#: the group of all articles together; the other groups are languages
ALL = "all"


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with its place in the text: the passage, and where this names what the finding speaks of."""

    finding: Finding
    text: str | None
    passage: Passage | None
    marks: tuple[Mark, ...]

    @property
    def quote(self) -> str | None:
        return self.passage.of(self.text) if self.passage is not None and self.text is not None else None

    def draw(self, width: int = 100) -> str:
        """The sentence with the spans under it; empty where no sentence names any of it."""
        from kgculture.evaluate.drawing import draw

        if self.text is None or self.passage is None:
            return ""
        return draw(self.text, self.passage, self.marks, width)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`figures` by group: `all`, then languages. `missing`: articles of gold that the graph lacks; all their facts count as missed."""

    figures: dict[str, Figures]
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]
    _text_of: Callable[[str], str | None]
    _graph: Any

    def show(self, finding: Finding) -> Shown:
        """Where the article says it: for what the graph states its evidence, for what it lacks the sentence that names most of it."""
        from kgculture.evaluate.drawing import locate, marks

        text = self._text_of(finding.article)
        if text is None:
            return Shown(finding, None, None, ())
        passage = None
        article = self._graph.articles.get(finding.article)
        if finding.node is not None and article is not None:
            passage = next(iter(self._graph.passages(finding.node, article)), None)
        passage = passage or locate(text, finding.names)
        found = tuple(marks(text, passage, finding.names)) if passage is not None else ()
        return Shown(finding, text, passage, found)


def evaluate(
    triples: Any,
    gold: GoldSet | str | Path,
    *,
    text_of: Callable[[str], str | None] = lambda identifier: None,
    only: Sequence[str] = (),
    samples: int = 1000,
) -> Evaluation:
    """Measures what a graph states of annotated articles.

    `triples` is a pyoxigraph store, `gold` a folder of gold facts; `text_of` gives an article's text by its identifier, to show
    findings; `only` keeps articles whose identifier begins so; `samples` is how many the intervals rest on.

    Raises InputError for gold that cannot be read or lacks articles that `only` wants.
    """
    from kgculture.errors import InputError
    from kgculture.evaluate.findings import Scored
    from kgculture.evaluate.gold import GoldSet, read_gold
    from kgculture.evaluate.graph import Graph
    from kgculture.evaluate.happenings import score_agreements, score_events
    from kgculture.evaluate.measure import figures
    from kgculture.evaluate.persons import score_meetings, score_persons

    known = gold if isinstance(gold, GoldSet) else read_gold(gold)
    chosen = [g for g in known.articles if not only or g.id.startswith(tuple(only))]
    if not chosen:
        raise InputError(f"{gold}: no gold facts of articles that begin with {' or '.join(only)}")
    graph = Graph(triples)
    scored = [Scored(graph, g) for g in chosen]
    for one in scored:
        score_persons(one)
        score_meetings(one)
        score_agreements(one)
        score_events(one)
    languages = sorted({g.language for g in chosen})
    told = {ALL: figures(scored, known.groups, samples)}
    for language in languages:
        told[language] = figures([s for s in scored if s.gold.language == language], known.groups, samples)
    return Evaluation(
        told,
        tuple(finding for one in scored for finding in one.findings),
        tuple(one.gold.id for one in scored if one.missing),
        text_of,
        graph,
    )
