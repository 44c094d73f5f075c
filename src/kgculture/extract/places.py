"""Finds countries, cities and regions in a sentence: by name in any case, adjective, people or abbreviation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kgculture.language.base import tokenize
from kgculture.language.kept import KEPT, Kept
from kgculture.lexicon.places import Entry, Form, PlaceWords, folded, place_words
from kgculture.model import Passage, Ref

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kgculture.extract.document import Sentence
    from kgculture.language.base import Token
    from kgculture.lexicon import Lexicon

#: the longest ending of an adjective
_ENDING = 3
_DATELINE_SIGNS = frozenset("–—-(,./")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Where a sentence names a place. `first` and `last` are indexes of tokens, both inclusive.

    The parts of "Kazakh-Russian" are two mentions with one token. `case`: letters of `language.base.CASES` that the form may stand in.
    """

    span: Passage
    first: int
    last: int
    ref: Ref
    form: Form
    case: str = ""


def town_of(word: str, lexicon: Lexicon) -> Ref | None:
    """The city of which an adjective is made, by the suffix and the stems that the lexicon gives: «парижский»; None for any other word."""
    suffix = str(lexicon.settings.get("city_adjective") or "")
    stem, found, ending = word.rpartition(suffix) if suffix else ("", "", "")
    if not found or not 1 <= len(ending) <= _ENDING:
        return None
    known: dict[str, Ref] = lexicon.settings.get("city_adjectives") or {}
    entry = place_words(lexicon.code).entries.get(stem)
    return known.get(stem + suffix) or (
        entry.ref if entry and entry.form == "name" and entry.ref.startswith("city-") else None
    )


def find_places(sentence: Sentence, lang: str) -> list[PlaceMention]:
    """All places that the sentence names, in order; the longest name wins. Raises KeyError for a language that we do not know."""
    words = place_words(lang)
    tokens = sentence.tokens
    naming = _naming(lang)
    at = [i for i, token in enumerate(tokens) if naming[token.text]]
    if not at:
        return []
    keys = [folded(token.lower) for token in tokens]
    found: list[PlaceMention] = []
    position = 0
    for first in at:
        if first < position:
            continue  # within the name before
        mentions = list(_at(tokens, keys, first, words, found))
        found += mentions
        position = mentions[-1].last + 1 if mentions else first + 1
    return found


@cache
def _naming(lang: str) -> Kept[str, bool]:
    """Whether a word may begin the name of a place or hold one: most may not, whatever stands around them."""
    words = place_words(lang)

    def may_name(text: str) -> bool:
        token = tokenize(text, Passage(0, len(text)))[0]
        if token.text != text:
            return True  # cut otherwise where a word stands before it
        key = folded(token.lower)
        return token.is_word and bool(
            text in words.exact_longest
            or words.longest.get(key, 1) > 1
            or "-" in key
            or _entry([token], [key], 0, 1, words)
        )

    return Kept(may_name)


def _at(
    tokens: Sequence[Token], keys: Sequence[str], at: int, words: PlaceWords, before: Sequence[PlaceMention]
) -> Iterator[PlaceMention]:
    if (length := words.exact_longest.get(tokens[at].text)) and (hit := _abbreviation(tokens, at, length, words)):
        yield hit
        return
    for length in range(min(words.longest.get(keys[at], 1), len(tokens) - at), 0, -1):
        if found := _entry(tokens, keys, at, length, words):
            if _accepted(found, tokens, keys, at, at + length - 1, words, before):
                yield _mention(tokens, at, at + length - 1, found)
            return
    if "-" in keys[at]:
        yield from _compound(tokens[at], at, words)


def _abbreviation(tokens: Sequence[Token], at: int, longest: int, words: PlaceWords) -> PlaceMention | None:
    for length in range(min(longest, len(tokens) - at), 0, -1):
        last = at + length - 1
        if ref := words.exact.get(" ".join(t.text for t in tokens[at : last + 1])):
            return PlaceMention(Passage(tokens[at].start, tokens[last].end), at, last, ref, "abbreviation")
    return None


def _entry(tokens: Sequence[Token], keys: Sequence[str], at: int, length: int, words: PlaceWords) -> Entry | None:
    if length == 1:
        entry = words.entries.get(keys[at]) or _derived(keys[at], words)
    else:
        key = " ".join(keys[at : at + length])
        entry = words.entries.get(key) or _with_ending(key, words)
    return entry if entry and (tokens[at].is_capital or not entry.capital) else None


