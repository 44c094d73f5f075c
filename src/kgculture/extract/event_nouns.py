"""Words that name a cultural event, put into the skeleton as units of kind V, so that rules can speak of them: `@V3 opened in @L1 . `."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kgculture.extract.context import Context
from kgculture.extract.frames import Rule, Rules, ordinal_before
from kgculture.extract.places import town_of
from kgculture.extract.skeleton import Skeleton, Unit
from kgculture.lexicon import is_one_of, word_agrees
from kgculture.lexicon.places import gazetteer
from kgculture.model import Passage, Ref

#: Words that may stand between a determiner and the noun.
_REACH = 6
#: Capitalised words of a dictionary that make a name.
_CALLED = 2
#: Classes of words that end a phrase: prepositions, conjunctions, articles, relative words.
_LIMITS = "ofatq"
#: Kinds whose names are written with capitals and may carry an ordinal.
_NAMED = frozenset({"Forum", "Festival", "Competition"})


@dataclass(slots=True)
class EventNoun:
    """An event as one phrase of a sentence names it. `definite`: True for "the exhibition", False for "an exhibition", else None.

    `refers`: a word for any event ("the event"), which only points back. `several`: a plural that names no single event.
    """

    rule: Rule
    kind: str
    skeleton: Skeleton
    span: Passage
    definite: bool | None = None
    refers: bool = False
    several: bool = False
    title: str | None = None
    guests: tuple[Ref, ...] = ()
    hosts: tuple[Ref, ...] = ()
    ordinal: int | None = None
    town: Ref | None = None  # of which an adjective beside it is made
    marked: bool = False
    inside: list[Unit] = field(default_factory=list)
    draft: Any = None


class Nouns:
    """Finds event nouns by the lexicon's rules of `event: noun`."""

    def __init__(self, context: Context, rules: Rules, words: dict[str, Any]) -> None:
        self._context = context
        self._rules = rules
        self._definite = tuple(words.get("definite", ()))
        self._indefinite = tuple(words.get("indefinite", ()))
        self._stops = frozenset(words.get("phrase_stops", ()))
        self._marks = tuple(words.get("marks", ()))
        self._links = tuple(words.get("title_links", ()))
        self._capital_head = bool(words.get("capital_head", True))

    def read(self, skeleton: Skeleton) -> tuple[Skeleton, list[EventNoun]]:
        """The skeleton with every event noun as a unit of kind V, and the nouns."""
        text = skeleton.text
        taken: list[tuple[int, int, EventNoun]] = []
        for rule, bits in self._rules.possible(skeleton):
            for pattern, wanted in zip(rule.patterns, rule.wanted, strict=True):
                if bits & wanted != wanted:
                    continue
                for match in pattern.finditer(text):
                    start, end = match.span()
                    if any(s < end and start < e for s, e, _ in taken) or _barred(rule, text, start, end):
                        continue
                    noun = self._noun(skeleton, rule, match)
                    if noun is None:
                        continue
                    extent = self._extent(skeleton, noun, start, end)
                    if any(s < extent[1] and extent[0] < e for s, e, _ in taken):
                        extent = start, end
                    if rule.get("named_only") and noun.title is None:
                        continue
                    if noun.definite is not None or not rule.get("determined"):
                        taken.append((*extent, noun))
        if not taken:
            return skeleton, []
        return _replaced(skeleton, sorted(taken, key=lambda t: t[0]))

    # ------------------------------------------------------------------------------------------------------- one noun

    def _noun(self, skeleton: Skeleton, rule: Rule, match: Any) -> EventNoun | None:
        captured = {k.partition("_")[0]: skeleton.units_in(v) for k, v in match.groupdict().items() if v}
        inside = skeleton.units_in(match.group())
        guests = [
            r for u in captured.get("GUEST", ()) for r in (u.value.countries if u.kind == "O" else _lands(u.refs))
        ]
        if captured.get("GUEST") and not guests:
            return None
        sector = rule.get("sector")
        bodies = [u for slot in ("GUEST", "X") for u in captured.get(slot, ()) if u.kind == "O"]
        if sector and not all(u.value.head.sector == sector for u in bodies):
            return None
        noun = EventNoun(
            rule,
            rule.get("kind", ""),
            skeleton,
            skeleton.source(*match.span()),
            refers=bool(rule.get("refers")),
            inside=inside,
        )
        noun.several = bool(rule.get("several"))
        noun.guests = tuple(dict.fromkeys(guests))
        noun.hosts = tuple(u.refs[0] for u in captured.get("HOST", ()))
        source = self._context.doc.text
        quotes = captured.get("TITLE", ())
        if quotes:
            noun.title = unquoted(source[quotes[0].start : quotes[0].end])
            heads = rule.get("heads")
            if heads:  # what the event is stands in the quotation
                words = noun.title.lower().split()
                if not all(
                    any(word_agrees(h, w) for w in words for h in group) for group in (heads, rule.get("with")) if group
                ):
                    return None
                noun.title = self._nominative(noun.title)
        elif rule.get("titled") and (rule.get("titled") != "capital" or noun.span.of(source)[:1].isupper()):
            noun.title = self._nominative(noun.span.of(source))
        return noun

    def _nominative(self, phrase: str) -> str:
        phrase = " ".join(phrase.split())
        return self._context.doc.language.nominative(phrase) if phrase else phrase

    def _extent(self, skeleton: Skeleton, noun: EventNoun, start: int, end: int) -> tuple[int, int]:
        """The phrase with its determiner and, where the event has a name, all of the name; sets what these tell."""
        text = skeleton.text
        words = text.split(" ")[:-1]
        first = text.count(" ", 0, start)
        last = text.count(" ", 0, end) - 1
        at = first
        for k in range(first - 1, max(-1, first - 1 - _REACH), -1):
            word = words[k]
            if word in self._definite or (word == "'s" and k):
                noun.definite, at = True, k
                break
            if is_one_of(word, self._indefinite):
                noun.definite, at = False, k
                break
            if not self._inside_phrase(word):
                break
            noun.marked = noun.marked or is_one_of(word, self._marks)
            if noun.kind in _NAMED and not noun.town:
                noun.town = self._town(skeleton, k)  # "Минский кинофестиваль"
        source = self._context.doc.text
        if noun.kind in _NAMED and not noun.refers and noun.title is None:
            left, right = self._name(skeleton, words, first, last)
            if (left, right) != (first, last) or words[left] != words[first]:
                name = Passage(skeleton.offsets[left][0], skeleton.offsets[right][1]).of(source)
                if self._is_called(skeleton, words, left, first):
                    name = Passage(skeleton.offsets[left][0], skeleton.offsets[first - 1][1]).of(source)
                    noun.title = self._nominative(name)
                elif self._is_name(skeleton, words, left, first, last, right):
                    noun.title = self._nominative(name)
                    noun.town = noun.town or self._city_among(skeleton, words[left:first])
                    first, last = left, right
        if noun.kind in _NAMED:
            noun.ordinal = ordinal_before(self._context, skeleton, skeleton.offsets[text.count(" ", 0, start)][0], 40)
        at = min(at, first)
        noun.span = Passage(skeleton.offsets[at][0], skeleton.offsets[last][1])
        position = [0]
        for word in words:
            position.append(position[-1] + len(word) + 1)
        return position[at], position[last + 1]

    def _city_among(self, skeleton: Skeleton, words: Sequence[str]) -> Ref | None:
        """The city with which a name begins: "the Tashkent International Film Festival"."""
        unit = skeleton.units[int(words[0][2:])] if words and words[0].startswith("@L") else None
        return unit.refs[0] if unit else None

    def _town(self, skeleton: Skeleton, k: int) -> Ref | None:
        return town_of(self._context.doc.text[slice(*skeleton.offsets[k])].lower(), self._context.lexicon)

    def _inside_phrase(self, word: str) -> bool:
        if word.startswith("@"):
            return word[1] in "JNCMLXQ"
        if word in self._stops:
            return False
        small = self._context.lexicon.classes.match([word], 0)
        return ("-" in word and len(word) > 1) or (word.isalpha() and (small is None or small[1] not in _LIMITS))

    # -------------------------------------------------------------------------------------------------------- its name

    def _name(self, skeleton: Skeleton, words: Sequence[str], first: int, last: int) -> tuple[int, int]:
        """First and last word of the capitalised name that the noun is part of."""
        left = first
        while left and (
            self._capital(skeleton, left - 1)
            or (self._capital_head and self._capital(skeleton, first) and words[left - 1].startswith("@O"))
            or (self._joins(words, left - 1) and left > 1 and self._capital(skeleton, left - 2))
        ):
            left -= 1
        if not self._capital_head:
            k = first
            while k and first - k < _REACH and self._adjective(skeleton, words, k - 1):
                k -= 1
                left = k if self._capital(skeleton, k) else left
        right, governed = last, False
        while right + 1 < len(words):
            step, governed = self._right_step(skeleton, words, right + 1, governed)
            if not step:
                break
            right += step
        return left, right

    def _adjective(self, skeleton: Skeleton, words: Sequence[str], k: int) -> bool:
        source = self._context.doc.text[slice(*skeleton.offsets[k])]
        return words[k][0].isalpha() and self._context.doc.language.word_class(source) == "adjective"

    def _joins(self, words: Sequence[str], k: int) -> bool:
        return words[k] in ("'s",)

    def _right_step(self, skeleton: Skeleton, words: Sequence[str], k: int, governed: bool) -> tuple[int, bool]:
        """How many words of the name begin at `k` (0 where it has ended), and whether a preposition governs what follows."""
        ahead = k
        while ahead < len(words) and words[ahead] in self._links and ahead - k < 2:
            ahead += 1
        if ahead >= len(words):
            return 0, False
        if self._capital_head:
            body = words[ahead].startswith("@O") and ahead > k and self._capital(skeleton, k - 1)
            return (ahead - k + 1 if body or self._capital(skeleton, ahead) else 0), False
        word = words[ahead]
        small = self._context.lexicon.classes.match([word], 0)
        if small and small[1] == "b" and words[ahead + 1 : ahead + 2] and words[ahead + 1][:2] in ("@P", "@M"):
            return ahead - k + 2, False  # "Международный фестиваль имени X"
        if word.startswith("@"):
            unit = skeleton.units[int(word[2:])]
            fits = ahead == k and unit.kind in "CJXEO" and unit.value is not None and "g" in unit.value.case
            return int(fits), False
        language = self._context.doc.language
        source = self._context.doc.text[slice(*skeleton.offsets[ahead])]
        kind = language.word_class(source) if word.isalpha() else ""
        wanted = "d" if governed or ahead > k else "g"
        if kind not in ("adjective", "noun") or wanted not in language.cases(source):
            return 0, False
        return ahead - k + 1, wanted == "d" and kind == "adjective"

    def _capital(self, skeleton: Skeleton, k: int) -> bool:
        source = self._context.doc.text[slice(*skeleton.offsets[k])]
        word = skeleton.text.split(" ", k + 1)[k]
        if word.startswith("@") and word[1] not in ("JCXMETNL" if self._capital_head else "JXMN"):
            return False
        return source[:1].isupper() or (
            source[:1].isdigit() and word.startswith("@N") and self._ordinal_at(skeleton, k)
        )

    def _ordinal_at(self, skeleton: Skeleton, k: int) -> bool:
        start = skeleton.offsets[k][0]
        return any(
            n.kind == "ordinal" and n.span.start <= start < n.span.end for n in self._context.numbers[skeleton.index]
        )

    def _is_called(self, skeleton: Skeleton, words: Sequence[str], left: int, first: int) -> bool:
        """Whether capitals before a noun in small letters are its name: "the Sharq Taronalari festival"."""
        if not self._capital_head or self._capital(skeleton, first):
            return False
        before = words[left:first]
        return any(w.startswith("@M") for w in before) or sum(w[0].isalpha() for w in before) >= _CALLED

    def _is_name(self, skeleton: Skeleton, words: Sequence[str], left: int, first: int, last: int, right: int) -> bool:
        """Whether a run of capitals is a name: its noun has a capital or, where nouns have none, a word before it."""
        if self._capital_head:
            return self._capital(skeleton, first) and right - left >= 1
        return left < first and (left > 0 or right > last)


