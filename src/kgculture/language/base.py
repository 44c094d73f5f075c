"""What a language must be able to do. One module per language implements `Language`; nothing else knows any grammar."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kgculture.language.kept import Kept
from kgculture.model import Passage

#: Cases as one letter each: nominative, genitive, dative, accusative, instrumental, locative.
CASES = "ngdail"


@dataclass(slots=True)
class Token:
    """A word, number or sign of the text. `lower` is lower case with levelled apostrophes and hyphens.

    Not to be changed; it is not frozen because a text has very many and frozen ones take twice the time to make.
    """

    text: str
    start: int
    end: int
    lower: str
    is_word: bool  # begins with a letter
    is_capital: bool


@dataclass(frozen=True, slots=True)
class NameReading:
    """One way to read a run of words as a person's name: nominative words, and which of them is what.

    `roles` has one of "given", "surname", "patronymic", "particle", "initial" per word; `case` is a letter of `CASES` or "" where unknown;
    `gender` is "m", "f" or "". `weight` orders readings of one run: higher is likelier.
    """

    words: tuple[str, ...]
    roles: tuple[str, ...]
    case: str = ""
    gender: str = ""
    weight: float = 0.0


class Language(Protocol):
    """The interface of a language. All methods are pure; implementations may cache."""

    code: str

    def tokens(self, text: str, span: Passage) -> list[Token]:
        """Words, numbers and signs of `text[span]` in order, offsets into the whole text."""
        ...

    def sentences(self, text: str, span: Passage) -> list[Passage]:
        """Sentences of `text[span]`, without surrounding space. A line break always ends one."""
        ...

    def cases(self, word: str) -> str:
        """Letters of `CASES` that this form may stand in; "" where the language does not decline."""
        ...

    def word_class(self, word: str) -> str:
        """ "adjective", "noun", "name" (of a person), "verb", "other" or "unknown"; languages that do not need it say "unknown"."""
        ...

    def readings(self, words: Sequence[str], case: str = "") -> list[NameReading]:
        """Readings of capitalised words as a person's name, best first; `case`, letters that the context allows, "" for any."""
        ...

    def base_forms(self, word: str) -> frozenset[str]:
        """Lower-case nominative forms that this single name word may be a form of, itself included."""
        ...

    def nominative(self, phrase: str) -> str:
        """A noun phrase in the nominative singular or plural as it stands: its head and what agrees with it, the rest untouched."""
        ...


_TOKEN = re.compile(
    r"[A-Za-zЀ-ҁҊ-ӿ]++(?![\w'’ʼ‘‐‑&-])"  # most words, found soonest: what follows would find them, too
    r"|\d+(?:[.,]\d+)*"  # 2023, 26.01.2009, 1,204
    r"|(?<=\w)\\?['’ʼ`´]s\b"  # the possessive is a token of its own; some pages have a backslash before it
    r"|[^\W\d_]+(?:[-‐‑&][^\W\d_]+|['’ʼ‘](?!s\b)[^\W\d_]+)*"  # words with inner hyphen, ampersand, apostrophe
    r"|\S"
)
_APOSTROPHES = str.maketrans({"’": "'", "`": "'", "´": "'", "ʼ": "'", "‘": "'", "‐": "-", "‑": "-", "\\": None})


def lowered(word: str) -> str:
    """A word in lower case with levelled apostrophes and hyphens."""
    return word.lower().translate(_APOSTROPHES) or word


def _form(word: str) -> tuple[str, bool, bool]:
    return lowered(word), word[0].isalpha(), word[0].isupper()


_FORMS = Kept(_form)


def tokenize(text: str, span: Passage) -> list[Token]:
    """The tokeniser that languages share: letters with inner hyphens and apostrophes; numbers; `'s`; single signs."""
    tokens: list[Token] = []
    at = span.start
    for word in _TOKEN.findall(text, span.start, span.end):
        at = text.index(word, at)  # only space stands between
        end = at + len(word)
        lower, is_word, is_capital = _FORMS[word]
        tokens.append(Token(word, at, end, lower, is_word, is_capital))
        at = end
    return tokens