def _derived(key: str, words: PlaceWords) -> Entry | None:
    """A single word by its endings. Most words name no place and come back: what was found is kept."""
    if key not in words.derived:
        if len(words.derived) >= KEPT:
            words.derived.clear()
        words.derived[key] = _with_ending(key, words) or _stem(key, words)
    return words.derived[key]


def _stem(key: str, words: PlaceWords) -> Entry | None:
    """An adjective or people that the data give as a stem."""
    for form, endings in words.stem_endings.items():
        for cut in (2, 3, 1):
            if (
                (cases := endings.get(key[-cut:])) is not None
                and (hit := words.stems.get(key[:-cut]))
                and hit[1] == form
            ):
                return Entry(hit[0], form, cases, capital=False)
    return None


def _with_ending(key: str, words: PlaceWords) -> Entry | None:
    """A name with a case ending or a suffix that makes an adjective of it."""
    if not words.endings:
        return None
    for cut in range(min(6, len(key) - 2), 0, -1):
        ending, start = key[-cut:], key[:-cut]
        if ending in words.endings and (entry := words.entries.get(start) or _adjective(start, words)):
            return Entry(entry.ref, entry.form, words.endings[ending], entry.capital, entry.doubtful)
    return _adjective(key, words)


def _adjective(key: str, words: PlaceWords) -> Entry | None:
    for suffix in words.adjective_suffixes:
        if key.endswith(suffix) and (entry := words.entries.get(key[: -len(suffix)])) and entry.form == "name":
            return Entry(entry.ref, "adjective", "", capital=False)
    return None


def _accepted(
    entry: Entry,
    tokens: Sequence[Token],
    keys: Sequence[str],
    first: int,
    last: int,
    words: PlaceWords,
    before: Sequence[PlaceMention],
) -> bool:
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    if entry.ref.startswith("city-") and following and following.lower in words.not_before:
        return False
    if not entry.doubtful or entry.form != "name":
        return True
    if following and following.lower in words.context_after:
        return not (first and tokens[first - 1].is_capital and first > 1)  # "Michael Jordan's" is nobody's country
    if (
        first == 0
        and following
        and (following.lower in words.joiners or following.text == ",")
        and last + 2 < len(tokens)
    ):
        after = _entry(tokens, keys, last + 2, 1, words)  # "Georgia and Latvia signed"
        if after is not None and after.form == "name" and not after.doubtful and after.ref.startswith("country-"):
            return True
    if first == 0:
        return (
            tokens[0].text.isupper()
            and len(tokens[0].text) > 1
            and following is not None
            and following.text in _DATELINE_SIGNS
        )
    previous = keys[first - 1]
    if previous == "." and first > 1:
        previous = keys[first - 2]  # "г. Орёл"
    if previous in words.context:
        return True
    followed_by_name = following is not None and following.is_word and following.is_capital
    if previous in words.weak_context:
        return not followed_by_name
    if before and before[-1].last == first - 2 and tokens[first - 1].lower in words.joiners:
        return not followed_by_name  # "in Baku, Split and Nice"
    if following and following.text == "," and last + 2 < len(tokens):
        after = _entry(tokens, keys, last + 2, 1, words)  # "Split, Croatia"
        return after is not None and after.form == "name" and after.ref.startswith("country-")
    return False


def _compound(token: Token, at: int, words: PlaceWords) -> Iterator[PlaceMention]:
    """Places in the parts of a hyphened word: "Kazakh-Russian", "казахстанско-российский", "US-led"."""
    start = token.start
    parts = token.text.replace("‐", "-").replace("‑", "-").split("-")
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        if part and (entry := _part(part, last, words)):
            yield PlaceMention(
                Passage(start, start + len(part)), at, at, entry.ref, entry.form, entry.cases if last else ""
            )
        start += len(part) + 1


def _part(part: str, last: bool, words: PlaceWords) -> Entry | None:
    key = folded(part.lower())
    if part in words.exact:
        return Entry(words.exact[part], "abbreviation")
    letter = words.compound_letter
    if not last:
        if ref := words.prefixes.get(part) or words.prefixes.get(key):
            return Entry(ref, "adjective")
        if letter and key.endswith(letter) and (hit := words.stems.get(key[: -len(letter)])):
            return Entry(hit[0], "adjective")
    entry = words.entries.get(key) or (_with_ending(key, words) if last else None) or _stem(key, words)
    if entry is None or entry.doubtful or (entry.capital and not part[0].isupper()):
        return None
    return entry


def _mention(tokens: Sequence[Token], first: int, last: int, entry: Entry) -> PlaceMention:
    return PlaceMention(Passage(tokens[first].start, tokens[last].end), first, last, entry.ref, entry.form, entry.cases)
