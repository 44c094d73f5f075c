"""Personal names in Russian: which nominatives a declined name may stand for.

Paradigms, scores and lists are data: `lexicon/ru/morphology.yaml` and `names.yaml`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any

from kgculture.language.base import CASES, NameReading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    #: what the dictionary knows of a nominative: genders as a given name, whether it is a surname
    Known = Callable[[str], tuple[str, bool]]

_INITIAL = re.compile(r"(?:[^\W\d_]\.?|[^\W\d_]{2}\.|(?:[^\W\d_]\.){2,3})")
_GENDERS = "mf"
_ANY = "*"
#: weight above which a form that may decline is thought to be one that does not
_LIKELY_FIXED = 0.4
#: ways to read 1 to 4 words; P is a patronymic word (оглы) with its father's name before it
_PATTERNS: dict[int, tuple[tuple[str, ...], ...]] = {
    1: (("surname",), ("given",)),
    2: (
        ("given", "surname"),
        ("surname", "given"),
        ("given", "patronymic"),
        ("initial", "surname"),
        ("surname", "initial"),
        ("particle", "surname"),
    ),
    3: (
        ("given", "patronymic", "surname"),
        ("surname", "given", "patronymic"),
        ("given", "given", "surname"),
        ("given", "particle", "surname"),
        ("given", "surname", "surname"),
        ("initial", "initial", "surname"),
        ("surname", "initial", "initial"),
        ("given", "initial", "surname"),
    ),
    4: (
        ("given", "given", "given", "surname"),
        ("given", "given", "particle", "surname"),
        ("given", "particle", "particle", "surname"),
        ("given", "patronymic", "surname", "surname"),
    ),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A nominative that a form may stand for. `case` "*" is any: the name does not decline."""

    word: str
    case: str
    gender: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Ending:
    role: str
    gender: str
    case: str
    nominative: str
    stem: re.Pattern[str]
    stem_not: re.Pattern[str] | None
    weight: float


