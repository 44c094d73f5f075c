"""Personal names in Kazakh: only the last word of a name carries the ending of its case."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kgculture.language.base import NameReading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kgculture.language._kazakh_forms import Endings

_INITIAL = re.compile(r"(?:[^\W\d_]\.?|[^\W\d_]{2}\.|(?:[^\W\d_]\.){2,3})")
_PATTERNS: dict[int, tuple[tuple[str, ...], ...]] = {
    1: (("surname",), ("given",)),
    2: (
        ("given", "surname"),
        ("surname", "given"),
        ("initial", "surname"),
        ("surname", "initial"),
        ("particle", "surname"),
    ),
    3: (
        ("given", "patronymic", "surname"),
        ("surname", "given", "patronymic"),
        ("given", "given", "surname"),
        ("given", "particle", "surname"),
        ("initial", "initial", "surname"),
        ("given", "initial", "surname"),
    ),
    4: (
        ("given", "given", "patronymic", "surname"),
        ("given", "given", "given", "surname"),
        ("given", "particle", "particle", "surname"),
        ("given", "given", "particle", "surname"),
    ),
}


class Names:
    """Reads runs of words as names. `morphology` and `names` are the data of the lexicon."""

    def __init__(self, endings: Endings, morphology: dict[str, Any], names: dict[str, Any]) -> None:
        self._endings = endings
        self._given = frozenset(w.lower() for key in ("given_m", "given_f") for w in str(names[key]).split())
        self._east = frozenset(str(names.get("east_surnames", "")).lower().split())
        self._surname_end = re.compile(f"(?:{morphology['surname_end']})$")
        self._sure = re.compile(f"(?:{morphology['sure_surname']})$")
        self._patronymic = re.compile(f"(?:{morphology['patronymic_end']})$")
        self._fixed = re.compile(f"(?:{morphology['fixed_names']})$")
        self._front = re.compile(morphology["front_dative"])
        self._fathers = frozenset(morphology["patronymic_words"])
        self._particles = frozenset(morphology["particles"])
        self.nominatives = lru_cache(maxsize=50_000)(self._nominatives)
        self._cached = lru_cache(maxsize=20_000)(self._read)

    def is_given(self, word: str) -> bool:
        """Whether a lower-case word is a form of a listed given name."""
        return any(stem in self._given for stem, _, _ in self.nominatives(word)[:1])

    def is_surname(self, word: str) -> bool:
        """Whether the end of a lower-case word, without its case, alone makes it a surname."""
        return bool(self._sure.search(self.nominatives(word)[0][0]))

    # ------------------------------------------------------------------------------------------------- single words

    def _nominatives(self, word: str) -> tuple[tuple[str, str, float], ...]:
        """(nominative, case, weight) of a lower-case name word, likeliest first; the word itself is always among them."""
        whole = 0.0
        if word in self._given or self._fixed.search(word) or word in self._east:
            whole = 4.0
        elif self._sure.search(word):
            whole = 2.5
        found = [(word, "n", whole)]
        for form in self._endings.forms(word):
            stem, ending = form.stem, form.ending
            weight = self._stem_weight(stem)
            if ending in ("н", "на", "не", "нда", "нде") and not self._patronymic.search(stem):
                continue  # they follow a possessive alone
            if len(ending) == 2 and weight == 0.0:
                # Датині, but Аида: an open syllable is an ending only after what is surely a name, or if no nominative ends so
                weight = 0.6 if ending[-1] in "іы" or ending[0] in "ғқ" or self._front.search(stem + ending) else -0.5
            elif form.case == "b" and weight == 0.0:
                weight = -0.5
            elif weight == 0.0:
                weight = 1.0
            found.append((stem, form.case, weight - (0.1 if len(ending) < 3 else 0)))
        return tuple(sorted(found, key=lambda f: (-f[2], len(f[0]))))

    def _stem_weight(self, stem: str) -> float:
        if len(stem) < 3:
            return -2.0
        if stem in self._given:
            return 3.0
        if self._sure.search(stem):
            return 3.2
        return 1.5 if len(stem) > 3 and self._surname_end.search(stem) else 0.0

    # ------------------------------------------------------------------------------------------------- runs of words

    def read(self, words: Sequence[str]) -> list[NameReading]:
        """Readings of 1 to 4 words, best first; empty for no words or more."""
        return list(self._cached(tuple(words))) if 1 <= len(words) <= 5 and all(words) else []

    def _read(self, words: tuple[str, ...]) -> tuple[NameReading, ...]:
        father = next((k for k, w in enumerate(words) if k and w.lower() in self._fathers), None)
        readings = list(self._with_father(words, father)) if father else list(self._all(words))
        best: dict[tuple[tuple[str, ...], tuple[str, ...]], NameReading] = {}
        for reading in readings:
            key = reading.words, reading.roles
            if key not in best or best[key].weight < reading.weight:
                best[key] = reading
        return tuple(sorted(best.values(), key=lambda r: (-r.weight, r.words, r.roles)))[:8]

    def _all(self, words: tuple[str, ...]) -> Iterator[NameReading]:
        for roles in (*_PATTERNS.get(len(words), ()), *self._longer(words)):
            if not all(self._may_be(w, r) for w, r in zip(words, roles, strict=True)):
                continue
            base = sum(self._fit(w.lower(), r) for w, r in zip(words[:-1], roles[:-1], strict=True))
            base += self._order(words, roles)
            head = tuple(_dotted(w) if r == "initial" else w for w, r in zip(words[:-1], roles[:-1], strict=True))
            if roles[-1] == "initial":
                yield NameReading((*head, _dotted(words[-1])), roles, "n", "", round(base, 3))
                continue
            for stem, case, weight in self.nominatives(words[-1].lower())[:3]:
                last = _like(words[-1], stem)
                fit = self._fit(stem, roles[-1])
                if case != "n" and len(stem) == 2 and len(words) > 2 and words[0].lower() in self._east:
                    weight = 1.0  # a syllable of an eastern name: Мун Чжэ Инмен
                yield NameReading((*head, last), roles, "" if case == "b" else case, "", round(base + weight + fit, 3))

    def _longer(self, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """Ways to read what no pattern is for: surnames that come first, and names with several particles."""
        if len(words) == 3 and words[0].lower() in self._east:
            yield "surname", "given", "given"
        inner = ["particle" if w.lower() in self._particles else "given" for w in words[1:-1]]
        if len(words) > 3 and "particle" in inner:
            yield "given", *inner, "surname"

    def _with_father(self, words: tuple[str, ...], at: int) -> Iterator[NameReading]:
        """`Абульфас Мурсал оглы Караев`: a father's name and the word after it."""
        before, father, after = words[: at - 1], words[at - 1 : at + 1], words[at + 1 :]
        if len(before) + len(after) > 2 or not before:
            return
        shape = ("surname", "given") if len(before) == 2 else ("given",)
        kind = "patronymic" if after or len(before) == 2 else "surname"
        *rest, last = (*before, *father, *after)
        roles = (*shape, kind, kind, *["surname"] * len(after))
        for stem, case, weight in self.nominatives(last.lower())[:2]:
            yield NameReading((*rest, _like(last, stem)), roles, "" if case == "b" else case, "", round(3 + weight, 3))

    def _may_be(self, word: str, role: str) -> bool:
        initial = bool(_INITIAL.fullmatch(word)) and word.lower() not in self._east
        if role == "particle":
            return word.lower() in self._particles
        if initial != (role == "initial"):
            return False
        if role == "patronymic":
            return bool(self._patronymic.search(self.nominatives(word.lower())[0][0]))
        return role != "surname" or word.lower() not in self._particles

    def _fit(self, word: str, role: str) -> float:
        if role == "given":
            return 2.0 if word in self._given else -1.0 if self._sure.search(word) else 0.0
        if role == "patronymic":
            return 1.5
        if role == "surname":
            return 1.0 if self._surname_end.search(word) or word in self._east else -1.5 if word in self._given else 0.0
        return 0.5

    def _order(self, words: tuple[str, ...], roles: tuple[str, ...]) -> float:
        if roles == ("given",):
            return -0.5
        if roles[0] == "surname" and "given" in roles:
            return 1.0 if words[0].lower() in self._east else -1.0
        return -0.6 * max(roles.count("given") - 1, 0)


def _dotted(word: str) -> str:
    return word if word.endswith(".") else f"{word}."


def _like(word: str, stem: str) -> str:
    """The beginning of `word` that `stem` is in small letters; a surname in capitals gets small letters."""
    if word.isupper() and len(word) > 3:
        return stem[:1].upper() + stem[1:]
    return word[: len(stem)] if word.lower().startswith(stem) else word
