"""Russian noun phrases in the nominative: the head and what agrees with it change, all the rest stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    #: what agrees: case, number, gender ("" in the plural)
    Agreement = tuple[str, str, str]
    Parse = Callable[[str], Sequence[Any]]

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*|\d+(?:-[^\W\d_]+)?|\s+|.", re.S)
_ORDINAL = re.compile(r"(\d+)-(?:го|му|м|й|я|ю|е|ой|ое|ая|ых|ым|ми|ыми|х)")
_ROMAN = re.compile(r"[IVXLCDM]+")
_ADJECTIVES = frozenset({"ADJF", "PRTF"})
_CASES = {
    "nomn": "n",
    "gent": "g",
    "gen2": "g",
    "datv": "d",
    "accs": "a",
    "acc2": "a",
    "ablt": "i",
    "loct": "l",
    "loc2": "l",
}
#: an adjective with a stressed ending, and by how much it is the likelier where a form is of two adjectives
_STRESSED = "ой"
_MORE = 1.01
_NAMES = ("Surn", "Name", "Patr")
_MAX_RUN = 8
#: МИДа, ГМИИ-у: an abbreviation with the ending of its case
_ABBREVIATION = re.compile(r"([А-ЯЁ]{2,})-?(?:а|у|ом|е|ы|ов|ам|ами|ах)")


class Phrases:
    """Turns phrases into the nominative with pymorphy's `parse`."""

    def __init__(self, parse: Parse) -> None:
        self._parse = parse

    def recast(self, phrase: str, number: str = "", case: str = "") -> str:
        """The phrase in the nominative, in `number` ("sing", "plur" or "" for its own); `case`: what may be."""
        if phrase.isupper() and phrase.isalpha():
            return phrase  # an abbreviation: ТЮРКСОЙ
        parts = _WORD.findall(phrase)
        end = self._head(parts, 0, number, case)
        if end is None:
            return phrase
        at, agreement = end
        changed = self._change(parts, 0, at, agreement, number)
        coordinated = self._coordinated(parts, at, agreement, number)
        if coordinated:
            start, stop, other = coordinated
            changed = self._change(changed, start, stop, other, number)
        return "".join(changed)

    # ------------------------------------------------------------------------------------------------ finding the head

    def _forms(self, word: str, adjective: bool) -> dict[Agreement, tuple[float, Any]]:
        """What the word may agree as, with the likeliest parse of each."""
        forms: dict[Agreement, tuple[float, Any]] = {}
        parses = [p for p in self._parse(word) if (p.tag.POS in _ADJECTIVES if adjective else p.tag.POS == "NOUN")]
        common = [p for p in parses if not any(name in p.tag for name in _NAMES)] or parses
        for parse in common:
            tag = parse.tag
            letter = _CASES.get(str(tag.case))
            if letter is None:
                continue
            number = str(tag.number or "sing")
            genders: Sequence[str] = (
                ("",)
                if number == "plur"
                else (str(tag.gender),)
                if tag.gender in ("masc", "femn", "neut")
                else ("masc", "femn")
            )
            for gender in genders:
                key = (letter, number, gender)
                score = float(parse.score) + 1e-3
                if str(parse.normal_form).endswith(_STRESSED):
                    score *= _MORE  # большим: большой rather than больший
                if key not in forms or forms[key][0] < score:
                    forms[key] = (score, parse)
        return forms

    def _head(self, parts: list[str], start: int, number: str, case: str) -> tuple[int, Agreement] | None:
        """Where the head stands from `start` on, and what the phrase agrees as."""
        agreed: dict[Agreement, float] | None = None
        best: tuple[int, Agreement] | None = None
        last_adjective: int | None = None
        for at in range(start, min(len(parts), start + 2 * _MAX_RUN)):
            part = parts[at]
            if part.isspace() or part == "," or _ORDINAL.fullmatch(part) or part.isdigit() or _ROMAN.fullmatch(part):
                continue
            if not part[0].isalpha():
                break
            if part.lower() in ("и", "или") and agreed:
                continue
            as_noun = _agree(agreed, self._forms(part, adjective=False))
            as_adjective = _agree(agreed, self._forms(part, adjective=True))
            if as_noun:
                best = (at, _choose(as_noun, case))
            if not as_adjective:
                if not as_noun and agreed is None and self._is_adverb(part):
                    continue
                break
            agreed, last_adjective = as_adjective, at
        if best is None and agreed and last_adjective is not None:
            return last_adjective, _choose(agreed, case)  # исполняющего обязанности
        return best

    def _is_adverb(self, word: str) -> bool:
        return str(self._parse(word)[0].tag.POS) == "ADVB"

    def _coordinated(
        self, parts: list[str], at: int, agreement: Agreement, number: str
    ) -> tuple[int, int, Agreement] | None:
        """A second head straight after the first: `директора и художественного руководителя театра`."""
        rest = parts[at + 1 : at + 5]
        if len(rest) < 4 or not rest[0].isspace() or rest[1] not in ("и", "или") or not rest[2].isspace():
            return None
        found = self._head(parts, at + 4, number, agreement[0])
        if found is None or found[1][0] != agreement[0] or found[1][1] != agreement[1]:
            return None
        return at + 4, found[0], found[1]

    # ------------------------------------------------------------------------------------------------------- changing

    def _change(self, parts: list[str], start: int, head: int, agreement: Agreement, number: str) -> list[str]:
        changed = list(parts)
        target = {"nomn", number or agreement[1]}
        gender = self._target_gender(parts[head], agreement, number)
        for at in range(start, head + 1):
            part = parts[at]
            ordinal = _ORDINAL.fullmatch(part)
            if ordinal:
                plural = "plur" in target
                changed[at] = ordinal[1] + ("-е" if plural or gender == "neut" else "-я" if gender == "femn" else "-й")
                continue
            if not part[0].isalpha():
                continue
            abbreviation = _ABBREVIATION.fullmatch(part)
            if abbreviation:
                changed[at] = abbreviation[1]
                continue
            for adjective in (at != head, at == head) if at != head else (False, True):
                form = self._forms(part, adjective).get(agreement)
                if form:
                    break
            if not form:
                continue
            wanted = target | ({gender} if form[1].tag.POS in _ADJECTIVES and "sing" in target and gender else set())
            inflected = form[1].inflect(wanted)
            if inflected:
                changed[at] = _like(part, str(inflected.word))
        return changed

    def _target_gender(self, head: str, agreement: Agreement, number: str) -> str:
        """Gender in the singular, which a plural hides."""
        if agreement[2] or number != "sing":
            return agreement[2]
        form = self._forms(head, adjective=False).get(agreement)
        return str(form[1].tag.gender or "masc") if form else "masc"


