"""Names of persons in Latin and Cyrillic letters, and the cases of these and of other words in Russian and Kazakh.

The rules are those of the names in `names.tsv`, no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
CASES = ("nom", "gen", "ins", "acc")


@dataclass(frozen=True, slots=True)
class Name:
    """One name in three languages."""

    en: str
    ru: str
    kk: str


@cache
def pool(people: str) -> tuple[tuple[Name, ...], tuple[Name, ...], tuple[tuple[Name, Name], ...]]:
    """(given names of men, of women, surnames as (of men, of women)) of a people of `names.tsv`."""
    given: dict[str, list[Name]] = {"m": [], "f": []}
    surnames: list[tuple[Name, Name]] = []
    for line in (HERE / "names.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        whose, kind, latin, russian, kazakh = (part.strip() for part in line.split("\t"))
        if whose != people:
            continue
        if kind == "s":
            forms = [latin.split("/"), russian.split("/"), (kazakh or russian).split("/")]
            of_men, of_women = (Name(*(f[index % len(f)] for f in forms)) for index in (0, 1))
            surnames.append((of_men, of_women))
        else:
            given[kind].append(Name(latin, russian, kazakh or russian))
    return tuple(given["m"]), tuple(given["f"]), tuple(surnames)


# ------------------------------------------------------------------------------------------------------------ Russian

_FLEETING = {"Пётр": "Петр", "Павел": "Павл"}


def russian(word: str, case: str, *, female: bool, surname: bool) -> str:
    """A given name or surname in a case: `Орлов` -> `Орловым`."""
    if case == "nom":
        return word
    ending = {"gen": 0, "ins": 1, "acc": 2}[case]
    if surname and word.endswith(("ский", "цкий")):
        return word[:-2] + ("ого", "им", "ого")[ending]
    if surname and word.endswith(("ская", "цкая")):
        return word[:-2] + ("ой", "ой", "ую")[ending]
    if surname and female and word.endswith(("ова", "ева", "ина")):
        return word[:-1] + ("ой", "ой", "у")[ending]
    if word.endswith("а"):
        soft = word[-2] in "гкхжшчщ"
        return word[:-1] + ("и" if soft else "ы", "ей" if word[-2] in "жшчщ" else "ой", "у")[ending]
    if word.endswith("я"):
        return word[:-1] + ("и", "ей", "ю")[ending]
    if female or word[-1] in "оиеуэыю":
        return word
    if word[-1] in "ьй":
        return word[:-1] + ("я", "ем", "я")[ending]
    if surname and word.endswith(("ов", "ев", "ин")):
        return word + ("а", "ым", "а")[ending]
    if word in _FLEETING:
        return _FLEETING[word] + ("а", "ом", "а")[ending]
    return word + ("а", "ем" if word[-1] in "жшчщц" else "ом", "а")[ending]


# ------------------------------------------------------------------------------------------------------------- Kazakh

_BACK, _FRONT = "аоұыяёю", "әөүіеэ"
_HARD = "бвгдпфкқтсшщчцхһ"


def _front(word: str) -> bool:
    """Whether endings of the word have front vowels: by the last vowel that tells."""
    for letter in reversed(word.lower()):
        if letter in _BACK:
            return False
        if letter in _FRONT or letter == "и":
            return True
    return True


def kazakh(word: str, case: str) -> str:
    """The last word of a name or title in a case: `com` is -мен, `conj` the word мен after it."""
    last, front = word[-1].lower(), _front(word)
    if last == "ь":
        last = word[-2].lower()
    hard, vowel = last in _HARD, last in _BACK + _FRONT + "иу"
    if case in ("com", "conj"):
        suffix = "пен" if hard else "бен" if last in "зж" else "мен"
        return word + (" " if case == "conj" else "") + suffix
    if case == "acc":
        return word + ("т" if hard else "н" if vowel else "д") + ("і" if front else "ы")
    if case == "gen":
        return word + ("т" if hard else "н" if vowel or last in "мнң" else "д") + ("ің" if front else "ың")
    return word
