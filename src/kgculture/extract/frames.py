"""Rules of the lexicon applied to skeletons. A frame (meetings, …) asks for the matches of its rule file and makes facts of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kgculture.errors import ResourceError
from kgculture.extract.context import Context
from kgculture.extract.dates import DateMention
from kgculture.extract.needs import Sieve
from kgculture.extract.patterns import compile_pattern, demands_of
from kgculture.extract.skeleton import Skeleton, Unit
from kgculture.lexicon import Lexicon, alternatives, load
from kgculture.model import Ref

_CLOSING = "»”"
_QUOTES = '«“„»”"'


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as compiled: any of `patterns`, unless one of `unless` is found in the same sentence; `data` is the rest of its entry.

    Of the bits of a sentence (see `needs.Sieve`) `bit` stands for the rule, 0 where it is always possible; `wanted` and `barring` are
    those without which a pattern, one of `unless` cannot hold.
    """

    id: str
    patterns: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    data: dict[str, Any]
    bit: int = field(repr=False)
    wanted: tuple[int, ...] = field(repr=False)
    barring: tuple[int, ...] = field(repr=False)
    sieve: Sieve = field(compare=False, repr=False)

    def get(self, key: str, default: Any = None) -> Any:
        return self.data.get(key, default)

    def barred(self, text: str, bits: int) -> bool:
        """Whether a text with these bits holds one of `unless`."""
        return any(bits & b == b and u.search(text) for u, b in zip(self.unless, self.barring, strict=True))


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


class Rules(tuple[Rule, ...]):
    """Rules of a language in the order of their file, with what finds quickly which of them a sentence may hold."""

    def __init__(self, found: Iterable[Rule] = ()) -> None:
        self._bits = sum(rule.bit for rule in self)
        self._of_bit = {rule.bit: rule for rule in self}

    @classmethod
    def of(cls, found: Sequence[Rule]) -> Rules:
        """The same rules, ready to be looked for."""
        return found if isinstance(found, Rules) else cls(found)

    def possible(self, skeleton: Skeleton) -> list[tuple[Rule, int]]:
        """The rules that a sentence may hold, in their order, and the sentence's bits."""
        if not self:
            return []
        if skeleton.bits is None:
            skeleton.bits = self[0].sieve.bits(skeleton.text)
        bits = skeleton.bits
        found: list[tuple[Rule, int]] = []
        left = bits & self._bits
        while left:
            bit = left & -left
            found.append((self._of_bit[bit], bits))
            left ^= bit
        return found


@cache
def _frames(code: str) -> dict[str, Rules]:
    """The rules of all frames: what a sentence may hold is asked for all at once, so all must be known."""
    lexicon = load(code)
    sieve = Sieve()
    return {frame: _read(lexicon, frame, sieve) for frame in lexicon.rules}


def rules(code: str, frame: str) -> Rules:
    """The rules of a frame in the order of their file; `<name>` in a pattern stands for the words under `macros`.

    Raises ResourceError for a faulty entry.
    """
    return _frames(code).get(frame) or Rules()


@cache
def rules_with(code: str, frame: str, key: str, value: str, default: str = "") -> Rules:
    """The rules of a frame that have a value under a key, or none there where it is the default."""
    return Rules(rule for rule in rules(code, frame) if rule.get(key, default) == value)


def _read(lexicon: Lexicon, frame: str, sieve: Sieve) -> Rules:
    data = lexicon.rules.get(frame) or {}
    macros = {f"<{name}>": "(" + "|".join(words) + ")" for name, words in data.get("macros", {}).items()}

    def rows(patterns: str | Sequence[str]) -> list[str]:
        found = []
        for pattern in [patterns] if isinstance(patterns, str) else patterns:
            for name, words in macros.items():
                pattern = pattern.replace(name, words)
            found.append(pattern)
        return found

    found: list[Rule] = []
    for entry in data.get("rules", ()):
        if "id" not in entry or "when" not in entry:
            raise ResourceError(f"lexicon/{lexicon.code}/{frame}.yaml: a rule lacks its id or its pattern: {entry}")
        when, unless = rows(entry["when"]), rows(entry.get("unless", []))
        needs = [w.rstrip("~") for w in entry.get("needs", ())]
        found.append(
            Rule(
                entry["id"],
                tuple(compile_pattern(p, lexicon.joiners, entry["id"]) for p in when),
                tuple(compile_pattern(p, lexicon.joiners, entry["id"]) for p in unless),
                entry,
                sieve.rule(needs, begin=frame == "events"),
                tuple(sieve.demand(demands_of(p, lexicon.joiners, entry["id"])) for p in when),
                tuple(sieve.demand(demands_of(p, lexicon.joiners, entry["id"])) for p in unless),
                sieve,
            )
        )
    return Rules(found)


