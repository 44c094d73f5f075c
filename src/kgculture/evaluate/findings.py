"""What an article got right and wrong, as counts and as a list of findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from kgculture.evaluate.gold import Gold
from kgculture.evaluate.graph import NOWHERE, Graph

PLANNED = "planned meeting"
#: the rows of facts, in the order in which they are shown
ROWS = (
    "person",
    "office",
    "meeting",
    "participant",
    "meeting when, where",
    "agreement",
    "agreement arguments",
    "exhibition",
    "exhibition arguments",
    "event",
    "event arguments",
)
Kind = Literal["missed", "spurious"]
#: a label, and the names by which the text may call what it stands for
Names = tuple[str, tuple[str, ...]]


@dataclass(slots=True)
class Count:
    """Right facts (tp), facts that gold lacks (fp), gold facts that were not found (fn)."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def add(self, tp: int = 0, fp: int = 0, fn: int = 0) -> None:
        self.tp += int(tp)
        self.fp += int(fp)
        self.fn += int(fn)

    @property
    def scores(self) -> tuple[float, float, float]:
        """Precision, recall, F1. What has no gold fact and none found is right."""
        p = self.tp / (self.tp + self.fp) if self.tp + self.fp else float(not self.fn)
        r = self.tp / (self.tp + self.fn) if self.tp + self.fn else 1.0
        return p, r, 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact of gold that was missed, or a fact that gold lacks. `names` say what to look for in the text; `node` is the thing."""

    article: str
    language: str
    row: str
    kind: Kind
    what: str
    names: tuple[Names, ...] = ()
    node: Any = field(default=None, compare=False)


@dataclass(slots=True)
class Scored:
    """One article against its gold facts. `key_of` and `node_of` pair persons; `meetings` has the node of each gold meeting found."""

    graph: Graph
    gold: Gold
    counts: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    findings: list[Finding] = field(default_factory=list)
    node_of: dict[str, Any] = field(default_factory=dict)
    key_of: dict[Any, str] = field(default_factory=dict)
    meetings: dict[int, Any] = field(default_factory=dict)

    @property
    def article(self) -> Any:
        return self.graph.articles.get(self.gold.id, NOWHERE)

    @property
    def missing(self) -> bool:
        return self.gold.id not in self.graph.articles

    # ----------------------------------------------------------------------------------------------------- findings

    def missed(self, row: str, what: str, names: Iterable[Names] = ()) -> None:
        self._find(row, "missed", what, names, None)

    def spurious(self, row: str, what: str, names: Iterable[Names] = (), node: Any = None) -> None:
        self._find(row, "spurious", what, names, node)

    def _find(self, row: str, kind: Kind, what: str, names: Iterable[Names], node: Any) -> None:
        told = tuple((label, tuple(dict.fromkeys(forms))) for label, forms in names if forms)
        self.findings.append(Finding(self.gold.id, self.gold.language, row, kind, what, told, node))

    # -------------------------------------------------------------------------------------------------------- names

    def person(self, key: str) -> Names:
        """A gold person, with the name forms that the article uses."""
        return key, tuple(self.gold.persons.get(key, {}).get("names") or ())

    def party(self, gold: str) -> Names:
        """A gold body or country."""
        from pyoxigraph import Literal

        forms = (
            [gold]
            if len(gold) > 2
            else [x for n in self.graph.subjects("isoCode", Literal(gold)) for x in self.graph.labels(n)]
        )
        return gold, tuple(forms)

    def thing(self, node: Any) -> Names:
        """A thing of the graph."""
        return self.graph.name(node), tuple(self.graph.labels(node))

    def people(self, keys: Iterable[str]) -> set[Any]:
        """Nodes of gold persons; the key itself stands for one who was not found."""
        return {self.node_of.get(key, key) for key in keys}
