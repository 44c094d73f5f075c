"""Finds cardinal and ordinal numbers: digits, words, Roman numbers. What words mean is data (`lexicon/<language>/numbers.yaml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from kgculture.language.base import lowered
from kgculture.language.kept import Kept
from kgculture.lexicon import read_yaml
from kgculture.lexicon.places import folded
from kgculture.model import Passage
from kgculture.resources import folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kgculture.extract.document import Sentence
    from kgculture.language.base import Token

_ROMAN = re.compile(r"(?=[MDCLXVI])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"M": 1000, "D": 500, "C": 100, "L": 50, "X": 10, "V": 5, "I": 1}
_LARGEST = 10**12


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number of a sentence. `first` and `last` are indexes of tokens of the number itself, both inclusive.

    `bound` is "more" for "more than 60", "about" for "around 100", else "".
    """

    span: Passage
    first: int
    last: int
    value: int
    kind: Literal["cardinal", "ordinal"]
    bound: Literal["", "more", "about"] = ""


@dataclass(slots=True)
class _Numbers:
    cardinals: dict[str, float]
    multipliers: dict[str, int]
    joiners: frozenset[str]
    ordinals: dict[str, int]
    signs: frozenset[str]
    roman_letters: frozenset[str]
    roman_lookalikes: dict[int, str]
    before: dict[Literal["more", "about"], list[tuple[str, ...]]] = field(default_factory=dict)
    after: dict[Literal["more", "about"], frozenset[str]] = field(default_factory=dict)
    begun: Kept[str, bool] = field(init=False)  # whether a word may begin a number

    def __post_init__(self) -> None:
        self.begun = Kept(lambda text: _begins(self, text))


def find_numbers(sentence: Sentence, lang: str) -> list[NumberMention]:
    """All numbers of the sentence in order, those of dates included. Raises KeyError for a language without `numbers.yaml`."""
    data = _numbers(lang)
    tokens = sentence.tokens
    begins = data.begun
    possible = [i for i, token in enumerate(tokens) if begins[token.text]]
    if not possible:
        return []
    keys = [folded(token.lower) for token in tokens]
    found: list[NumberMention] = []
    end = 0
    for at in possible:
        if at < end:
            continue  # within the number before
        read = _digits(data, tokens, keys, at) or _words(data, keys, at) or _roman(data, tokens, at)
        if read is None:
            continue
        end, value, kind = read
        if value is not None:
            span = Passage(tokens[at].start, tokens[end - 1].end)
            found.append(
                NumberMention(span, at, end - 1, value, kind, _bound(data, keys, at, end) if kind == "cardinal" else "")
            )
    return found


def find_ordinals(sentence: Sentence, lang: str) -> list[NumberMention]:
    """The ordinals among `find_numbers`: "fourth", "5th", "XXIV", "седьмой"."""
    return [number for number in find_numbers(sentence, lang) if number.kind == "ordinal"]


@cache
def _numbers(lang: str) -> _Numbers:
    data: dict[str, Any] = read_yaml(folder("lexicon") / lang / "numbers.yaml")
    if not data:
        raise KeyError(lang)
    endings = data["ordinal_endings"] or [""]
    return _Numbers(
        cardinals={folded(word): value for word, value in data["cardinals"].items()},
        multipliers={folded(word): value for word, value in data["multipliers"].items()},
        joiners=frozenset(data["joiners"]),
        ordinals={folded(word + ending): value for word, value in data["ordinals"].items() for ending in endings},
        signs=frozenset(data["ordinal_signs"]),
        roman_letters=frozenset(data["roman_letters"]),
        roman_lookalikes=str.maketrans(data["roman_lookalikes"]),
        before={"more": [tuple(p.split()) for p in data["more"]], "about": [tuple(p.split()) for p in data["about"]]},
        after={"more": frozenset(data["more_after"]), "about": frozenset(data["about_after"])},
    )


_Read = tuple[
    int, int | None, Literal["cardinal", "ordinal"]
]  # index after it, value (None: a number, but none of ours), kind


