"""Nouns of documents ("memorandum", "the document") as units of a sentence, so that rules can speak of them.

A document that is named is a unit of kind `A`, one that refers back a unit of kind `Z`; which words do so is data (`kinds` and `referring`
of `lexicon/<language>/agreements.yaml`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kgculture.errors import ResourceError
from kgculture.extract.context import Context
from kgculture.extract.skeleton import Skeleton, Unit
from kgculture.language.kept import Kept
from kgculture.lexicon import Lexicon, Phrases, alternatives, load
from kgculture.lexicon.places import gazetteer
from kgculture.model import Passage, Ref

#: an adjective and at most three words between it and a document
#: two persons whom a word joins
_PAIR = re.compile(r"@P(\d+) [^ @,]+ @P(\d+) ")
_OF_TWO = re.compile(r"@J(\d+) (?:[^ @,;:]+ ){0,3}@A\d+ ")


@dataclass(frozen=True, slots=True)
class Document:
    """What a noun says of the document. `weak`: the word is a document only beside a verb of signing."""

    type: str | None
    plural: bool = False
    weak: bool = False


@cache
def _phrases(code: str) -> tuple[Phrases[Document], Phrases[Document]]:
    data: dict[str, Any] = load(code).rules.get("agreements") or {}
    kinds: Phrases[Document] = Phrases()
    for entry in data.get("kinds", ()):
        for number in ("forms", "plurals"):
            for form in entry.get(number, ()):
                kinds.add(form, Document(entry["type"], number == "plurals", bool(entry.get("weak"))))
    referring: Phrases[Document] = Phrases()
    for number in ("one", "many"):
        for form in (data.get("referring") or {}).get(number, ()):
            referring.add(form, Document(None, number == "many"))
    return kinds, referring


@cache
def _may_be(code: str) -> Kept[str, bool]:
    """Whether a word of a skeleton may begin a document, or be a row of capitals that names one."""
    kinds, referring = _phrases(code)
    return Kept(lambda word: kinds.begins(word) or referring.begins(word) or word.startswith("@M"))


@cache
def setting(code: str, frame: str, name: str) -> re.Pattern[str]:
    """Words or patterns of a frame's settings as one expression; matches nothing where there are none.

    Raises ResourceError for a faulty pattern."""
    from kgculture.extract.patterns import compile_pattern

    lexicon = load(code)
    found = (lexicon.rules.get(frame) or {}).get(name) or ()
    if isinstance(found, str):
        raise ResourceError(f"lexicon/{code}/{frame}.yaml: {name} is not a list")
    parts = []
    for number, pattern in enumerate(found):
        expression = compile_pattern(pattern, lexicon.joiners, f"{frame}.{name}").pattern
        parts.append(re.sub(r"\(\?P<(\w+?)>", rf"(?P<\1_{number}>", expression))
    return re.compile("|".join(parts) or r"(?!)")


def with_bodies(context: Context, skeleton: Skeleton) -> Skeleton:
    """The sentence with bare names that are bodies as units of kind `O`: names that the article uses for a body, and those joined to a
    body by the joiners of lists ("the City Museum and the Ateneum")."""
    joiners = alternatives(tuple(j for j in context.lexicon.joiners if j.strip(",;")))
    articles = alternatives(tuple(context.lexicon.settings.get("articles", ())))
    final = (
        context.lexicon.settings.get("link") == "before"
    )  # then a name beside a body may be the beginning of the next one
    text, units = skeleton.text, list(skeleton.units)
    known = context.organizations.bare
    pair = _between(context.lexicon).search(text) if "@M" in text else None
    for number, unit in enumerate(skeleton.units):
        if unit.kind != "M":
            continue
        name = " ".join(context.doc.text[unit.start : unit.end].split())
        here = rf"(?:(?:{articles}) )?@M{number} "
        beside = re.search(rf"@O\d+ (?:{joiners}) {here}|(?<!\S){here}(?:{joiners}) (?:(?:{articles}) )?@O\d+ ", text)
        listed = beside or (pair is not None and number in map(int, pair.groups()))
        if name not in known and not (listed and not final and len(name) > 2 and name[-1].isalpha()):
            continue
        ref = known.get(name) or context.organizations.add_name(name)
        context.mention(ref, unit.passage)
        units[number] = Unit("O", unit.start, unit.end, (ref,))
        text = text.replace(f"@M{number} ", f"@O{number} ")
    tokens, offsets = text.split(), list(skeleton.offsets)
    if not final:
        _join_names(context, tokens, offsets, units)
    if tokens == skeleton.text.split():
        return skeleton
    return skeleton.reworded(tokens, units, offsets)


@cache
def _between(lexicon: Lexicon) -> re.Pattern[str]:
    """Two names between which something stands: "between the publishing house X and Georgia's Y"."""
    words = alternatives(tuple(lexicon.settings.get("between", ())))
    owner = r"(?:[^ @,;:]+ ){0,3}?(?:@[CL]\d+ '?s )?"
    pair = rf"(?<![^ ])(?:{words}) {owner}@M(\d+) (?:{alternatives(lexicon.joiners)}) {owner}@M(\d+) "
    return re.compile(r"(?!)" if lexicon.settings.get("link") else pair)


def _join_names(context: Context, tokens: list[str], offsets: list[tuple[int, int]], units: list[Unit]) -> None:
    """Makes a body of the capitalised words or the quotation that a conjunction joins to a body: "Эрмитаж и @O0", "@O0 and UNESCO"."""
    articles: tuple[str, ...] = tuple(context.lexicon.settings.get("articles", ()))
    both = {j for j in context.lexicon.joiners if j.isalpha()}

    def named(k: int) -> bool:
        word = context.doc.text[slice(*offsets[k])]
        if k == 0 and context.doc.language.word_class(tokens[k]) in ("other", "verb", "adjective"):
            return False  # the capital of the sentence
        return tokens[k].isalpha() and word[:1].isupper() and tokens[k] not in both and tokens[k] not in articles

    for k in range(len(tokens) - 2, 0, -1):
        if tokens[k] not in both:
            continue
        right = k + 2 if tokens[k + 1] in articles and k + 2 < len(tokens) else k + 1
        first = last = -1
        if tokens[k - 1].startswith("@O"):
            first = last = right
            while last + 1 < len(tokens) and named(last) and named(last + 1):
                last += 1
        elif tokens[right].startswith("@O"):
            first = last = k - 1
            while first > 0 and named(first) and named(first - 1):
                first -= 1
        if first > 0 and context.doc.language.word_class(tokens[first - 1]) == "noun":
            continue  # "the museum-flat of Auezov and @O0"
        if first < 0 or not (named(first) or (first == last and _is_short_quotation(tokens[first], units))):
            continue
        start, end = offsets[first][0], offsets[last][1]
        name = context.doc.language.nominative(context.doc.text[start:end].strip("«»“”\"'„"))
        ref = context.organizations.add_name(" ".join(name.split()))
        context.mention(ref, Passage(start, end))
        units.append(Unit("O", start, end, (ref,)))
        tokens[first : last + 1] = [f"@O{len(units) - 1}"]
        offsets[first : last + 1] = [(start, end)]


def _is_short_quotation(token: str, units: list[Unit]) -> bool:
    return token.startswith("@Q") and units[int(token[2:])].end - units[int(token[2:])].start < 30


def joined_before(context: Context, index: int) -> tuple[Ref, ...]:
    """The two persons whom the sentence before one joins: "X and Y opened a class."; else nobody."""
    before = context.skeletons[index - 1] if index else None
    found = _PAIR.search(before.text) if before else None
    units = [before.units[int(k)] for k in found.groups()] if before and found else []
    return tuple(dict.fromkeys(r for u in units for r in u.refs))


def beside(context: Context, prepositions: Sequence[str]) -> dict[Ref, Ref]:
    """Person -> body that stands beside the name: "X, Director of Exhibitions, at the Y Museum"."""
    pattern = re.compile(rf"@P(\d+) (?:{alternatives(tuple(prepositions))}) (?:the )?@O(\d+) ")
    found: dict[Ref, Ref] = {}
    for skeleton in context.skeletons:
        for match in pattern.finditer(skeleton.text):
            person, body = skeleton.units[int(match[1])], skeleton.units[int(match[2])]
            if person.refs and body.refs:
                found.setdefault(person.refs[0], body.refs[0])
    return found


def capitals(context: Context, cities: Sequence[Unit]) -> list[Ref]:
    """The two countries for which their capitals stand: "Yerevan and Vilnius signed a programme"; else nothing."""
    refs = [r for unit in cities for r in unit.refs]
    if len(refs) != 2 or not all(gazetteer().is_capital(r) for r in refs):
        return []
    found: list[Ref] = []
    for unit in cities:
        country = gazetteer().country_of(unit.refs[0])
        if country:
            context.mention(country, unit.passage)
            found.append(country)
    return found


def of_two(skeleton: Skeleton, piece: str) -> list[Ref]:
    """The two countries of an adjective before a document: "a Belarusian-Chinese protocol"; else nothing."""
    for match in _OF_TWO.finditer(piece):
        refs = skeleton.units[int(match[1])].refs
        if len(refs) == 2 and all(r.startswith("country-") for r in refs):
            return list(refs)
    return []


def with_documents(skeleton: Skeleton, code: str, text: str) -> Skeleton | None:
    """The sentence with its documents as units after its own ones; None where it speaks of none. `text` is the article's."""
    kinds, referring = _phrases(code)
    words = skeleton.text.split()
    may_be = _may_be(code)
    if not any(map(may_be.__getitem__, words)):
        return None
    for k, word in enumerate(words):  # "the MoU" is a row of capitals; in brackets it only repeats what stands before
        if word.startswith("@M") and not (k and words[k - 1] == "("):
            name = text[slice(*skeleton.offsets[k])].lower().split()
            if len(name) == 1 and kinds.match(name, 0):
                words[k] = name[0]
    tokens: list[str] = []
    offsets: list[tuple[int, int]] = []
    units = list(skeleton.units)
    k = 0
    while k < len(words):
        if not may_be[words[k]]:
            tokens.append(words[k])
            offsets.append(skeleton.offsets[k])
            k += 1
            continue
        named = kinds.match(words, k)
        back = referring.match(words, k)
        if back and (named is None or back[0] > named[0]):
            named = back
        if named is None:
            tokens.append(words[k])
            offsets.append(skeleton.offsets[k])
            k += 1
            continue
        length, document = named
        kind = "A" if document.type else "Z"
        start, end = skeleton.offsets[k][0], skeleton.offsets[k + length - 1][1]
        tokens.append(f"@{kind}{len(units)}")
        offsets.append((start, end))
        units.append(Unit(kind, start, end, (), document))
        k += length
    if len(units) == len(skeleton.units):
        return None
    return skeleton.reworded(tokens, units, offsets)
