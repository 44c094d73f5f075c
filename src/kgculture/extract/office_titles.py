"""What a title of office says: its head, country, body, status, and its wording in the article's language and in English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kgculture.extract.bodies import BodyMention
from kgculture.extract.items import Item
from kgculture.language.base import Language
from kgculture.lexicon import Lexicon, OfficeHead
from kgculture.lexicon.places import gazetteer

#: the head of a title that is another's: "counterpart"
LIKE = "="
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "at", "to", "with"})


@dataclass(slots=True)
class OfficeMention:
    """A title as a sentence words it. `bare`: nothing but the head ("the minister"), which refers back."""

    head: OfficeHead
    title: str
    title_en: str | None
    countries: tuple[str, ...]
    body: BodyMention | None
    body_text: str | None  # a body that only its office tells: "Director of Rosconcert"
    status: str
    deputy: bool
    plural: bool
    bare: bool
    start: int
    end: int
    cases: str
    hosts: tuple[str, ...] = ()  # where one is posted: "посол Эстонии в Казахстане"

    @property
    def ministerial(self) -> bool:
        return self.head.ministerial and not self.deputy

    def may_mean(self, known: OfficeMention, countries: Sequence[str]) -> bool:
        """Whether this title can mean the holder of a known one, who is of these countries."""
        if self.countries and countries and not set(self.countries) & set(countries):
            return False
        if self.deputy != known.deputy:
            return False
        if self.body and not self.body.generic and known.body and self.body.ref != known.body.ref:
            return False
        own = set((self.title_en or "").lower().split()) - {"of", "and", "the"}
        theirs = set((known.title_en or "").lower().replace(",", "").split())
        return self.bare or own <= theirs | {self.head.en.lower()}

    @property
    def kind(self) -> str:
        """What a title that refers back must share with this one: "the minister" may be the head of the culture ministry."""
        return "Minister" if self.head.ministerial else self.head.en

    @property
    def employed(self) -> bool:
        """Whether a body is named for which one works."""
        return self.body_text is not None or (self.body is not None and not self.body.generic)


def office_mention(
    text: str,
    items: Sequence[Item],
    left: int,
    h: int,
    right: int,
    parts: Sequence[tuple[str, int, int]],
    language: Language,
    lexicon: Lexicon,
) -> OfficeMention:
    head: OfficeHead = items[h].value
    plural = is_plural(items[h], lexicon)
    modifiers = [i.value for i in items[left:h] if i.cls == "V"]
    countries = [r for i in items[left:h] if i.cls in "GJ" for r in i.refs if r.startswith("country-")]
    body: BodyMention | None = next((i.value for i in items[left:h] if i.cls == "B"), None)
    body_text: str | None = None
    hosts: list[str] = []
    kept: list[Item] = []  # what stays in the title after the head
    for kind, first, last in parts:
        chunk = list(items[first : last + 1])
        if kind == "country":
            posted = (
                head.to is not None
                and chunk[0].cls == "G"
                and _preposition(items, first) == "f"
                and not _from(items, first, lexicon)
            )
            if posted or (countries and not plural):
                if _preposition(items, first) == "f":
                    hosts += [r for i in chunk for r in i.refs]
                if head.to or head.complement == "free":
                    kept += _with_preposition(items, first, last, h)
            else:
                countries += [r for i in chunk for r in i.refs]
        elif kind == "generic":
            countries += [r for i in chunk if i.cls == "J" for r in i.refs if r.startswith("country-")]
        elif kind == "here":
            continue
        elif kind == "seat" and body is not None:
            body = replace(
                body, name=f"{body.name} {text[items[first - 1].start : items[last].end]}", cities=items[first].refs
            )
        elif kind == "body":
            value: BodyMention = chunk[0].value
            if (
                body is None
                and head.complement in ("body", "country")
                and not any(k == "portfolio" for k, _, _ in parts[:1])
            ):
                body = value
                countries += [c for c in value.countries if c not in countries]
            else:
                link = _with_preposition(items, first, last, h)
                kept += [*link[: len(link) - len(chunk)], *(i for i in value.inner if i.cls not in "GYL")]
                body = body or (value if head.complement in ("body", "free", "whole") and not value.generic else None)
                countries += [c for c in value.countries if c not in countries]
        elif kind == "body_text":
            body_text = language.nominative(text[chunk[0].start : chunk[-1].end].strip('«»“”"„‘’'))
            kept += chunk if head.complement == "whole" else []
        else:
            kept += _with_preposition(items, first, last, h)
            if kind == "city" and not countries and not (head.to and _preposition(items, first) == "f"):
                home = gazetteer().country_of(items[first].refs[0])
                countries += [home] if home else []
    if body is None and body_text is None and items[left].cls == "Y" and head.complement == "body" and left < h:
        body_text = text[items[left].start : items[left].end]
    own = [
        i
        for i in items[left:h]
        if i.cls in "FKA" or (i.cls in "a," and any(f.cls == "F" for f in items[left : items.index(i)]))
    ]
    status = next((m.status for m in modifiers if m.status), "Current")
    deputy = any(m.deputy for m in modifiers)
    words = [m.en for m in modifiers if m.deputy]
    title = _native(text, items, left, h, kept, language)
    title_en = in_english(text, words, own, head, kept, lexicon)
    bare = not parts and not own and not modifiers and not countries and body is None
    return OfficeMention(
        head,
        title,
        title_en,
        tuple(dict.fromkeys(countries)),
        body,
        body_text,
        status,
        deputy,
        plural,
        bare,
        items[left].start,
        items[right].end,
        _cases(items, left, h),
        tuple(hosts),
    )


def _with_preposition(items: Sequence[Item], first: int, last: int, h: int) -> list[Item]:
    before = first - 1
    while before > h and items[before].cls == "t":
        before -= 1
    return list(items[before : last + 1] if items[before].cls in "of" and before > h else items[first : last + 1])


def _preposition(items: Sequence[Item], k: int) -> str:
    k -= 1
    while k > 0 and items[k].cls == "t":
        k -= 1
    return items[k].cls


def _from(items: Sequence[Item], k: int, lexicon: Lexicon) -> bool:
    """Whether the preposition before `k` tells the origin: "her counterpart from Latvia"."""
    return any(i.lower in lexicon.settings.get("origin_prepositions", ()) for i in items[max(0, k - 2) : k])


def is_plural(head: Item, lexicon: Lexicon) -> bool:
    return any(re.fullmatch(p, head.lower) for p in lexicon.settings.get("plural_heads", ()))


def _native(text: str, items: Sequence[Item], left: int, h: int, kept: Sequence[Item], language: Language) -> str:
    chosen = [i for i in items[left:h] if i.cls in "VFKA" and not (i.cls == "V" and i.value.status)] + [items[h], *kept]
    word = items[h].value.word
    if word:
        return " ".join([word, *(text[i.start : i.end] for i in kept)])
    phrase = " ".join(text[i.start : i.end] for i in chosen)
    return " ".join(language.nominative(phrase).split()).replace(" ,", ",")


def in_english(
    text: str, words: Sequence[str], own: Sequence[Item], head: OfficeHead, kept: Sequence[Item], lexicon: Lexicon
) -> str | None:
    """The title in English: composed from the head's English and the words kept; None where a word has no English."""
    after = in_words(text, kept, lexicon)
    before = in_words(text, own, lexicon)
    if after is None or before is None:
        return None
    if before and head.complement == "portfolio" and not after:
        after, before = before, ""
    title = " ".join([*words, *([before] if before else []), head.en])
    while after.split() and after.split()[-1] in _SMALL:
        after = after.rpartition(" ")[0]
    if after:
        link = "" if after.split()[0] in ("of", "for", "to", "on", "in", "at", "with") else "of "
        title += f" {link}{after}"
    return title