def _digits(data: _Numbers, tokens: Sequence[Token], keys: Sequence[str], at: int) -> _Read | None:
    key = keys[at]
    if not (key[0].isascii() and key[0].isdigit()):
        return None
    end = at + 1
    digits = key
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", key):
        digits = key.replace(",", "")
    elif not key.isdigit():
        return end, None, "cardinal"  # a fraction or a date
    # thousands parted by spaces: "2 906"
    while (
        len(digits) <= 9 and end < len(keys) and re.fullmatch(r"\d{3}", keys[end]) and key.isdigit() and len(key) <= 3
    ):
        if tokens[end].start != tokens[end - 1].end + 1:
            break
        digits += keys[end]
        end += 1
    if len(digits) > 12:
        return end, None, "cardinal"
    value = int(digits)
    adjacent = end < len(keys) and tokens[end].start == tokens[end - 1].end
    if adjacent and keys[end] in data.signs:
        return end + 1, value, "ordinal"
    if (
        adjacent
        and keys[end] == "-"
        and end + 1 < len(keys)
        and tokens[end + 1].is_word
        and tokens[end + 1].start == tokens[end].end
    ):
        if keys[end + 1] in data.signs:
            return end + 2, value, "ordinal"
        if len(keys[end + 1]) > 3:
            return end + 2, None, "cardinal"  # "80-летие", "90-minute"
        return end, value, "cardinal"
    if end < len(keys) and (factor := data.multipliers.get(keys[end])):
        return end + 1, value * factor if value * factor <= _LARGEST else None, "cardinal"
    return end, value, "cardinal"


def _begins(data: _Numbers, text: str) -> bool:
    """Whether a number may begin with a word: most words are none."""
    key = folded(lowered(text))
    return (
        key[0].isdigit()
        or key == "a"
        or _value(data, key) is not None
        or _ordinal(data, key) is not None
        or text.isupper()
    )


def _words(data: _Numbers, keys: Sequence[str], at: int) -> _Read | None:
    """Number words that add up: "two hundred and forty-one", "двадцать первая"."""
    total, group, end = 0.0, 0.0, at
    if keys[at] == "a" and at + 1 < len(keys) and keys[at + 1] in data.multipliers:
        group, end = 1.0, at + 1
    while end < len(keys):
        key = keys[end]
        if key in data.joiners and end > at and end + 1 < len(keys) and group and group % 100 == 0:
            if _value(data, keys[end + 1]) is None:
                break
            end += 1
            continue
        if (ordinal := _ordinal(data, key)) is not None:
            if end > at and (ordinal >= 10 or group % 10):
                break
            return end + 1, int(total + group + ordinal), "ordinal"
        if end > at and (factor := data.multipliers.get(key)) is not None and group:
            if factor > 100:
                total, group = total + group * factor, 0.0
            else:
                group *= factor
        elif (value := _value(data, key)) is not None and _fits(group, value):
            group += value
        else:
            break
        end += 1
    if end == at:
        return None
    return end, int(total + group), "cardinal"


def _fits(group: float, value: float) -> bool:
    """Whether a number word may follow in one number: "forty" "one", but not "one" "two"."""
    if not group:
        return True
    return (group % 100 == 0 and value < 100) or (
        group % 10 == 0 and group % 100 != 0 and group % 100 != 10 and value < 10
    )


def _value(data: _Numbers, key: str) -> float | None:
    if (value := data.cardinals.get(key)) is not None:
        return value
    tens, hyphen, ones = key.partition("-")
    if (
        hyphen
        and tens in data.cardinals
        and ones in data.cardinals
        and _fits(data.cardinals[tens], data.cardinals[ones])
    ):
        return data.cardinals[tens] + data.cardinals[ones]
    return None


def _ordinal(data: _Numbers, key: str) -> int | None:
    if (value := data.ordinals.get(key)) is not None:
        return value
    tens, hyphen, ones = key.partition("-")
    if hyphen and ones in data.ordinals and data.ordinals[ones] < 10 and _fits(data.cardinals.get(tens, 1), 1):
        return int(data.cardinals[tens]) + data.ordinals[ones]
    return None


def _roman(data: _Numbers, tokens: Sequence[Token], at: int) -> _Read | None:
    """A Roman number before a word: "XXIV session"; an initial has a point after it."""
    letters = tokens[at].text.translate(data.roman_lookalikes)
    if not _ROMAN.fullmatch(letters) or (len(letters) == 1 and letters not in data.roman_letters):
        return None
    if at + 1 >= len(tokens) or not tokens[at + 1].is_word:
        return None
    values = [_ROMAN_VALUES[letter] for letter in letters]
    following = [*values[1:], 0]
    return at + 1, sum(-v if v < n else v for v, n in zip(values, following, strict=True)), "ordinal"


def _bound(data: _Numbers, keys: Sequence[str], at: int, end: int) -> Literal["", "more", "about"]:
    for bound, phrases in data.before.items():
        if any(tuple(keys[max(0, at - len(p)) : at]) == p for p in phrases):
            return bound
    # "60-тан астам": an ending may stand between
    after = end + 2 if end + 1 < len(keys) and keys[end] == "-" else end
    for bound, words in data.after.items():
        if after < len(keys) and keys[after] in words:
            return bound
    return ""
