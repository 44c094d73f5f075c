"""Names of things: local parts of IRIs, labels and aliases, each a function of the set of records."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, get_args
from urllib.parse import quote

from kgculture.model import Merge, Thing, ThingKind
from kgculture.resolve.fold import digest, is_cyrillic
from kgculture.terms import ARTICLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Where things of two kinds claim one name, the kind that stands first keeps it.
KINDS: tuple[str, ...] = ("place", *(k for k in get_args(ThingKind) if k != "place"))
#: (article id, local ref or fact id)
Record = tuple[str, str]


def report_iri(article_id: str, fact_id: str) -> str:
    """The IRI of a Report, by which events of a cluster are ordered and named."""
    return f"{ARTICLE}{quote(article_id, safe='-._~')}#{fact_id}"


def report_digest(article_id: str, fact_id: str) -> str:
    return digest(report_iri(article_id, fact_id))


def tag(text: str, language: str) -> str:
    """The language tag of a name: `en` for Latin script, else the article's language (undetermined in an English article)."""
    if not is_cyrillic(text):
        return "en"
    return "und" if language == "en" else language


@dataclass(frozen=True, slots=True, order=True)
class Form:
    """A name as an article writes it; sorts by what makes a better label: full before part, then string."""

    rank: tuple[int, ...]
    text: str
    language: str


@dataclass(slots=True)
class Draft:
    """A thing before all names are known: what its name wants to be and what it must answer to."""

    name: str
    kind: ThingKind
    records: list[Record]
    forms: list[Form] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)
    joins: list[tuple[str, tuple[Record, ...]]] = field(default_factory=list)  # rule, records

    def thing(self) -> Thing:
        """Labels: per language the least form; all others are alternative labels."""
        labels: dict[str, str] = {}
        others: set[tuple[str, str]] = set()
        for form in sorted(set(self.forms)):
            if labels.setdefault(form.language, form.text) != form.text:
                others.add((form.language, form.text))
        return Thing(
            self.name, self.kind, tuple(sorted(labels.items())), tuple(sorted(others)), tuple(sorted(self.aliases))
        )

    def merges(self) -> list[Merge]:
        """One Merge per rule that brought records together."""
        by_rule: dict[str, set[Record]] = defaultdict(set)
        for rule, records in self.joins:
            by_rule[rule].update(records)
        return [Merge(self.name, tuple(sorted(r)), rule) for rule, r in sorted(by_rule.items()) if len(r) > 1]


@dataclass(slots=True)
class Layer:
    """What one layer decided: its drafts by final name, and pairs of names that may be the same thing."""

    drafts: dict[str, Draft] = field(default_factory=dict)
    maybe_same: set[tuple[str, str]] = field(default_factory=set)

    def add(self, draft: Draft) -> None:
        self.drafts[draft.name] = draft

    def doubt(self, a: str, b: str) -> None:
        if a != b:
            self.maybe_same.add((min(a, b), max(a, b)))


def distinct(
    drafts: Iterable[Draft], suffixes: Mapping[int, tuple[str, ...]], taken: frozenset[str] = frozenset()
) -> None:
    """Gives drafts that want one name suffixes until they differ; then none keeps the bare name.

    `suffixes[position]` are tried in turn, each longer than the one before ("kz", "kz.ivanovich"); what still collides
    gets eight digits of the least record. Names `taken` by other kinds of things get the kind as a suffix.
    """
    listed = list(drafts)
    wanted = [d.name for d in listed]
    open_ = defaultdict(list)
    for position, name in enumerate(wanted):
        open_[name].append(position)
    for name, positions in sorted(open_.items()):
        if len(positions) == 1 and name not in taken:
            continue
        if len(positions) == 1:
            listed[positions[0]].name = f"{name}.{listed[positions[0]].kind}"
            continue
        rest = positions
        for depth in range(max(len(suffixes.get(p, ())) for p in positions)):
            tried = {p: suffixes[p][min(depth, len(suffixes[p]) - 1)] if suffixes.get(p) else "" for p in rest}
            clear = [p for p in rest if tried[p] and list(tried.values()).count(tried[p]) == 1]
            for p in clear:
                listed[p].name = f"{name}.{tried[p]}"
            rest = [p for p in rest if p not in clear]
        for p in rest:
            listed[p].name = f"{name}.{report_digest(*min(listed[p].records))}"


def settle_aliases(things: Mapping[str, Thing]) -> dict[str, Thing]:
    """Drops aliases that are a thing's name or that two things claim."""
    claims: dict[str, int] = defaultdict(int)
    for thing in things.values():
        for alias in thing.aliases:
            claims[alias] += 1
    return {
        name: replace(t, aliases=tuple(a for a in t.aliases if a not in things and claims[a] == 1))
        for name, t in things.items()
    }
