"""What the frames work on: an article's sentences as skeletons, every unit resolved to the entities it stands for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain, islice

from kgculture.extract.document import Document
from kgculture.extract.items import Item
from kgculture.extract.mentions import Link, Mentions
from kgculture.extract.numbers import NumberMention, find_numbers
from kgculture.extract.office_titles import LIKE, OfficeMention
from kgculture.extract.organizations import Organizations
from kgculture.extract.persons import Person, Persons
from kgculture.extract.skeleton import Skeleton, Unit
from kgculture.extract.spans import Spans
from kgculture.extract.titled import Parsed
from kgculture.lexicon import Lexicon, load
from kgculture.model import Passage, Ref


@dataclass(slots=True)
class Context:
    """One article as the frames see it. `spans` collects where each entity is mentioned, by whatever form."""

    doc: Document
    lexicon: Lexicon
    persons: Persons
    organizations: Organizations
    links: list[Link]
    skeletons: list[Skeleton]
    spans: dict[Ref, list[Passage]] = field(default_factory=dict)
    numbers: list[list[NumberMention]] = field(default_factory=list)  # per sentence
    by_holder: dict[Ref, list[Link]] = field(default_factory=dict)  # `links` by person, once asked for
    by_office: dict[int, list[Ref]] = field(default_factory=dict)  # persons by the title beside them, once asked for
    heads: dict[Ref, tuple[str, ...]] = field(default_factory=dict)
    sorted_spans: dict[Ref, Spans] = field(default_factory=dict)  # `spans`, as far as they were asked for
    seats: dict[Ref, tuple[tuple[tuple[Ref, ...], Ref], ...]] = field(
        default_factory=dict
    )  # countries, body of the titles

    def mention(self, ref: Ref, passage: Passage) -> None:
        self.spans.setdefault(ref, []).append(passage)

    def person(self, ref: Ref) -> Person | None:
        return self.persons.get(ref)

    def countries_of(self, ref: Ref) -> tuple[Ref, ...]:
        """Countries that a person's titles, a body's name or a country itself stand for, most certain first."""
        if ref.startswith("country-"):
            return (ref,)
        if ref.startswith("org-"):
            return tuple(self.organizations.get(ref).countries[:1])
        found: list[Ref] = []
        if ref not in self.seats:
            links = self.links_of(ref)
            seats = ((self.countries_held(x), x.office.body.ref if x.office.body else "") for x in links)
            self.seats[ref] = tuple(dict.fromkeys(seats))
        for countries, body in self.seats[ref]:
            found += [c for c in countries if c not in found]
            if body:
                found += [c for c in self.organizations.get(body).countries if c not in found]
        return tuple(found)

    def countries_held(self, link: Link) -> tuple[Ref, ...]:
        """The countries of a title; of "the ministers of A and B, X and Y" the one that is this holder's."""
        countries = tuple(link.office.countries)
        if not link.office.plural or len(countries) < 2:
            return countries
        holders = self.holders_of(link)
        return (countries[holders.index(link.name.ref)],) if len(holders) == len(countries) else countries

    def of_the_same_lands(self, a: Sequence[Ref], b: Sequence[Ref]) -> bool:
        """Whether one names only the countries whose persons the other names: "A of X met B of Y. The ministers of X and Y …"."""
        for lands, people in ((a, b), (b, a)):
            sent = {c for r in people if r.startswith("person-") for c in self.countries_of(r)[:1]}
            if len(lands) > 1 and all(r.startswith("country-") for r in lands) and set(lands) == sent:
                return True
        return False

    def holders_of(self, link: Link) -> Sequence[Ref]:
        """The persons beside whose names one title stands: "the ministers A and B"."""
        if not self.by_office:
            for other in self.links:
                self.by_office.setdefault(id(other.office), []).append(other.name.ref)
        return self.by_office[id(link.office)]

    def heads_of(self, ref: Ref) -> Sequence[str]:
        """The kinds of a person's titles, in English."""
        if ref not in self.heads:
            self.heads[ref] = tuple(dict.fromkeys(link.office.kind for link in self.links_of(ref)))
        return self.heads[ref]

    def links_of(self, ref: Ref) -> Sequence[Link]:
        """The titles that stand beside a person's names, in the order of the text."""
        if not self.by_holder:
            for link in self.links:
                self.by_holder.setdefault(link.name.ref, []).append(link)
        return self.by_holder.get(ref, ())

    def main_countries(self) -> tuple[Ref, ...]:
        """Countries of the article, most mentioned first."""
        counts = Counter({r: len(s) for r, s in self.spans.items() if r.startswith("country-")})
        return tuple(r for r, _ in sorted(counts.items(), key=lambda x: (-x[1], x[0])))

    def passages_for(self, base: Iterable[Passage], refs: Iterable[Ref]) -> tuple[Passage, ...]:
        """`base` and the sentences needed so that every ref is mentioned in one of them: the nearest before, else the first after."""
        chosen = list(dict.fromkeys(base))
        for ref in refs:
            spans = self._sorted_spans(ref)
            if not spans or any(spans.any_within(p) for p in chosen):
                continue
            chosen.append(self.sentence_of(spans.nearest(chosen[0].start if chosen else 0)))
        return tuple(sorted(set(chosen)))

    def _sorted_spans(self, ref: Ref) -> Spans:
        spans, known = self.spans.get(ref, []), self.sorted_spans.setdefault(ref, Spans())
        for k in range(len(known), len(spans)):
            known.add(spans[k])
        return known

    def sentence_of(self, span: Passage) -> Passage:
        return next(
            (s.span for s in self.sentences_in(span) if s.span.start <= span.start and span.end <= s.span.end), span
        )

    def sentences_in(self, span: Passage) -> Iterator[Skeleton]:
        """The sentences of which a part lies in a span; they stand in the order of the text, so the first is soon found."""
        first = bisect_right(self.skeletons, span.start, key=lambda s: s.span.end)
        for skeleton in islice(self.skeletons, first, None):
            if skeleton.span.start >= span.end:
                break
            yield skeleton