class Names:
    """Reads runs of words as names. `morphology` and `names` are the data, `known` asks the dictionary."""

    def __init__(self, morphology: dict[str, Any], names: dict[str, Any], known: Known) -> None:
        self._known = known
        self._scores: dict[str, float] = {k: float(v) for k, v in morphology["scores"].items()}
        self._case_weights: dict[str, float] = morphology["case_weights"]
        self._endings: dict[str, list[_Ending]] = defaultdict(list)
        paradigms = {p["id"]: p for p in morphology["paradigms"]}
        for paradigm in paradigms.values():
            self._add_paradigm(paradigm)
        self._irregular = self._irregular_forms(morphology["irregular"], paradigms)
        self._fixed = [
            (re.compile(f"(?:{f['end']})$"), "".join(f["gender"]), frozenset(f["roles"]), float(f["weight"]))
            for f in morphology["fixed"]
        ]
        self._given = {
            gender: frozenset(name.lower() for name in str(names[f"given_{gender}"]).split()) for gender in _GENDERS
        }
        self._oblique = frozenset(self._oblique_forms(paradigms.values()))
        self._given_ends = {g: re.compile(names[f"given_{g}_ends"] + "$") for g in _GENDERS}
        self._fathers: dict[str, list[str]] = morphology["fathers"]
        self._oy = frozenset(names["adjectival_oy"])
        self._patronymic_words: dict[str, str] = names["patronymic_words"]
        self._particles = frozenset(str(p) for p in names["particles"])
        self._east = frozenset(str(names["east_surnames"]).lower().split())
        chinese, korean = names["east_syllable"], names["korean_syllable"]
        self._syllable = re.compile(f"(?:{chinese})|(?:{korean})")
        self._syllables = re.compile(f"(?:{chinese}){{1,2}}|(?:{korean}){{1,2}}")
        self.candidates = lru_cache(maxsize=50_000)(self._candidates)
        self._given_genders = lru_cache(maxsize=50_000)(self._genders)
        self.read = lru_cache(maxsize=50_000)(self._read)

    def _add_paradigm(self, paradigm: dict[str, Any]) -> None:
        stem = re.compile(f"(?:{paradigm['stem']})$")
        stem_not = re.compile(f"(?:{paradigm['stem_not']})$") if "stem_not" in paradigm else None
        nominative = paradigm["endings"]["n"][0]
        for role in paradigm["roles"]:
            weight = float(paradigm.get(f"weight_{role}", paradigm["weight"]))
            for case, endings in paradigm["endings"].items():
                for ending in endings:
                    rule = _Ending(role, paradigm["gender"], case, nominative, stem, stem_not, weight)
                    self._endings[ending].append(rule)

    def _oblique_forms(self, paradigms: Iterable[dict[str, Any]]) -> Iterator[str]:
        """Declined forms of the listed given names."""
        for paradigm in paradigms:
            if "given" not in paradigm["roles"]:
                continue
            end, stem_end = paradigm["endings"]["n"][0], re.compile(f"(?:{paradigm['stem']})$")
            endings = {e for case, listed in paradigm["endings"].items() if case != "n" for e in listed}
            for name in self._given[paradigm["gender"]]:
                stem = name.removesuffix(end)
                if name.endswith(end) and stem_end.search(stem):
                    yield from (stem + ending for ending in endings)

    def _irregular_forms(self, rows: Any, paradigms: dict[str, Any]) -> dict[str, list[Candidate]]:
        forms: dict[str, list[Candidate]] = defaultdict(list)
        for row in rows:
            paradigm = paradigms[row["like"]]
            for case, endings in paradigm["endings"].items():
                for ending in endings:
                    form = row["nominative"] if case == "n" else row["stem"] + ending
                    forms[form].append(
                        Candidate(row["nominative"], case, paradigm["gender"], self._scores["irregular"])
                    )
        return forms

    # ------------------------------------------------------------------------------------------------- single words

    def _genders(self, nominative: str) -> str:
        """Genders that this given name is known with: the lists go before the dictionary."""
        listed = "".join(g for g in _GENDERS if nominative in self._given[g])
        if not listed and nominative in self._oblique:
            return ""  # a dictionary of all names has a rare Ильхама for every Ильхам
        return listed or self._known(nominative)[0]

    def _candidates(self, word: str, role: str) -> tuple[Candidate, ...]:
        """Nominatives of one word in one role, written as the word is; best first per case and gender."""
        lower = word.lower()
        if "-" in lower.strip("-"):
            return self._hyphenated(word, role)
        found = [] if role != "given" else list(self._irregular.get(lower, ()))
        for length in range(min(4, len(lower))):
            stem, ending = lower[: len(lower) - length], lower[len(lower) - length :]
            for rule in self._endings.get(ending, ()):
                if role != rule.role or not rule.stem.search(stem) or len(stem) < 2:
                    continue
                if rule.stem_not and rule.stem_not.search(stem):
                    continue
                weight = rule.weight
                if rule.nominative == "ой" and stem in self._oy:
                    weight += self._scores["adjectival_oy"]
                found.append(Candidate(stem + rule.nominative, rule.case, rule.gender, weight))
        for end, genders, roles, weight in self._fixed:
            if role in roles and end.search(lower):
                found.extend(Candidate(lower, _ANY, gender, weight) for gender in genders)
        scored = (Candidate(_like(word, c.word), c.case, c.gender, c.weight + self._bonus(c, role)) for c in found)
        return tuple(sorted(scored, key=lambda c: (-c.weight, c.word)))

    def _bonus(self, candidate: Candidate, role: str) -> float:
        if role == "surname":
            return self._scores["known_surname"] if self._known(candidate.word)[1] else 0.0
        if role != "given":
            return 0.0
        genders = self._given_genders(candidate.word)
        if candidate.gender in genders:
            listed = candidate.word in self._given[candidate.gender]
            return self._scores["listed_given" if listed else "known_given"]
        if genders:
            return self._scores["known_other_gender"]
        if self._given_ends[candidate.gender].search(candidate.word):
            return self._scores[f"given_ending_{candidate.gender}"]
        return 0.0

    def _hyphenated(self, word: str, role: str) -> tuple[Candidate, ...]:
        """The last part declines; a part before it either does alike (Римского-Корсакова) or stays (Касым-Жомарта)."""
        head, _, tail = word.rpartition("-")
        if tail.lower() in self._patronymic_words:
            return tuple(Candidate(word, _ANY, g, 1.0) for g in self._patronymic_words[tail.lower()])
        found: list[Candidate] = []
        heads = self.candidates(head, role)
        for last in self.candidates(tail, role):
            alike = [h for h in heads if h.case == last.case != _ANY and h.gender == last.gender and h.weight >= 0.8]
            first = alike[0].word if alike else head
            whole = f"{first}-{last.word}"
            weight = (
                last.weight + (0.5 if alike else 0.0) + self._bonus(Candidate(whole, last.case, last.gender, 0), role)
            )
            found.append(Candidate(whole, last.case, last.gender, weight))
        return tuple(found)

    def nominatives(self, word: str) -> frozenset[str]:
        """Every lower-case nominative that the word may be a form of, itself included."""
        found = {word.lower()}
        for role in ("given", "surname", "patronymic"):
            found.update(c.word.lower() for c in self.candidates(word, role))
        return frozenset(found)

    def is_listed(self, word: str) -> bool:
        """Whether the word may be a form of a given name of the lists."""
        return any(c.word.lower() in self._given[c.gender] for c in self.candidates(word, "given"))

    def cases(self, word: str, least: float | None = None) -> frozenset[str]:
        """Cases that the paradigms allow for the word as a name; only as a surname of at least that weight, if given."""
        roles = ("given", "surname", "patronymic") if least is None else ("surname",)
        found = [c for role in roles for c in self.candidates(word, role) if least is None or c.weight >= least]
        declined = {c.case for c in found} - {_ANY}
        if any(c.case == _ANY and (not declined or c.weight > _LIKELY_FIXED) for c in found):
            return frozenset(CASES)
        return frozenset(declined)

    # ------------------------------------------------------------------------------------------------ runs of words

    def _read(self, words: tuple[str, ...], case: str) -> tuple[NameReading, ...]:
        words = tuple(w.capitalize() if w.isupper() and len(w) > 2 and "." not in w else w for w in words)
        readings = list(self._all(words, case or CASES))
        if not readings and case:  # the context misled us: a title in apposition
            readings = list(self._all(words, CASES))
        best: dict[tuple[tuple[str, ...], tuple[str, ...]], NameReading] = {}
        for reading in readings:
            key = (reading.words, reading.roles)
            if key not in best or best[key].weight < reading.weight:
                best[key] = reading
        return tuple(sorted(best.values(), key=lambda r: (-r.weight, r.words, r.roles)))[:12]

    def _all(self, words: tuple[str, ...], cases: str) -> Iterator[NameReading]:
        east = list(self._eastern(words, cases))
        if east:
            yield from east
            return
        father = self._father(words)
        if father:
            yield from self._with_father(words, father, cases)
            return
        for pattern in _PATTERNS.get(len(words), ()):
            if all(self._may_be(word, role) for word, role in zip(words, pattern, strict=True)):
                yield from self._pattern(words, pattern, cases, _GENDERS)

    def _may_be(self, word: str, role: str) -> bool:
        initial = bool(_INITIAL.fullmatch(word))
        if role == "particle":
            return word.lower().rstrip("-") in self._particles
        return initial == (role == "initial") and (role != "surname" or word.lower() not in self._particles)

    def _pattern(
        self, words: tuple[str, ...], roles: tuple[str, ...], cases: str, genders: str
    ) -> Iterator[NameReading]:
        given = [i for i, role in enumerate(roles) if role == "given"]
        base = 0.0
        if roles[0] == "surname" and "given" in roles:
            base += self._scores["surname_first"]
        base += self._scores["two_given"] * (max(len(given) - 1, 0) + max(roles.count("surname") - 1, 0))
        if roles == ("given", "patronymic") or roles == ("given",):
            base -= 0.5
        if roles == ("given", "patronymic") and not self._has_father(words[1]):
            base += self._scores["no_father"]  # Андрей Станкевич
        for gender, case in product(genders, cases):
            choices: list[list[Candidate]] = []
            for word, role in zip(words, roles, strict=True):
                if role in ("initial", "particle"):
                    choices.append([Candidate(_dotted(word) if role == "initial" else word, _ANY, gender, 0.0)])
                else:
                    choices.append(
                        [c for c in self.candidates(word, role) if c.gender == gender and c.case in (case, _ANY)][:3]
                    )
            for chosen in product(*choices):
                weight = base + sum(c.weight for c in chosen) + self._case_weights[case]
                yield NameReading(tuple(c.word for c in chosen), roles, case, gender, round(weight, 3))

    def _has_father(self, word: str) -> bool:
        """Whether a patronymic is made of a known given name: `Петрович`, not `Станкевич`."""
        for candidate in self.candidates(word, "patronymic"):
            lower = candidate.word.lower()
            for suffix in self._fathers["suffixes"]:
                stem = lower.removesuffix(suffix)
                if stem != lower and any(self._given_genders(stem + end) for end in self._fathers["ends"]):
                    return True
        return False

    # ------------------------------------------------------------------------------------------- other orders of names

    def _father(self, words: tuple[str, ...]) -> str:
        for word in words[1:]:
            if word.lower() in self._patronymic_words:
                return word
        return ""

    def _with_father(self, words: tuple[str, ...], marker: str, cases: str) -> Iterator[NameReading]:
        """`Абульфаса Мурсал оглы Караева`: the father's name stays, the word after it tells the gender."""
        at = words.index(marker)
        gender = self._patronymic_words[marker.lower()]
        father = words[at - 1 : at + 1]
        before, after = words[: at - 1], words[at + 1 :]
        if len(before) + len(after) > 2 or not (before or after):
            return
        if len(before) == 2:  # Караев Абульфас Мурсал оглы
            shape: tuple[str, ...] = ("surname", "given")
        elif before and after:
            shape = ("given", "surname")
        else:
            shape = ("given",) * len(before) + ("surname",) * len(after)
        kind = "patronymic" if "surname" in shape else "surname"
        for reading in self._pattern(before + after, shape, cases, gender):
            cut = len(before)
            yield NameReading(
                (*reading.words[:cut], *father, *reading.words[cut:]),
                (*shape[:cut], kind, kind, *shape[cut:]),
                reading.case,
                gender,
                reading.weight + 1,
            )

    def _eastern(self, words: tuple[str, ...], cases: str) -> Iterator[NameReading]:
        """`Чэнь Чжили`, `Ким Чен Ына`: the surname stands first, the last syllable alone declines, if any does."""
        if not 2 <= len(words) <= 3:
            return
        surnames = [(words[0], _ANY)] if words[0].lower() in self._east else []
        if not surnames:
            surnames = [(c.word, c.case) for c in self.candidates(words[0], "surname") if c.word.lower() in self._east][
                :4
            ]
        # a given name of two words has one syllable in each
        shape = self._syllable if len(words) == 3 else self._syllables
        if not surnames or not all(shape.fullmatch(w.lower()) for w in words[1:-1]):
            return
        roles = ("surname", *["given"] * (len(words) - 1))
        for gender in _GENDERS:
            for last in self.candidates(words[-1], "given"):
                plain = last.word.lower().replace("-", "")
                if last.gender != gender or not shape.fullmatch(plain) or self._given_genders(plain):
                    continue
                for surname, surname_case in surnames:
                    for case in cases:
                        if last.case not in (case, _ANY) or surname_case not in (case, _ANY):
                            continue
                        # syllables in -а are rarer than consonants in the genitive: Ким Чен Ына
                        doubt = 1.5 if gender == "f" and last.case != _ANY else 0.0
                        weight = 2 + last.weight + self._case_weights[case] - doubt
                        yield NameReading((surname, *words[1:-1], last.word), roles, case, "", round(weight, 3))


def _dotted(word: str) -> str:
    return word if word.endswith(".") else f"{word}."


def _like(word: str, lower: str) -> str:
    """`lower` written with the capitals of `word`."""
    if word.isupper() and len(word) > 1:
        return lower.upper()
    kept = 0
    while kept < min(len(word), len(lower)) and word[kept].lower() == lower[kept]:
        kept += 1
    text = word[:kept] + lower[kept:]
    return text if text[:1].isupper() or not word[:1].isupper() else text[:1].upper() + text[1:]


def read_all(names: Names, words: Sequence[str], case: str) -> list[NameReading]:
    """Readings of the words, best first; empty for no words or more than four."""
    if not 1 <= len(words) <= 4 or not all(words):
        return []
    return list(names.read(tuple(words), "".join(c for c in CASES if c in case)))
