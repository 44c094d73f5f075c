"""Words by themselves: their class letters (see `items.py`), cases, and whether they may be given names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from kgculture.language import language
from kgculture.language.base import Language, Token, tokenize
from kgculture.language.kept import Kept
from kgculture.lexicon import Lexicon
from kgculture.model import Passage

_SIGNS = {
    ",": ",",
    ";": ";",
    ":": ":",
    "-": "-",
    "–": "-",
    "—": "-",
    "(": "(",
    ")": ")",
    ".": ".",
    "!": ".",
    "?": ".",
    "…": ".",
}
#: Classes of items that stand in no case.
CASELESS = 'D,;:"-.()#ofatS'


@dataclass(frozen=True, slots=True)
class Plain:
    """A word that is one item, whatever stands around it."""

    cls: str
    lower: str
    capital: bool
    cases: str
    given: bool


@cache
def plain_words(lexicon: Lexicon, shouting: bool) -> tuple[Kept[str, Plain | None], Kept[str, Plain | None]]:
    """What words are by themselves, as the first of a sentence and elsewhere; None for those that may be more than themselves."""

    own = language(lexicon.code)

    def plain(first: bool) -> Callable[[str], Plain | None]:
        return lambda text: _plain_word(text, first, shouting, own, lexicon)

    return Kept(plain(True)), Kept(plain(False))


def _plain_word(text: str, first: bool, shouting: bool, language: Language, lexicon: Lexicon) -> Plain | None:
    """What a word is if no place, date or quotation begins with it; None where that depends on the words around it.

    Nothing but a short cut: without it `items_of` finds the same (a test compares).
    """
    token = tokenize(text, Passage(0, len(text)))[0]
    if token.text != text:  # cut otherwise where a word stands before it
        return None
    lower = lexicon.settings.get("homoglyphs", {}).get(token.lower, token.lower)
    many = (lexicon.offices, lexicon.bodies, lexicon.modifiers, lexicon.callings)
    if (
        any(phrases.begins(lower) for phrases in many)
        or any(lower.startswith(prefix) for prefix in lexicon.settings.get("prefixes", ()))
        or token.lower in lexicon.east_surnames
        or text in lexicon.settings.get("honorific_abbreviations", ())
        or (token.is_capital and (len(text) == 1 or token.lower in lexicon.settings.get("digraph_initials", ())))
    ):
        return None
    if lexicon.classes.begins(lower):
        small = lexicon.classes.match([lower], 0)
        if small is None or small[1] == "m" or lexicon.classes.begins(lower, 2):
            return None
        cls = small[1]
    else:
        cls = class_of(token, None, first, shouting, language, lexicon)
        if cls == "Y" and text.isalpha():
            return None  # "ПЕТРОВА" after a given name is a surname
    capital = token.is_capital or cls == "N"
    return Plain(
        cls,
        lower,
        capital,
        language.cases(text) if cls not in CASELESS else "",
        capital and cls in "NK" and lexicon.is_given_name(lower, language.base_forms),
    )


def class_of(
    token: Token, following: Token | None, first: bool, shouting: bool, language: Language, lexicon: Lexicon
) -> str:
    if not token.is_word:
        return "#" if token.text[0].isdigit() else "S" if token.lower in ("'s", "'") else _SIGNS.get(token.text, '"')
    if token.lower in lexicon.particles:
        return "p"
    kind = language.word_class(token.text)
    if not token.is_capital:
        head, _, tail = token.text.partition("-")
        if tail[:1].isupper() and head in lexicon.particles:
            return "N"  # al-Anani
        return "A" if kind == "adjective" else "n" if kind == "noun" and "g" in language.cases(token.text) else "w"
    if len(token.text) > 1 and token.text.isupper() and not shouting:
        return "Y"
    if token.text.isascii() and lexicon.settings.get("script", "latin") != "latin":
        return "Y"  # a name in foreign letters is a firm's or a title, no person's
    if token.text[-1:].isupper() and sum(c.isupper() for c in token.text) > 2 and not shouting:
        return "Y"  # ЕврАзЭС
    if lexicon.is_given_name(token.lower, language.base_forms) or (
        token.lower in lexicon.east_surnames and following is not None and following.is_capital
    ):
        return "N"
    if kind == "unknown":
        parts = token.lower.split("-")
        return "K" if all(p in lexicon.dictionary for p in parts) else "N"
    if kind == "name":
        return "N"
    return "A" if kind == "adjective" else "K" if kind in ("noun", "verb") or not first else "w"
