"""All that an article names, sentence by sentence: persons with their titles, bodies, places, dates, quotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from kgculture.extract import headfinal, headfinal_titles
from kgculture.extract.bodies import BodyMention, find_bodies
from kgculture.extract.dates import find_dates
from kgculture.extract.document import Document
from kgculture.extract.items import Item, items_of
from kgculture.extract.names import NameMention, find_names
from kgculture.extract.office_titles import OfficeMention
from kgculture.extract.offices import find_offices
from kgculture.extract.persons import Persons, looks_like_name
from kgculture.extract.places import find_places
from kgculture.extract.titled import Parsed, bind_titles, listed
from kgculture.language.base import Language
from kgculture.lexicon import Lexicon


@dataclass(slots=True)
class Link:
    """A title bound to a name: who holds which office, as one sentence says it."""

    name: NameMention
    office: OfficeMention
    sentence: int
    rule: str
    more_bodies: tuple[BodyMention, ...] = ()


@dataclass(slots=True)
class Mentions:
    doc: Document
    lexicon: Lexicon
    persons: Persons
    sentences: list[Parsed]
    links: list[Link]


def read_mentions(doc: Document, lexicon: Lexicon) -> Mentions:
    """Parse every sentence; then tell persons from other capitals, full names first, bare surnames after."""
    persons = Persons(doc.language, lexicon)
    parsed: list[Parsed] = []
    for sentence in doc.sentences:
        places = find_places(sentence, lexicon.code)
        dates = find_dates(sentence, lexicon.code, doc.article.published)
        items = items_of(doc, sentence, lexicon, places, dates)
        final = lexicon.settings.get("link") == "before"
        items = (headfinal.find_bodies if final else find_bodies)(doc.text, items, doc.language, lexicon)
        items = (headfinal_titles.find_offices if final else find_offices)(doc.text, items, doc.language, lexicon)
        items = find_names(doc.text, items, doc.language, lexicon)
        entry = Parsed(sentence, items)
        bind_titles(doc.text, entry, lexicon)
        parsed.append(entry)
    _recognise(parsed, persons, lexicon)
    _first_words(doc.text, parsed, persons, doc.language)
    links = [
        Link(p.items[m].value, p.items[t].value, p.sentence.index, rule, _further(p, t, m))
        for p in parsed
        for m, titles in p.titled.items()
        if p.items[m].value.ref
        for t, rule in ((t, "after" if t > m else "before") for t in titles)
    ]
    return Mentions(doc, lexicon, persons, parsed, links)


def _recognise(parsed: Sequence[Parsed], persons: Persons, lexicon: Lexicon) -> None:
    later: list[tuple[Parsed, int]] = []
    for entry in parsed:
        names = [k for k, item in enumerate(entry.items) if item.cls == "M"]
        if not names:
            continue
        makers = {
            m
            for k, item in enumerate(entry.items)
            if item.cls in ":-M" and _of_a_maker(entry.items, k, lexicon)
            for m in (*listed(entry.items, k), *headfinal_titles.before_maker(entry.items, k))
        }
        honoured = {
            m
            for k in names
            if _honoured(entry.items, k, lexicon)
            for m in (*listed(entry.items, k), *headfinal_titles.before_maker(entry.items, k))
        }
        remembered = {k for k, titles in entry.titled.items() if _remembered(entry.items, k, titles, lexicon)}
        for k in names:
            item = entry.items[k]
            if k and entry.items[k - 1].cls == "b":
                continue
            if k in remembered or (k in honoured and not entry.titled.get(k)):
                continue  # does not act, unless another sentence says so
            mention: NameMention = item.value
            if k in makers and _made_the_title(entry.items, k, lexicon):
                entry.titled.pop(k, None)  # "A" by director | X
            titled = bool(entry.titled.get(k)) or mention.honorific
            creator = entry.called.get(k) is True or k in makers
            if mention.single:
                later.append((entry, k))
            elif titled or k in entry.called or looks_like_name(mention, lexicon) or creator:
                persons.add(mention, creator=creator and not titled)
            else:
                later.append((entry, k))
    unsure: list[tuple[Parsed, int]] = []
    for entry, k in later:
        mention = entry.items[k].value
        known = persons.find(mention)
        if known:
            persons.add(mention)
        elif (entry.titled.get(k) or (k in entry.called and "initial" in mention.best.roles)) and (
            not entry.sentence.is_title or "initial" in mention.best.roles
        ):
            persons.add(mention, creator=entry.called.get(k) is True and not entry.titled.get(k))
        elif not mention.single:
            unsure.append((entry, k))
    for entry, k in (
        unsure * 3
    ):  # again for what stands beside one found later; what acts like a person: stands among persons, or a verb of saying or doing follows
        if persons.find(entry.items[k].value) or _acts(entry, k, lexicon):
            persons.add(entry.items[k].value)


def _first_words(text: str, parsed: Sequence[Parsed], persons: Persons, language: Language) -> None:
    """Surnames that begin a sentence and are common words as well: a word whose capital says nothing, of somebody named elsewhere."""
    for entry in parsed:
        first = entry.items[0] if entry.items else None
        if first is None or first.cls not in "wK" or not first.capital or not persons.is_called(first.lower):
            continue
        word = text[first.start : first.end]
        readings = language.readings((word,), "n")
        mention = NameMention((word,), tuple(readings), first.start, first.end) if readings else None
        if mention and persons.find(mention):
            persons.add(mention)
            entry.items[0] = replace(first, cls="M", value=mention)


def _of_a_maker(items: Sequence[Item], k: int, lexicon: Lexicon) -> bool:
    if headfinal_titles.of_a_maker(items, k, lexicon):
        return True
    while k and items[k - 1].cls in "Q()":
        k -= 1  # "the comedy “A” (“B”) of | X"
    if _made_the_title(items, k, lexicon):
        return True
    before = f" {_unpraised(items, k, lexicon)}"
    return before.endswith(tuple(f" {w}" for w in lexicon.settings.get("maker_before", ())))


def _made_the_title(items: Sequence[Item], k: int, lexicon: Lexicon) -> bool:
    """Whether a quotation and words such as "by" or "by director" stand before the name: "The Way Home" by X."""
    for phrase in lexicon.settings.get("maker_after_title", ()):
        at, said = k, ""
        while at > 0 and len(said) < len(phrase):
            at -= 1
            said = f"{items[at].lower} {said}".strip()
        if said == phrase and at > 0 and items[at - 1].cls == "Q":
            return True
    return False


def _unpraised(items: Sequence[Item], k: int, lexicon: Lexicon) -> str:
    """The words before the name at `k`, without callings and words of praise: "works by | the great poet X"."""
    praise: Sequence[str] = lexicon.settings.get("praise", ())
    j = k
    while j > 0 and (items[j - 1].cls in "cmatJ" or items[j - 1].lower in praise):
        j -= 1
    return " ".join(i.lower for i in items[max(0, j - 6) : j])


def _honoured(items: Sequence[Item], k: int, lexicon: Lexicon) -> bool:
    """Whether the name at `k` only tells in whose honour something is: "the 150th anniversary of the poet X", "a monument to X"."""
    if headfinal_titles.honoured(items, k, lexicon):
        return True
    return f" {_unpraised(items, k, lexicon)}".endswith(_honours(lexicon))


@cache
def _honours(lexicon: Lexicon) -> tuple[str, ...]:
    return tuple(f" {phrase}" for phrase in lexicon.settings.get("honoured_before", ()))


def _remembered(items: Sequence[Item], k: int, titles: Sequence[int], lexicon: Lexicon) -> bool:
    """The same of a name with its titles: "linked with the name of | the first President of A X"."""
    before = _unpraised(items, min([k, *titles]), lexicon)
    return any(f" {before}".endswith(f" {phrase}") for phrase in lexicon.settings.get("honoured_titled", ()))


def _acts(entry: Parsed, k: int, lexicon: Lexicon) -> bool:
    items = entry.items
    neighbours = [items[j] for j in (k - 2, k + 2) if 0 <= j < len(items)]
    between = [items[j].cls for j in (k - 1, k + 1) if 0 <= j < len(items)]
    if any(n.cls == "M" and n.value.ref and b in ",a" for n, b in zip(neighbours, between, strict=False)):
        return True
    if k and items[k - 1].lower in lexicon.settings.get("saying_before", ()):
        return True
    if "".join(i.cls for i in items[k + 1 : k + 4]) == ",tc":
        return True  # "X, a singer"
    verbs: Sequence[str] = lexicon.settings.get("acting", ())
    if k + 1 < len(items) and _is_one_of(items[k + 1], verbs):
        return True
    if lexicon.settings.get("verb_first") and k and _is_one_of(items[k - 1], verbs):
        return True  # "said X"
    partner: Sequence[str] = lexicon.settings.get("partner_prepositions", ())
    meeting: Sequence[str] = lexicon.settings.get("meeting_words", ())
    return k > 1 and items[k - 1].lower in partner and _is_one_of(items[k - 2], meeting)


def _is_one_of(item: Item, forms: Sequence[str]) -> bool:
    return any(item.lower == v or (v.endswith("~") and item.lower.startswith(v[:-1])) for v in forms)


def _further(entry: Parsed, t: int, m: int) -> tuple[BodyMention, ...]:
    """More bodies of one title: "producer of A, B and C"."""
    if t > m:
        return ()
    found: list[BodyMention] = []
    for item in entry.items[t + 1 : m]:
        if item.cls == "B":
            found.append(item.value)
        elif item.cls not in ',at"':
            break
    return tuple(found)
