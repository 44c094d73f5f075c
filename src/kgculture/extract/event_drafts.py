"""Events under construction: what an article has told of each so far, and which tellings are of one event."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from math import ceil

from kgculture.extract.event_nouns import EventNoun
from kgculture.lexicon.places import folded, gazetteer
from kgculture.model import PartialDate, Passage, Ref

#: The event itself counts for more than a mention of it in passing.
STRONG, WEAK = 2, 1
_WORD = re.compile(r"[^\W_]+")
#: How many sentences back a word such as "the event" may point.
_REACH = 8


@dataclass(slots=True, eq=False)
class EventDraft:
    """An event under construction. Lists keep the order of telling; `index` is the sentence that told of it last."""

    kind: str
    rule: str = ""
    status: str | None = None
    weight: int = 0
    confidence: float = 0.9
    title: str | None = None
    presents: list[Ref] = field(default_factory=list)
    organizers: list[Ref] = field(default_factory=list)
    participants: list[Ref] = field(default_factory=list)
    heads: list[Ref] = field(default_factory=list)
    performers: list[Ref] = field(default_factory=list)
    works: list[Ref] = field(default_factory=list)
    works_by: list[Ref] = field(default_factory=list)
    supporters: list[Ref] = field(default_factory=list)
    count: int | None = None
    minimum: bool = False
    place: Ref | None = None
    venue: Ref | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None
    ordinal: int | None = None
    part_of: EventDraft | None = None
    passages: list[Passage] = field(default_factory=list)
    hosts: tuple[Ref, ...] = ()
    town: Ref | None = None  # of which an adjective beside its noun is made
    several: bool = False
    only_title: bool = True
    venue_of_title: bool = False  # a headline calls it more briefly than the text
    marked: bool = False  # "the opening concert"
    tour: bool = False  # of several performances, each an event of its own where it is told of
    introduced: bool = True  # False where its first mention points back: the beginning of the story is missing
    born: int = 0
    index: int = 0
    told: list[int] = field(default_factory=list)  # sentences
    elsewhere: bool = False  # its own sentences name a place that it is not said to be at

    def add(self, name: str, refs: Iterable[Ref]) -> None:
        known: list[Ref] = getattr(self, name)
        known += [r for r in dict.fromkeys(refs) if r not in known]

    def tell(self, rule: str, status: str | None, weight: int, confidence: float) -> None:
        """Note that a rule says the event takes place. A telling of more weight replaces one of less; among equals Held stays."""
        if status is None:
            return
        stays = self.status == "Cancelled" or (weight == self.weight and self.status == "Held" and status == "Planned")
        if weight > self.weight or (weight == self.weight and not stays):
            self.rule = rule if weight > self.weight or not self.rule else self.rule
            self.status, self.weight, self.confidence = status, weight, confidence
        elif not self.rule:
            self.rule = rule


class Told:
    """The events of an article, the one told of last stands last; found by their kinds and by where they were told of."""

    def __init__(self) -> None:
        self._rank: dict[int, int] = {}  # id of the draft -> place, the greatest last
        self._least = self._most = 0
        self._of_kind: dict[str, OrderedDict[int, EventDraft]] = {}  # in their order
        self._all: OrderedDict[int, EventDraft] = OrderedDict()
        self._sentence: dict[int, int] = {}
        self._at: dict[int, dict[int, EventDraft]] = {}  # by the sentence that told of them last
        self._titles: dict[int, EventDraft] = {}  # of which only headlines tell

    def __iter__(self) -> Iterator[EventDraft]:
        return iter(self._all.values())

    def last(self, draft: EventDraft) -> None:
        """An event, known or new, is now the one told of last."""
        key = id(draft)
        for order in (self._all, self._of_kind.setdefault(draft.kind, OrderedDict())):
            order[key] = draft
            order.move_to_end(key)
        self._most += 1
        self._rank[key] = self._most
        self._at.get(self._sentence.get(key, -1), {}).pop(key, None)
        self._sentence[key] = draft.index
        self._at.setdefault(draft.index, {})[key] = draft
        self._titles.pop(key, None)
        if draft.only_title:
            self._titles[key] = draft

    def first(self, draft: EventDraft) -> None:
        """A known event steps behind all others."""
        for order in (self._all, self._of_kind[draft.kind]):
            order.move_to_end(id(draft), last=False)
        self._least -= 1
        self._rank[id(draft)] = self._least

    def aside(self) -> None:
        """The event told of last steps behind the one before."""
        before = next(islice(reversed(self._all.values()), 1, None), None)
        if before is not None:
            self.last(before)

    def of_kind(self, kind: str) -> Iterator[EventDraft]:
        """The events of a kind, the one told of last first. Not to be changed meanwhile."""
        return reversed(self._of_kind.get(kind, OrderedDict()).values())

    def near(self, sentence: int, reach: int, titles: bool = False) -> list[EventDraft]:
        """The events told of in a sentence or at most so many before it, the one told of last first; with those of headlines."""
        found = {key: d for k in range(sentence - reach, sentence + 1) for key, d in self._at.get(k, {}).items()}
        if titles:
            found.update(self._titles)
        return [found[key] for key in sorted(found, key=self._rank.__getitem__, reverse=True)]

    def count(self, kinds: Collection[str] | None) -> int:
        """How many events of some kinds there are, or at all."""
        return sum(len(self._of_kind.get(kind, ())) for kind in set(kinds)) if kinds else len(self._all)


def same_title(a: str, b: str) -> bool:
    """Whether two titles are forms of one: nearly all words of the shorter begin as words of the longer do."""
    x, y = ([folded(w.lower()) for w in _WORD.findall(t)] for t in (a, b))
    if len(x) > len(y):
        x, y = y, x
    hits = sum(any(_akin(w, v) for v in y) for w in x)
    return bool(x) and hits >= ceil(0.75 * len(x))


def _akin(a: str, b: str) -> bool:
    """Two forms of a word: equal but for an ending."""
    stem = max(3, min(len(a), len(b)) - 2)
    return a == b or (len(a) > 3 and len(b) > 3 and a[:stem] == b[:stem])


def country_of(ref: Ref | None) -> Ref | None:
    """The country that a place lies in; None where it lies in several."""
    if ref is None or ref.startswith("country-"):
        return ref
    return gazetteer().country_of(ref) if ref in gazetteer() else None


def places_agree(a: Ref | None, b: Ref | None) -> bool:
    """Whether two places can be one event's: equal, or one is the country of the other."""
    if a is None or b is None or a == b:
        return True
    return (a.startswith("country-") or b.startswith("country-")) and country_of(a) == country_of(b)


