"""Russian: pymorphy3's dictionary for common words, paradigms as data for personal names."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kgculture.language._data import read
from kgculture.language._russian_names import Names, read_all
from kgculture.language._russian_phrases import Phrases
from kgculture.language._sentences import Splitter
from kgculture.language.base import CASES, NameReading, tokenize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kgculture.language.base import Language, Token
    from kgculture.model import Passage

_CASES = {
    "nomn": "n",
    "gent": "g",
    "gen2": "g",
    "gen1": "g",
    "datv": "d",
    "accs": "a",
    "acc2": "a",
    "ablt": "i",
    "loct": "l",
    "loc1": "l",
    "loc2": "l",
    "voct": "n",
}
_DECLINED = frozenset({"NOUN", "ADJF", "PRTF", "NPRO", "NUMR"})
_CLASSES = {
    "NOUN": "noun",
    "ADJF": "adjective",
    "PRTF": "adjective",
    "ADJS": "adjective",
    "VERB": "verb",
    "INFN": "verb",
    "GRND": "verb",
    "PRTS": "verb",
}
_NAMES = ("Name", "Surn", "Patr")
#: weight from which the end of a word alone makes it a surname
_SURE = 1.6
_CACHE = 200_000


class Russian:
    """The `Language` of Russian texts."""

    code = "ru"

    def __init__(self, analyzer: Any) -> None:
        self._parse = lru_cache(maxsize=_CACHE)(analyzer.parse)
        self._is_known = analyzer.word_is_known
        self._splitter = Splitter(read("ru", "sentences"))
        self._filiation = frozenset(read("ru", "names").get("filiation", ()))
        self._names = Names(read("ru", "morphology"), read("ru", "names"), self._known_name)
        self._recast = lru_cache(maxsize=_CACHE)(Phrases(self._parse).recast)
        self.cases = lru_cache(maxsize=_CACHE)(self._cases)
        self.word_class = lru_cache(maxsize=_CACHE)(self._word_class)
        self.base_forms = lru_cache(maxsize=_CACHE)(self._names.nominatives)

    def tokens(self, text: str, span: Passage) -> list[Token]:
        """Words, numbers and signs of `text[span]`."""
        return tokenize(text, span)

    def sentences(self, text: str, span: Passage) -> list[Passage]:
        """Sentences of `text[span]`; a line break always ends one."""
        return self._splitter.split(text, span)

    def readings(self, words: Sequence[str], case: str = "") -> list[NameReading]:
        """Readings of words as a person's name, best first; `case` prunes unless nothing would be left.

        Up to four words, and besides them the names of forefathers: `Салемом бин Халидом бин Насером Аль Касими`.
        """
        at = next((i for i, w in enumerate(words[:-1]) if i and w.lower() in self._filiation), None)
        if at is None:
            return read_all(self._names, words, case)
        fathers = {f.case: f.words[0] for f in reversed(read_all(self._names, words[at + 1 : at + 2], ""))}
        return [
            NameReading(
                (*r.words[:at], words[at], fathers.get(r.case, words[at + 1]), *r.words[at:]),
                (*r.roles[:at], "particle", "particle", *r.roles[at:]),
                r.case,
                r.gender,
                r.weight,
            )
            for r in self.readings([*words[:at], *words[at + 2 :]], case)
        ]

    def nominative(self, phrase: str, case: str = "") -> str:
        """The phrase with its head and what agrees with it in the nominative; a plural stays one.

        `case` holds letters that the context allows, which decides `выставки`: one (genitive) or several.
        """
        return self._recast(phrase, case=case)

    def singular(self, phrase: str) -> str:
        """The phrase in the nominative singular: `министры культуры` gives `министр культуры`."""
        return self._recast(phrase, number="sing")

    def _cases(self, word: str) -> str:
        """Letters of `CASES` that the form may stand in: all for what does not decline, "" for verbs and the like."""
        lower = word.lower()
        if not lower[:1].isalpha():
            return ""
        parses = self._parse(lower)
        if len(lower) == 1:
            parses = parses[:1]  # any letter is a noun for the dictionary, the conjunction и too
        found = {_CASES[str(p.tag.case)] for p in parses if p.tag.POS in _DECLINED and str(p.tag.case) in _CASES}
        known = self._is_known(lower)
        if word[:1].isupper() and len(word) > 1:
            # the dictionary may know Назарбеков as some other word only
            tags = {grammeme for p in parses for grammeme in _NAMES if grammeme in p.tag}
            if not (known and "Surn" in tags):
                found |= self._names.cases(word, least=_SURE if known and not tags else None)
        if not found and not known and all(p.tag.POS is None for p in parses):
            return CASES  # Netflix, МКИ
        return "".join(c for c in CASES if c in found)

    def _word_class(self, word: str) -> str:
        """The likeliest class; a capitalised word that may be a person's name is one."""
        lower = word.lower()
        if not lower[:1].isalpha():
            return "other"
        parses = self._parse(lower)
        names = [p for p in parses if any(grammeme in p.tag for grammeme in _NAMES)]
        if word[:1].isupper() and names and (self._is_known(lower) or names[0] is parses[0]):
            common = max((p.score for p in parses if p not in names and p.tag.POS in _CLASSES), default=0.0)
            if sum(p.score for p in names) >= common or self._names.is_listed(lower):
                return "name"
        if not self._is_known(lower) and (word[:1].isupper() or all(p.tag.POS is None for p in parses)):
            return "unknown"
        return _CLASSES.get(str(parses[0].tag.POS), "other")

    def _known_name(self, nominative: str) -> tuple[str, bool]:
        """What the dictionary says of a nominative: genders as a given name, and whether it is a surname."""
        lower = nominative.lower()
        genders: set[str] = set()
        surname = False
        if self._is_known(lower):
            for parse in self._parse(lower):
                tag = parse.tag
                if tag.case != "nomn" or tag.number != "sing":
                    continue
                if "Name" in tag and "Surn" not in tag:
                    genders.update({"masc": "m", "femn": "f"}.get(str(tag.gender), "mf"))
                surname = surname or "Surn" in tag
        return "".join(sorted(genders, reverse=True)), surname


def load() -> Language:
    """The Russian language; loads the dictionary. Raises ResourceError where its data are missing."""
    from pymorphy3.analyzer import MorphAnalyzer

    analyzer: Any = MorphAnalyzer
    return Russian(analyzer(lang="ru"))
