"""Rules of the lexicon applied to skeletons. A frame (meetings, …) asks for the matches of its rule file and makes facts of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kgculture.errors import ResourceError
from kgculture.extract.context import Context
from kgculture.extract.dates import DateMention
from kgculture.extract.needs import Needs
from kgculture.extract.patterns import compile_pattern
from kgculture.extract.skeleton import Skeleton, Unit
from kgculture.lexicon import load
from kgculture.model import PartialDate, Passage, Ref


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as compiled: any of `patterns`, unless one of `unless` is found in the same sentence; `data` is the rest of its entry."""

    id: str
    patterns: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    data: dict[str, Any]
    needs: tuple[str, ...]  # words of which one must stand in the sentence, to skip quickly
    index: Needs = field(compare=False, repr=False)  # `needs` of all rules of the frame

    def get(self, key: str, default: Any = None) -> Any:
        return self.data.get(key, default)


@dataclass(slots=True)
class Match:
    """A rule found in a sentence. `units(name)`: what the pattern kept under that name, in order."""

    rule: Rule
    skeleton: Skeleton
    match: re.Match[str]

    def units(self, name: str) -> list[Unit]:
        found: list[Unit] = []
        for key, value in self.match.groupdict().items():
            if value and (key == name or key.rpartition("_")[0] == name):
                found += self.skeleton.units_in(value)
        return found

    @property
    def start(self) -> int:
        """Offset in the article where the matched words begin."""
        return self.skeleton.source(self.match.start(), self.match.end()).start

    @property
    def end(self) -> int:
        return self.skeleton.source(self.match.start(), self.match.end()).end


@cache
def rules(code: str, frame: str) -> tuple[Rule, ...]:
    """The rules of a frame in the order of their file; `<name>` in a pattern stands for the words under `macros`.

    Raises ResourceError for a faulty entry.
    """
    lexicon = load(code)
    found: list[Rule] = []
    data = lexicon.rules.get(frame) or {}
    macros = {f"<{name}>": "(" + "|".join(words) + ")" for name, words in data.get("macros", {}).items()}

    def row(pattern: str) -> re.Pattern[str]:
        for name, words in macros.items():
            pattern = pattern.replace(name, words)
        return compile_pattern(pattern, lexicon.joiners, entry["id"])

    index = Needs((entry["id"], _needs(entry)) for entry in data.get("rules", ()) if "id" in entry)
    for entry in data.get("rules", ()):
        if "id" not in entry or "when" not in entry:
            raise ResourceError(f"lexicon/{code}/{frame}.yaml: a rule lacks its id or its pattern: {entry}")
        when = [entry["when"]] if isinstance(entry["when"], str) else entry["when"]
        unless = [entry["unless"]] if isinstance(entry.get("unless"), str) else entry.get("unless", [])
        found.append(
            Rule(
                entry["id"],
                tuple(row(p) for p in when),
                tuple(row(p) for p in unless),
                entry,
                _needs(entry),
                index,
            )
        )
    return tuple(found)


def _needs(entry: dict[str, Any]) -> tuple[str, ...]:
    return tuple(w.rstrip("~") for w in entry.get("needs", ()))


def matches(skeleton: Skeleton, found: tuple[Rule, ...]) -> Iterator[Match]:
    """Every place of a sentence where a rule holds, rule by rule; the first pattern that fits takes its words."""
    possible = found[0].index.within(skeleton.text) if found else ()
    for rule in found:
        if rule.id not in possible:
            continue
        if any(u.search(skeleton.text) for u in rule.unless):
            continue
        taken: list[tuple[int, int]] = []
        for pattern in rule.patterns:
            for m in pattern.finditer(skeleton.text):
                if not any(s < m.end() and m.start() < e for s, e in taken):
                    taken.append(m.span())
                    yield Match(rule, skeleton, m)


# ----------------------------------------------------------------------------------------------- when and where


def dates_in(skeleton: Skeleton) -> list[Unit]:
    """Units of dates that may date an event of the sentence: with a value, and no dateline."""
    return [u for u in skeleton.of_kind("D") if (u.value.start or u.value.end) and not u.value.dateline]