def dates_agree(a: PartialDate | None, b: PartialDate | None) -> bool:
    """Whether two dates can be the same day said with more or less precision."""
    if a is None or b is None:
        return True
    return all(x is None or y is None or x == y for x, y in ((a.year, b.year), (a.month, b.month), (a.day, b.day)))


def other_year(known: EventDraft, found: EventDraft) -> bool:
    """Whether what is said now is of another year: events that have a name come again."""
    years = {d.year for d in (known.start or known.end, found.start or found.end) if d and d.year}
    return len(years) > 1


def clash(known: EventDraft, found: EventDraft) -> bool:
    """Whether what is said now cannot be of the event told of before."""
    if known.venue and found.venue and known.venue != found.venue:
        return True
    return not places_agree(known.place, found.place) or not dates_agree(known.start, found.start)


def fill_year(draft: EventDraft) -> None:
    """Give the first or last day the year of the other, where one has a year: an event begins before it ends, and within a year."""
    start, end = draft.start, draft.end
    if start is None or end is None or start.month is None or end.month is None:
        return
    before = (start.month, start.day or 1) <= (end.month, end.day or 31)
    if start.year is None and end.year:
        draft.start = _dated(start, end.year if before else end.year - 1)
    elif end.year is None and start.year:
        draft.end = _dated(end, start.year if before else start.year + 1)


def _dated(day: PartialDate, year: int) -> PartialDate:
    try:
        return replace(day, year=year)
    except ValueError:  # February 29
        return day


def reach_of(noun: EventNoun) -> int:
    """How many sentences back a noun that names no event may point."""
    reach: int = noun.rule.get("reach", _REACH)
    return reach


def can_be(draft: EventDraft, noun: EventNoun, sentence: int) -> bool:
    """Whether a noun may speak of an event told of before."""
    kinds = noun.rule.get("of")
    if noun.refers:
        return (not kinds or draft.kind in kinds) and sentence - draft.index <= reach_of(noun)
    if draft.kind != noun.kind or draft.several != noun.several:
        return False
    if draft.tour and not noun.rule.get("tour") and draft.born != sentence:
        return False
    if noun.rule.get("tour") and not draft.tour and (draft.works or draft.title):
        return False
    if noun.title and draft.title and not same_title(noun.title, draft.title) and not (noun.guests and draft.presents):
        return False
    if noun.guests and draft.presents and not set(noun.guests) & set(draft.presents):
        return False
    if noun.hosts and not places_agree(noun.hosts[0], draft.place or next(iter(draft.hosts), None)):
        return False
    if noun.ordinal and draft.ordinal and noun.ordinal != draft.ordinal:
        return False
    if (noun.title and draft.title) or (noun.guests and draft.presents):
        return True
    if noun.definite is False or draft.several:
        return draft.only_title or (not draft.introduced and not draft.marked)
    return not (draft.born == sentence and noun.definite is None)