def _agree(agreed: dict[Agreement, float] | None, forms: dict[Agreement, tuple[float, Any]]) -> dict[Agreement, float]:
    if agreed is None:
        return {key: score for key, (score, _) in forms.items()}
    return {key: agreed[key] * score for key, (score, _) in forms.items() if key in agreed}


def _choose(agreed: dict[Agreement, float], case: str) -> Agreement:
    """The likeliest agreement; the context's case first, then a nominative singular, then the singular."""

    def rank(item: tuple[Agreement, float]) -> tuple[bool, bool, bool, float, Agreement]:
        (letter, number, _), score = item
        return (bool(case) and letter not in case, (letter, number) != ("n", "sing"), number != "sing", -score, item[0])

    return min(agreed.items(), key=rank)[0]


def _like(word: str, lower: str) -> str:
    """`lower` with the capitals of `word`, part by part where hyphens divide them."""
    if word.isupper() and len(word) > 1:
        return lower.upper()
    old, new = re.split(r"([-‐‑])", word), re.split(r"([-‐‑])", lower)
    if len(old) == len(new):
        return "".join(
            n if not o[:1].isalpha() else n[:1].upper() + n[1:] if o[:1].isupper() else n
            for o, n in zip(old, new, strict=True)
        )
    return lower[:1].upper() + lower[1:] if word[:1].isupper() else lower