def in_words(text: str, items: Sequence[Item], lexicon: Lexicon) -> str | None:
    """The English of the items, word by word; None where one has none."""
    if lexicon.settings.get("titles_as_worded"):
        worded = " ".join(text[i.start : i.end] for i in items).replace(" ,", ",").split()
        return " ".join(w if w[0].isupper() or w in _SMALL else w[0].upper() + w[1:] for w in worded)
    words: list[str] = []
    for i in items:
        if i.cls in "LXG" and i.refs:  # "мэр Алматы"
            words.append("@" + gazetteer().labels(i.refs[0]).get("en", ""))
        else:
            words += [w for w in i.lower.split() if w not in ("«", "»")]
    out: list[str] = []
    k = 0
    while k < len(words):
        if words[k] == ",":
            if out:
                out[-1] += ","
            k += 1
            continue
        if words[k].startswith("@"):
            out.append(words[k][1:])
            k += 1
            continue
        found = lexicon.glossary.match(words, k)
        if found is None:
            return None
        out.append(found[1])
        k += found[0]
    return " ".join(out)


def _cases(items: Sequence[Item], left: int, h: int) -> str:
    """Cases of the whole title: those of the deputy in "заместителем министра", of the head else; "" where nothing tells."""
    governing = next(
        (i for i in items[left:h] if i.cls == "V" and (i.value.deputy or i.value.status == "Acting")), None
    )
    if governing is None:
        return items[h].cases
    return "" if governing.lower.endswith(".") else governing.cases
