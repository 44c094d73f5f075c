"""English: names keep their form, so a reading is only a matter of which word is what."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kgculture.language._data import read
from kgculture.language._sentences import Splitter
from kgculture.language.base import NameReading, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kgculture.language.base import Language, Token
    from kgculture.model import Passage

_POSSESSIVE = re.compile(r"(?:['’ʼ`´]s|(?<=s)['’ʼ])$", re.I)
_ARTICLE = re.compile(r"^(?:the|an?)\s+(?=\S)", re.I)
_INITIAL = re.compile(r"[^\W\d_]\.?|(?:[^\W\d_]\.){2,3}|[^\W\d_]{2}\.")
_MAX_WORDS = 10


class English:
    """The `Language` of English texts."""

    code = "en"

    def __init__(self) -> None:
        names = read("en", "names")
        self._splitter = Splitter(read("en", "sentences"))
        self._titles = _folded(names["titles"])
        self._particles = _folded(names["particles"])
        self._fathers = {str(k).lower(): str(v) for k, v in names["patronymic_words"].items()}
        self._east = _folded(names["east_surnames"])
        self._east_given = re.compile(f"(?:{names['east_syllable']}){{1,3}}")
        self._given = {g: _folded(names[f"given_{g}"]) for g in "mf"}
        self._patronymic = {g: re.compile(f"(?:{names[f'patronymic_{g}']})$") for g in "mf"}
        self._surname_f = re.compile(f"(?:{names['surname_f']})$")
        self._surname_m = re.compile(f"(?:{names['surname_m']})$")
        self._singulars: dict[str, str] = names["singulars"]
        self._heads_end = _folded(names["head_ends_before"])
        self._read = lru_cache(maxsize=50_000)(self._readings)

    def tokens(self, text: str, span: Passage) -> list[Token]:
        """Words, numbers and signs of `text[span]`."""
        return tokenize(text, span)

    def sentences(self, text: str, span: Passage) -> list[Passage]:
        """Sentences of `text[span]`; a line break always ends one."""
        return self._splitter.split(text, span)

    def cases(self, word: str) -> str:
        """Always "": English names do not decline."""
        return ""

    def word_class(self, word: str) -> str:
        """Always "unknown": no rule of English needs it."""
        return "unknown"

    def readings(self, words: Sequence[str], case: str = "") -> list[NameReading]:
        """Readings of a run of words as a person's name, best first, without titles before and a possessive after it."""
        kept = [word for word in words if word and not _POSSESSIVE.fullmatch(word)]
        while kept and _plain(kept[0]) in self._titles:
            kept.pop(0)
        if kept:
            kept[-1] = _POSSESSIVE.sub("", kept[-1])
        if not 1 <= len(kept) <= _MAX_WORDS or not all(kept):
            return []
        return list(self._read(tuple(w.capitalize() if w.isupper() and len(w) > 3 else w for w in kept)))

    def base_forms(self, word: str) -> frozenset[str]:
        """The word in lower case without a possessive."""
        lower = word.lower()
        return frozenset({lower, _POSSESSIVE.sub("", lower)})

    def nominative(self, phrase: str, case: str = "") -> str:
        """The phrase without a leading article and a trailing possessive."""
        return _POSSESSIVE.sub("", _ARTICLE.sub("", phrase.strip()))

    def singular(self, phrase: str) -> str:
        """The phrase with its head in the singular: `ministers of culture` gives `minister of culture`."""
        words = self.nominative(phrase).split(" ")
        at = next((i for i, word in enumerate(words) if _plain(word) in self._heads_end), len(words)) - 1
        if at >= 0:
            words[at] = self._singular_word(words[at])
        return " ".join(words)

    def _singular_word(self, word: str) -> str:
        for plural, singular in self._singulars.items():
            if re.search(plural, word, re.I):
                return re.sub(plural, singular, word, count=1, flags=re.I)
        return word

    # ---------------------------------------------------------------------------------------------------------- names

    def _readings(self, words: tuple[str, ...]) -> tuple[NameReading, ...]:
        found = sorted(self._all(words), key=lambda r: (-r.weight, r.roles))
        return tuple(found)

    def _all(self, words: tuple[str, ...]) -> Iterator[NameReading]:
        lower = [_plain(w) for w in words]
        if len(words) == 1:
            gender = self._gender(lower[0], lower[0])
            is_given = any(lower[0] in names for names in self._given.values())
            yield NameReading(words, ("surname",), "", gender, 1.0)
            yield NameReading(words, ("given",), "", gender, 1.5 if is_given else 0.2)
            return
        if len(words) <= 3 and self._is_eastern(lower):
            yield NameReading(words, ("surname", *["given"] * (len(words) - 1)), "", "", 2.0)
        roles = self._western(words, lower)
        if "surname" in roles:
            given = next((low for low, role in zip(lower, roles, strict=True) if role == "given"), "")
            yield NameReading(words, tuple(roles), "", self._gender(given, lower[-1], roles, lower), 1.0)

    def _is_eastern(self, lower: list[str]) -> bool:
        """A Chinese or Korean surname, then one or two words shaped like a given name of there."""
        if lower[0] not in self._east or any(lower[-1] in names for names in self._given.values()):
            return False
        return all(self._east_given.fullmatch(word.replace("-", "").replace("'", "")) for word in lower[1:])

    def _western(self, words: tuple[str, ...], lower: list[str]) -> list[str]:
        """Roles where the given name goes first: what follows the first particle is the surname, else the last word."""
        last = len(words) - 1
        for at in range(1, len(words)):
            if lower[at] in self._fathers:  # Polad Bulbul oglu; Mursal oglu Karayev
                roles = ["given"] * (at - 1) + ["patronymic", "patronymic"] + ["surname"] * (last - at)
                if at == last:
                    roles[at - 1 :] = ["surname", "surname"]
                return roles
        first_particle = next((i for i in range(last) if lower[i] in self._particles), None)
        if first_particle is not None:
            roles = ["given"] * first_particle
            return roles + [
                "particle" if low in self._particles and i + first_particle < last else "surname"
                for i, low in enumerate(lower[first_particle:])
            ]
        roles = []
        for at, word in enumerate(words):
            if _INITIAL.fullmatch(word):
                roles.append("initial")
            elif at == last:
                roles.append("surname")
            elif at and any(ends.search(lower[at]) for ends in self._patronymic.values()):
                roles.append("patronymic")
            else:
                roles.append("given")
        if roles[-1] == "initial" and "given" in roles:  # Ivanov V. I.
            roles[roles.index("given")] = "surname"
        return roles

    def _gender(self, given: str, surname: str, roles: Sequence[str] = (), lower: Sequence[str] = ()) -> str:
        """The gender that given name, patronymic or the surname's end tells, or ""."""
        for word, role in zip(lower, roles, strict=False):
            if role == "patronymic":
                if word in self._fathers:
                    return self._fathers[word]
                for gender, ends in self._patronymic.items():
                    if ends.search(word):
                        return gender
        known = [gender for gender, names in self._given.items() if given in names]
        if len(known) == 1:
            return known[0]
        if self._surname_f.search(surname):
            return "f"
        return "m" if self._surname_m.search(surname) else ""


def _plain(word: str) -> str:
    return word.lower().replace("’", "'").rstrip(".")


def _folded(words: object) -> frozenset[str]:
    items = words.split() if isinstance(words, str) else words
    return frozenset(_plain(str(item)) for item in items)  # type: ignore[attr-defined]


def load() -> Language:
    """The English language. Raises ResourceError where its data are missing."""
    return English()