def _lands(places: Sequence[Ref]) -> Iterator[Ref]:
    """The countries of places whose culture is shown: Tatarstan's is Russia."""
    for ref in places:
        home = ref if ref.startswith("country-") else gazetteer().country_of(ref)
        if home:
            yield home


def _barred(rule: Rule, text: str, start: int, end: int) -> bool:
    """Whether the matched words stand inside a phrase in which they name no event: "exhibition hall"."""
    return any(m.start() < end and start < m.end() for u in rule.unless for m in u.finditer(text))


def unquoted(title: str) -> str:
    """A quotation without its quotation marks and surrounding signs."""
    return " ".join(title.strip("«»“”„‟\"'‘’‹› ").rstrip(",.").split())


def _replaced(skeleton: Skeleton, taken: Sequence[tuple[int, int, EventNoun]]) -> tuple[Skeleton, list[EventNoun]]:
    units = list(skeleton.units)
    words = list(_words(skeleton))
    out: list[str] = []
    offsets: list[tuple[int, int]] = []
    nouns: list[EventNoun] = []
    k = 0
    for index, (at, word) in enumerate(words):
        inside = next((t for t in taken if t[0] <= at < t[1]), None)
        if inside is None:
            out.append(word)
            offsets.append(skeleton.offsets[index])
            continue
        if inside[2] not in nouns:
            noun = inside[2]
            out.append(f"@V{len(units)}")
            offsets.append((noun.span.start, noun.span.end))
            units.append(Unit("V", noun.span.start, noun.span.end, (), noun))
            nouns.append(noun)
        k += 1
    return skeleton.reworded(out, units, offsets), nouns


def _words(skeleton: Skeleton) -> Iterator[tuple[int, str]]:
    at = 0
    for word in skeleton.text.split(" ")[:-1]:
        yield at, word
        at += len(word) + 1