@cache
def _reporting(code: str) -> re.Pattern[str]:
    """ "said on Saturday": the day of the report, which dates nothing that it tells."""
    words = load(code).settings.get("reporting", ("@",))
    forms = "|".join(re.escape(w).replace("\\~", "~").replace("~", r"[^\W\d_]{0,3}") for w in words)
    return re.compile(rf"(?:^|(?<= ))(?:{forms}) (?:[^ ,;:]+ )?@D(\d+) ")


#: Classes of items that may stand for a unit, and of signs, which may be an `@`.
_NAMED = "MTBGJELXDQ#"


class _Builder:
    """Makes skeletons in reading order, so that what refers back finds what was said before."""

    def __init__(self, mentions: Mentions) -> None:
        self.mentions = mentions
        self.lexicon = mentions.lexicon
        self.context = Context(mentions.doc, mentions.lexicon, mentions.persons, Organizations(), mentions.links, [])
        self.recent: dict[Ref, None] = {}  # persons, latest last
        self.holders: dict[str, dict[Ref, None]] = {}  # the same by the heads of their titles
        self.pronouns: dict[str, str] = self.lexicon.settings.get("pronouns", {})
        self.genders: dict[Ref, str] = {}
        self.subject: Ref | None = None
        self.lead: Ref | None = None  # of whom the headline tells first
        for parsed in mentions.sentences:  # bodies first: a later full name explains nothing, an earlier one does
            for item in parsed.items:
                if item.cls == "B":
                    self.context.organizations.add(item.value)
                elif item.cls == "T":
                    office: OfficeMention = item.value
                    if office.body:
                        self.context.organizations.add(office.body)

    def build(self) -> Context:
        for parsed in self.mentions.sentences:
            self.context.skeletons.append(self._skeleton(parsed))
            self.context.numbers.append(find_numbers(parsed.sentence, self.lexicon.code))
        return self.context

    def _skeleton(self, parsed: Parsed) -> Skeleton:
        items = parsed.items
        groups = self._groups(parsed)
        flat: list[str] = []
        flat_offsets: list[tuple[int, int]] = []
        units: list[Unit] = []
        k = 0
        first_person: Ref | None = None
        while k < len(items):
            item = items[k]
            lower = item.lower
            if item.cls not in _NAMED and k not in groups and lower not in self.pronouns and lower.isalpha():
                flat.append(lower)  # a word like most
                flat_offsets.append((item.start, item.end))
                k += 1
                continue
            tokens: list[str] = []
            offsets: list[tuple[int, int]] = []
            stop = groups.get(k, k)
            unit = self._unit(items, k, stop, parsed)
            if unit is not None:
                tokens.append(f"@{unit.kind}{len(units)}")
                offsets.append((unit.start, unit.end))
                units.append(unit)
                if case := self._case_token(items[stop]):
                    tokens.append(case)
                    offsets.append((unit.end, unit.end))
                for ref in unit.refs:
                    self.context.mention(ref, unit.passage)
                    if ref.startswith("person-") and unit.kind in "PT":
                        first_person = first_person or ref
                        self._told_of(ref)
            else:
                for item in items[k : stop + 1]:
                    tokens.append(" ".join(item.lower.split()).replace(" ", "_") if item.cls in "Q" else item.lower)
                    offsets.append((item.start, item.end))
            for token, span in zip(tokens, offsets, strict=True):
                for part in token.split():
                    flat.append(part.replace("@", "＠") if not token.startswith("@") else part)
                    flat_offsets.append(span)
            k = stop + 1
        if first_person:
            self.subject = first_person
            if parsed.sentence.is_title and self.lead is None:
                self.lead = first_person
        for item in items:  # places and bodies inside titles are mentioned, too
            if item.cls in "TB":
                self._inner(item)
        s = parsed.sentence
        text = "".join([f"{t} " for t in flat])
        skeleton = Skeleton(
            s.index,
            s.span,
            s.paragraph,
            s.is_title,
            text.translate(self.lexicon.levels) if self.lexicon.levels else text,
            units,
            flat_offsets,
        )
        for match in _reporting(self.lexicon.code).finditer(skeleton.text) if "@D" in text else ():
            unit = units[int(match.group(1))]
            unit.value = replace(unit.value, dateline=True)
        return skeleton

    def _told_of(self, ref: Ref) -> None:
        """A person is told of, and now the latest of all and of all with such a title."""
        kinds = self.context.heads_of(ref)
        if LIKE in kinds:  # "his counterpart X" has the title of who was told of before: "the two ministers"
            kinds = (*kinds, *self.context.heads_of(next((r for r in reversed(self.recent) if r != ref), ref)))
        for told in (self.recent, *(self.holders.setdefault(kind, {}) for kind in kinds)):
            told.pop(ref, None)
            told[ref] = None

    def _case_token(self, last: Item) -> str:
        """What stands for the case that a unit's last word carries, where the lexicon has `case_tokens`; "" for none."""
        tokens: dict[str, str] = self.lexicon.settings.get("case_tokens") or {}
        if tokens and last.lower in (pronouns := self.lexicon.settings.get("pronoun_cases", {})):
            return tokens.get(pronouns[last.lower], "")
        if not tokens or last.cls not in "MTBGLXE":
            return ""
        attribute = last.lower.endswith(tuple(self.lexicon.settings.get("attribute_endings", ())))
        return tokens.get(f"{last.cases}+" if attribute and last.cases == "l" else last.cases, "")

    def _groups(self, parsed: Parsed) -> dict[int, int]:
        """First item -> last item of what becomes one unit: a name with its titles."""
        groups: dict[int, int] = {}
        items = parsed.items
        for m, titles in parsed.titled.items():
            if not items[m].value.ref:
                continue
            near = [t for t in titles if not (items[t].value.plural)]
            first, last = min([m, *near]), max([m, *near])
            if any(items[j].cls == "M" and j != m for j in range(first, last + 1)):
                first, last = min(m, *(t for t in near if t == m - 1), m), m
            if m in parsed.called and first == m:
                first = _called_from(items, m)
            if last > m and last + 1 < len(items) and items[last + 1].cls in ",)":
                last += 1
            groups[first] = max(last, parsed.tails.get(m, m))
        covered = {j for first, last in groups.items() for j in range(first, last + 1)}
        for m in parsed.called:
            if m not in covered and items[m].value.ref and not covered & set(range(_called_from(items, m), m)):
                groups[_called_from(items, m)] = m
        return groups

    def _unit(self, items: list[Item], k: int, stop: int, parsed: Parsed) -> Unit | None:
        item = items[k]
        start, end = item.start, items[stop].end
        names = [i for i in items[k : stop + 1] if i.cls == "M" and i.value.ref]
        if names:
            if items[stop].cls == ",":
                end = items[stop - 1].end
            return Unit("P", start, end, (names[0].value.ref,), names[0].value)
        if item.cls == "M":
            return Unit("M", start, end, (), item.value)
        if item.cls == "T":
            described = (
                stop + 1 < len(items) and items[stop + 1].cls == "o"
            )  # "the ministers of these countries" names others
            refs = () if described else self._refer(item.value)
            return Unit("T", start, end, refs, item.value, direct=False)
        if item.cls == "B":
            ref = item.value.ref or self.context.organizations.add(item.value)
            return Unit("O", start, end, (ref,), item.value, direct=not item.value.generic) if ref else None
        if item.cls in "GJELX":
            kind = {"G": "C"}.get(item.cls, item.cls)
            return Unit(kind, start, end, item.refs, item.value)
        if item.cls == "D":
            return Unit("D", start, end, (), item.value)
        if item.cls == "Q":
            return Unit("Q", start, end, (), None)
        if item.cls == "#":
            return Unit("N", start, end, (), None)
        return self._pronoun(item)

    def _pronoun(self, item: Item) -> Unit | None:
        gender = self.pronouns.get(item.lower)
        if gender is None or (self.subject is None and not self.recent):
            return None
        for ref in chain([self.subject], reversed(self.recent)):
            person = self.context.person(ref) if ref else None
            if person is None:
                continue
            if person.id not in self.genders:
                self.genders[person.id] = _gender(person)
            if self.genders[person.id] in ("", gender):
                return Unit("P", item.start, item.end, (person.id,), None, direct=False)
        return None

    def _refer(self, office: OfficeMention) -> tuple[Ref, ...]:
        """Persons named before whom a bare or partial title can mean: the latest with such an office; for a plural, the latest two."""
        fitting: list[Ref] = []
        agency = not self.holders.get(office.kind) and self._of_agency(office)
        kind = "Minister" if agency else office.kind
        holders = self.holders.get(kind, {})
        latest: Iterator[Ref] = reversed(holders)
        if self.subject in holders and not office.plural and self.lexicon.settings.get("subject_first"):
            latest = chain(
                [self.subject], latest
            )  # the last named stands right before the verb: "the minister" is who acted
        for ref in latest:
            for link in self.context.links_of(ref):
                like = link.office.head.en == LIKE and set(office.countries) <= set(link.office.countries)
                if (like or link.office.kind == kind) and office.may_mean(link.office, self.context.countries_of(ref)):
                    fitting.append(ref)
                    break
            if len(fitting) > office.plural:
                break
        if office.plural:
            pair = tuple(reversed(fitting[:2]))
            return pair if len(pair) == 2 and not office.countries else ()
        if not fitting and office.bare and self.lead and not self.context.links_of(self.lead):
            untitled = self.lexicon.settings.get(
                "headline_titles", ()
            )  # the headline calls the head of state by name alone
            fitting = [self.lead] if office.head.en in untitled else []
        return tuple(fitting[:1])

    def _of_agency(self, office: OfficeMention) -> bool:
        """ "the head of the agency": a ministry as well, where nobody else is told to head one."""
        worded = self.context.doc.text[office.start : office.end].lower()
        return office.head.en == "Head" and any(w in worded for w in self.lexicon.settings.get("agency_words", ()))

    def _inner(self, item: Item) -> None:
        if item.cls == "T":
            office: OfficeMention = item.value
            for ref in office.countries:
                self.context.mention(ref, Passage(office.start, office.end))
            if office.body and office.body.ref:
                self.context.mention(office.body.ref, Passage(office.body.start, office.body.end))
        elif item.cls == "B":
            for ref in (*item.value.countries, *item.value.cities):
                self.context.mention(ref, Passage(item.value.start, item.value.end))


def _called_from(items: Sequence[Item], m: int) -> int:
    """Where the callings before a name begin, one after another: "the known teacher, people's artist of Russia | X"."""
    first = m
    k = m - 1
    while k >= 0:
        if items[k].cls == "G" and k and items[k - 1].cls == "c":
            k -= 1
        if items[k].cls != "c":
            break
        first = k
        while first and items[first - 1].cls == "A" and not items[first - 1].capital:
            first -= 1
        k = first - 2 if first > 1 and items[first - 1].cls == "," else -1
    return first


def _gender(person: Person) -> str:
    genders = {r.gender for m in person.mentions for r in m.readings[:1] if r.gender}
    return genders.pop() if len(genders) == 1 else ""


def build_context(mentions: Mentions) -> Context:
    """The context of an article's mentions."""
    return _Builder(mentions).build()
