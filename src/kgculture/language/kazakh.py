"""Kazakh: sentences, endings of cases, personal names. What it knows is data: `lexicon/kk/`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kgculture.language._data import read
from kgculture.language._kazakh_forms import Endings
from kgculture.language._kazakh_names import Names
from kgculture.language._sentences import Splitter
from kgculture.language.base import CASES, tokenize
from kgculture.resources import folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kgculture.language.base import Language, NameReading, Token
    from kgculture.model import Passage

_CACHE = 100_000
#: a letter that is often typed in that of another script
_LATIN_SCHWA, _SCHWA = "\u0259", "\u04d9"


class Kazakh:
    """The `Language` of Kazakh texts in Cyrillic."""

    code = "kk"

    def __init__(self) -> None:
        morphology, names = read("kk", "morphology"), read("kk", "names")
        words = read("kk", "words")
        self._endings = Endings(morphology)
        self._names = Names(self._endings, morphology, names)
        self._splitter = Splitter(read("kk", "sentences"))
        self._adjectives = tuple(words["adjective_endings"])
        self._verbs = tuple(words["verb_endings"])
        self._common = frozenset(_listed("dictionary.txt"))
        self.cases = lru_cache(maxsize=_CACHE)(self._cases)
        self.word_class = lru_cache(maxsize=_CACHE)(self._word_class)
        self.base_forms = lru_cache(maxsize=_CACHE)(self._base_forms)

    def tokens(self, text: str, span: Passage) -> list[Token]:
        """Words, numbers and signs of `text[span]`."""
        tokens = tokenize(text, span)
        if _LATIN_SCHWA in text[span.start : span.end]:
            for token in tokens:
                if token.is_word and not token.lower.isascii():
                    token.text = token.text.replace(_LATIN_SCHWA, _SCHWA)
                    token.lower = token.lower.replace(_LATIN_SCHWA, _SCHWA)
        return tokens

    def sentences(self, text: str, span: Passage) -> list[Passage]:
        """Sentences of `text[span]`; a line break always ends one."""
        return self._splitter.split(text, span)

    def readings(self, words: Sequence[str], case: str = "") -> list[NameReading]:
        """Readings of the words as a name, best first. A title before a name does not agree with it, so `case` says nothing."""
        return self._names.read(words)

    def nominative(self, phrase: str) -> str:
        """The phrase without the case ending of its last word: the head of a Kazakh phrase stands last."""
        start, space, last = phrase.rpartition(" ")
        if not last or not last[-1].isalpha():
            return phrase
        return f"{start}{space}{last[: len(self._endings.bare(last.lower()))]}"

    def _cases(self, word: str) -> str:
        """The case of the form; "" for the ablative, which `CASES` lacks, and for what is no word."""
        if not word[:1].isalpha():
            return ""
        lower = word.lower()
        if word[0].isupper() and "-" not in word and (self._is_name(lower) or not self._is_common(lower)):
            case = self._names.nominatives(lower)[0][1]  # Аида is no locative
        else:
            case = self._endings.case(lower)
        return case if case in CASES else ""

    def _word_class(self, word: str) -> str:
        lower = word.lower()
        if not lower[:1].isalpha():
            return "other"
        surely = self._names.is_given(lower) or not self._is_common(lower)
        if word[:1].isupper() and lower not in self._common and surely and self._is_name(lower):
            return "name"
        head, hyphen, _ = word.partition("-")
        if hyphen and len(head) > 1 and head.isupper():
            return "other"  # БАҚ-пен
        if lower.endswith(self._adjectives) and len(lower) > 5:
            return "adjective"
        if self._is_common(lower):
            return "other"
        if word[:1].islower():
            return "other"
        return "verb" if len(lower) > 5 and lower.endswith(self._verbs) else "unknown"

    def _is_name(self, word: str) -> bool:
        return self._names.is_given(word) or self._names.is_surname(word)

    def _is_common(self, word: str) -> bool:
        """Whether a listed word, or one with endings, after at most two endings."""
        stems = [word, *(form.stem for form in self._endings.forms(word))]
        stems += [stem.removesuffix(end) for stem in stems for end in _POSSESSED if stem.endswith(end)]
        return any(s in self._common or s[:-1] + _HARD.get(s[-1:], "-") in self._common for s in stems if s)

    def _base_forms(self, word: str) -> frozenset[str]:
        """The word and the nominatives that it may be a form of."""
        return frozenset(stem for stem, _, weight in self._names.nominatives(word.lower()) if weight > -1) | {
            word.lower()
        }


def _possessed() -> tuple[str, ...]:
    plural = [f"{c}{v}р" for c in "лдт" for v in "ае"]
    owned = ["ы", "і", "сы", "сі"]
    return (*owned, *plural, *(f"{p}{o}" for p in plural for o in ("ы", "і")))


#: consonants that are soft before an ending: жарлық, жарлығы
_HARD = {"ғ": "қ", "г": "к", "б": "п"}
#: endings of number and possession between a stem and its case
_POSSESSED = _possessed()


def _listed(name: str) -> list[str]:
    path = folder("lexicon") / "kk" / name
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return [word for line in lines if not line.startswith("#") for word in line.split()]


def load() -> Language:
    """The Kazakh language. Raises ResourceError where its data are missing."""
    return Kazakh()