def matches(skeleton: Skeleton, found: Sequence[Rule]) -> Iterator[Match]:
    """Every place of a sentence where a rule holds, rule by rule; the first pattern that fits takes its words."""
    for rule, bits in Rules.of(found).possible(skeleton):
        taken: list[tuple[int, int]] = []
        barred: bool | None = None
        for pattern, wanted in zip(rule.patterns, rule.wanted, strict=True):
            if bits & wanted != wanted:
                continue
            for m in pattern.finditer(skeleton.text):
                if barred is None:
                    barred = rule.barred(skeleton.text, bits)
                if barred:
                    break
                if not any(s < m.end() and m.start() < e for s, e in taken):
                    taken.append(m.span())
                    yield Match(rule, skeleton, m)


# ----------------------------------------------------------------------------------------------- when and where


def dates_in(skeleton: Skeleton) -> list[Unit]:
    """Units of dates that may date an event of the sentence: with a value, and no dateline."""
    return [u for u in skeleton.of_kind("D") if (u.value.start or u.value.end) and not u.value.dateline]


@cache
def _other_occasion(code: str) -> re.Pattern[str]:
    """The phrases, each wherever it stands: one may begin within another."""
    phrases = alternatives(tuple(load(code).settings.get("other_occasion", ())))
    return re.compile(rf"(?<= )(?=(?:{phrases}) )")


def other_occasion(context: Context, skeleton: Skeleton, at: int) -> int | None:
    """Offset after `at` from which the sentence tells of another, later occasion ("the forum to be held in May"); None if it does not."""
    found = [
        skeleton.source(m.start(), m.end()).start for m in _other_occasion(context.lexicon.code).finditer(skeleton.text)
    ]
    return min((offset for offset in found if offset >= at), default=None)


def across_quotes(skeleton: Skeleton, a: int, b: int) -> bool:
    """Whether one of two offsets lies in quoted speech and the other does not: what is quoted does not tell when and where it was said."""
    low, high = min(a, b), max(a, b)
    if not any(q in skeleton.text for q in _QUOTES):
        return False
    opened = straight = 0
    for token, (start, _) in zip(skeleton.text.split(), skeleton.offsets, strict=False):
        if low <= start < high and token in _QUOTES:
            if token in _CLOSING:
                if not opened:
                    return True
                opened -= 1
            elif token == '"':
                straight += 1
            else:
                opened += 1
    return opened > 0 or straight % 2 == 1


def nearest_date(
    skeleton: Skeleton, at: int, kinds: tuple[str, ...] = ("point",), limit: int | None = None
) -> DateMention | None:
    """The date of the sentence nearest to an offset, of the given kinds; none after the offset `limit`."""
    fitting = [u for u in dates_in(skeleton) if u.value.kind in kinds and (limit is None or u.start < limit)]
    fitting = [u for u in fitting if not across_quotes(skeleton, u.start, at)]
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
    nouns = "|".join(re.escape(w) for w in load(code).settings.get("place_nouns", ()))
    between = rf"(?:(?:@J\d+|{nouns}) ){{0,2}}" if nouns else ""  # "in | the Japanese city of | Yokohama"
    return re.compile(rf"(?:^|(?<= ))(?:{words}) {_articles(code)}{between}@([LC])(\d+) ")


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
    found = [u for u in found if at is None or not across_quotes(skeleton, u.start, at)]
    if not found:
        words = skeleton.text.split()
        if skeleton.index and any(w in words for w in context.lexicon.settings.get("place_pronouns", ())):
            return place_in(context, context.skeletons[skeleton.index - 1])
        return None
    cities = [u for u in found if u.kind == "L"] or found
    best = min(cities, key=lambda u: (abs(u.start - at) if at is not None else 0, u.start))
    return best.refs[0]


@cache
def _venue_pattern(code: str) -> re.Pattern[str]:
    settings = load(code).settings
    if post := settings.get("venue_postpositions"):
        return re.compile(rf"(?:^|(?<= ))@O(\d+) (?:{alternatives(tuple(post))}) ")
    words = alternatives(tuple(settings.get("venue_prepositions", ("at", "in"))))
    return re.compile(rf"(?:^|(?<= ))(?:{words}) {_articles(code)}@O(\d+) ")


def venue_in(context: Context, skeleton: Skeleton, at: int | None = None, limit: int | None = None) -> Ref | None:
    """The body that a preposition of place precedes ("at the Heydar Aliyev Center"), before the offset `limit`."""
    pattern = _venue_pattern(context.lexicon.code)
    seated = tuple(f"{word} " for word in context.lexicon.settings.get("seated", ()))
    found = [
        skeleton.units[int(m.group(1))]
        for m in re.finditer(pattern, skeleton.text)
        if not (seated and skeleton.text[: m.start()].endswith(seated))
    ]
    found = [
        u
        for u in found
        if u.refs and not context.organizations.get(u.refs[0]).head.commission and (limit is None or u.start < limit)
    ]
    if not found:
        return None
    best = min(found, key=lambda u: (abs(u.start - at) if at is not None else 0, u.start))
    return best.refs[0]


def ordinal_before(context: Context, skeleton: Skeleton, at: int, reach: int = 40) -> int | None:
    """The ordinal that stands within `reach` characters before an offset: "the fourth meeting"."""
    near = [n for n in context.numbers[skeleton.index] if n.kind == "ordinal" and 0 <= at - n.span.end <= reach]
    return near[-1].value if near else None