def other_occasion(context: Context, skeleton: Skeleton, at: int) -> int | None:
    """Offset after `at` from which the sentence tells of another, later occasion ("the forum to be held in May"); None if it does not."""
    found = [
        skeleton.source(m.start(), m.end()).start
        for phrase in context.lexicon.settings.get("other_occasion", ())
        for m in re.finditer(rf"(?<= ){re.escape(phrase)} ", skeleton.text)
    ]
    return min((offset for offset in found if offset >= at), default=None)


def nearest_date(
    skeleton: Skeleton, at: int, kinds: tuple[str, ...] = ("point",), limit: int | None = None
) -> DateMention | None:
    """The date of the sentence nearest to an offset, of the given kinds; none after the offset `limit`."""
    fitting = [u for u in dates_in(skeleton) if u.value.kind in kinds and (limit is None or u.start < limit)]
    if not fitting:
        return None
    mention: DateMention = min(fitting, key=lambda u: (abs(u.start - at), u.start)).value
    return mention


def _articles(code: str) -> str:
    """An expression for an article that may stand here, by the lexicon."""
    words = "|".join(re.escape(w) for w in load(code).settings.get("articles", ()))
    return f"(?:(?:{words}) )?" if words else ""


@cache
def _place_pattern(code: str) -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in load(code).settings.get("place_prepositions", ("in",)))
    if post := load(code).settings.get("place_postpositions"):
        return re.compile(rf"(?:^|(?<= ))@([LC])(\d+) (?:{'|'.join(map(re.escape, post))}) ")
    return re.compile(rf"(?:^|(?<= ))(?:{words}) {_articles(code)}@([LC])(\d+) ")


def place_in(context: Context, skeleton: Skeleton, at: int | None = None, limit: int | None = None) -> Ref | None:
    """The city (else country) that a preposition of place precedes; the nearest to offset `at`, where there are several.

    Not the seat of what the words before name ("the mission in Bishkek reports"), nor a place after the offset `limit`.
    """
    seated: Sequence[str] = context.lexicon.settings.get("seated", ())
    found = [
        skeleton.units[int(m.group(2))]
        for m in _place_pattern(context.lexicon.code).finditer(skeleton.text)
        if not skeleton.text[: m.start()].endswith(tuple(f"{word} " for word in seated))
    ]
    found = [u for u in found if limit is None or u.start < limit]
    if not found:
        words = skeleton.text.split()
        if skeleton.index and any(w in words for w in context.lexicon.settings.get("place_pronouns", ())):
            return place_in(context, context.skeletons[skeleton.index - 1])
        return None
    cities = [u for u in found if u.kind == "L"] or found
    best = min(cities, key=lambda u: (abs(u.start - at) if at is not None else 0, u.start))
    return best.refs[0]


def venue_in(context: Context, skeleton: Skeleton, at: int | None = None, limit: int | None = None) -> Ref | None:
    """The body that a preposition of place precedes ("at the Heydar Aliyev Center"), before the offset `limit`."""
    words = "|".join(re.escape(w) for w in context.lexicon.settings.get("venue_prepositions", ("at", "in")))
    post = "|".join(re.escape(w) for w in context.lexicon.settings.get("venue_postpositions", ()))
    pattern = (
        rf"(?:^|(?<= ))@O(\d+) (?:{post}) "
        if post
        else rf"(?:^|(?<= ))(?:{words}) {_articles(context.lexicon.code)}@O(\d+) "
    )
    found = [skeleton.units[int(m.group(1))] for m in re.finditer(pattern, skeleton.text)]
    found = [
        u
        for u in found
        if u.refs and not context.organizations.get(u.refs[0]).head.commission and (limit is None or u.start < limit)
    ]
    if not found:
        return None
    best = min(found, key=lambda u: (abs(u.start - at) if at is not None else 0, u.start))
    return best.refs[0]


def sentence_passage(skeleton: Skeleton) -> Passage:
    return skeleton.span


def start_of(mention: DateMention | None) -> PartialDate | None:
    return mention.start if mention else None


def ordinal_before(context: Context, skeleton: Skeleton, at: int, reach: int = 40) -> int | None:
    """The ordinal that stands within `reach` characters before an offset: "the fourth meeting"."""
    near = [n for n in context.numbers[skeleton.index] if n.kind == "ordinal" and 0 <= at - n.span.end <= reach]
    return near[-1].value if near else None
