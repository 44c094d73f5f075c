"""Meetings: two or more sides that met, negotiated, sat together, or are to do so.

A rule with an `event` of `meeting` founds one; `more` adds to the meeting just told of (who also took part, who headed a side, who
chaired); `visit` sets where the talks that follow are held. Two tellings of one meeting in an article are one fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kgculture.extract.context import Context
from kgculture.extract.dates import DateMention, with_tense
from kgculture.extract.day import referred_day, referred_place
from kgculture.extract.frames import (
    Match,
    matches,
    nearest_date,
    ordinal_before,
    other_occasion,
    place_in,
    rules,
    venue_in,
)
from kgculture.extract.meeting_drafts import Detail, Draft, Scope
from kgculture.extract.sides import side_country
from kgculture.extract.skeleton import Skeleton, Unit
from kgculture.model import Ref

#: formats of meetings that may last for days
_LONG = ("Session", "Summit", "Conference")
#: characters after which a bare year no longer dates a meeting
_FAR = 30
#: tokens of a sentence that only names the source
_SHORT = 12
#: sentences for which a meeting told of is still the one meant
_LATELY = 5


class MeetingFrame:
    """Reads an article's meetings in order; `read` gives the drafts, `facts` the facts."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.drafts: list[Draft] = []
        self.scope = Scope()
        self.detail: Detail | None = None  # told before the sides are named
        self._rules = rules(context.lexicon.code, "meetings")

    def read(self) -> list[Draft]:
        for skeleton in self.context.skeletons:
            taken: list[tuple[int, int]] = []
            for match in matches(skeleton, self._rules):
                if skeleton.is_title and not match.rule.get("headline"):
                    continue
                span = match.match.span()
                kind = match.rule.get("event", "meeting")
                if any(s < span[1] and span[0] < e for s, e in taken) and kind == "meeting":
                    continue
                if getattr(self, f"_{kind}")(match) and kind == "meeting":
                    taken.append(span)
        for draft in self.drafts:
            everybody = {p.id for p in self.context.persons.all}
            named = self._named_later(draft, set(draft.participants), everybody) if draft.standing else set()
            if named:
                added = [p.id for p in self.context.persons.all if p.id in named - set(draft.participants)]
                draft.participants = [r for r in draft.participants if r in named] + added
        return self.drafts

    # ------------------------------------------------------------------------------------------------- rule events

    def _visit(self, match: Match) -> bool:
        place = next((r for u in match.units("PLACE") for r in u.refs), None)
        visitor = next((r for u in match.units("A") for r in u.refs), None)
        self.scope = Scope(place, visitor, match.skeleton.span)
        return True

    def _meeting(self, match: Match) -> bool:
        rule = match.rule
        unnamed = any(u.kind == "T" and not u.refs and not u.value.countries for u in match.units("B"))
        sides: list[Ref] = []
        groups = [self._sides(match.units(name)) for name in ("A", "B", "C")]
        for group in groups:
            sides += [r for r in group if r not in sides]
        session = next((r for u in match.units("S") for r in u.refs), None)
        inferred = False
        if rule.get("pair") and len(sides) < 2:
            pair = self._pair(match.skeleton)
            sides, inferred = [*pair, *(r for r in sides if r not in pair)], True
            if not pair:
                return False
        if session and len(sides) < 2:
            sides += [
                c for c in self._session_countries(match, session) if c not in sides and not self._represented(c, sides)
            ]
        if rule.get("official") and not all(self.context.links_of(s) for s in sides if s.startswith("person-")):
            return False
        if rule.get("complete") and (len(sides) < 2 or not groups[0]):
            sides, inferred = self._complete(match, sides)
        told = self.detail is not None and self._follows(self.detail, match.skeleton.index)
        if rule.get("announced") and not (told and self._two_lands(sides)):
            return False
        if rule.get("alone") and (self._lately(match.skeleton) or not self._two_lands(sides)):
            return False
        if len(sides) < 2 and not (session or rule.get("open") or (sides and unnamed)):
            return False
        if rule.get("each") and len(groups[0]) == 1 and groups[1]:
            within = self.context.lexicon.settings.get("place_prepositions", ())
            countries = (u for u in match.skeleton.of_kind("C") if self._word_before(match.skeleton, u) in within)
            visited = {r for u in countries for r in u.refs}  # "in A and in B she met the ministers of these countries"
            for other in groups[1]:
                self._found(match, [groups[0][0], other], session, inferred, other if other in visited else None)
            return True
        self._found(match, sides, session, inferred)
        return True

    def _detail(self, match: Match) -> bool:
        """When and where the meeting just told of was held: "The talks took place on Thursday in Baku"."""
        draft = self.drafts[-1] if self.drafts else None
        if draft is not None and draft.index == match.skeleton.index:
            return False
        mention = nearest_date(match.skeleton, match.start, ("point", "range"))
        place = next((r for u in match.units("PLACE") for r in u.refs), None)
        told = Detail(
            mention.start if mention else referred_day(self.context, match.skeleton),
            mention.end if mention else None,
            place
            or place_in(self.context, match.skeleton, match.start)
            or referred_place(self.context, match.skeleton),
            venue_in(self.context, match.skeleton, match.start),
            match.skeleton.span,
            match.skeleton.index,
            reach=2 if match.skeleton.is_title else 1,
        )
        if match.rule.get("headline") and match.skeleton.is_title:
            self.detail = told if told.place else None
        elif match.rule.get("first") or draft is None or match.skeleton.index - draft.index > 3:
            self.detail = told  # of the meeting whose sides the next sentence names
        else:
            self._add_detail(draft, told)
        return True

    def _announced(self, draft: Draft) -> None:
        """Adds when and where the sentence before said that a meeting was held, sides not named."""
        if self.detail and self._follows(self.detail, draft.index) and draft.status == "Held":
            self._add_detail(draft, self.detail)
            self.detail = None

    def _follows(self, told: Detail, index: int) -> bool:
        """Whether a sentence comes right after one that told when and where; a short one may stand between: "This the agency said."."""
        between = self.context.skeletons[told.index + 1 : index]
        long = [s for s in between if s.text.count(" ") > _SHORT]
        return told.index <= index and len(between) < told.reach + 1 and len(long) < told.reach

    def _add_detail(self, draft: Draft, told: Detail) -> None:
        used = False
        if told.start and draft.start is None:
            draft.start, draft.end, used = told.start, told.end, True
        if told.place and draft.place is None:
            draft.place, used = told.place, True
        if told.venue and draft.venue is None:
            draft.venue, used = told.venue, True
        if used and told.passage not in draft.passages:
            draft.passages.append(told.passage)

    def _more(self, match: Match) -> bool:
        """Adds to the meeting just told of: participants, chairs, heads of sides."""
        draft = self.drafts[-1] if self.drafts else None
        wanted = match.rule.get("title")
        if wanted and any(u.value.head.en != wanted for u in match.units("H")):
            return False
        if draft is None or match.skeleton.index - draft.index > match.rule.get("reach", 12):
            return False
        added = self._sides(match.units("A"))
        if match.rule.get("rest"):
            later = [u for u in match.skeleton.units if u.kind == "P" and u.start >= match.end]
            added += [r for r in self._sides(later) if r not in added]
        country = side_country(match)
        if not added:
            return False
        for ref in added:
            if ref not in draft.participants:
                draft.participants.append(ref)
            if country:
                draft.behalf.setdefault(ref, country)
        role = match.rule.get("role")
        if role in ("chair", "head"):
            target = draft.chairs if role == "chair" else draft.heads
            target += [r for r in added if r not in target and r.startswith("person-")]
        if match.skeleton.span not in draft.passages:
            draft.passages.append(match.skeleton.span)
        return True

    # --------------------------------------------------------------------------------------------------- arguments

    def _sides(self, units: Iterable[Unit]) -> list[Ref]:
        """Persons that units name; bodies and countries where they name no person."""
        found: list[Ref] = []
        for unit in units:
            refs = unit.refs
            if unit.kind == "T" and not refs:
                refs = unit.value.countries or self._these(unit)
            elif unit.kind == "O" and self.context.organizations.get(unit.refs[0]).head.commission:
                refs = ()
            found += [r for r in refs if r not in found]
        return found

    def _these(self, unit: Unit) -> tuple[Ref, ...]:
        """ "the culture ministers of these countries": the countries that the sentence names."""
        if not unit.value.plural:
            return ()
        skeleton = next(self.context.sentences_in(unit.passage))
        return tuple(r for u in skeleton.of_kind("C") if u.end <= unit.start for r in u.refs)

    def _pair(self, skeleton: Skeleton) -> list[Ref]:
        """ "the two", "they": the two persons of the sentence before that names any, both of an office, of two sides."""
        for earlier in reversed(self.context.skeletons[max(0, skeleton.index - 2) : skeleton.index]):
            named = list(dict.fromkeys(r for u in earlier.of_kind("PT") for r in u.refs if r.startswith("person-")))
            if named and not earlier.is_title:
                official = all(self.context.links_of(p) for p in named)
                return named if len(named) == 2 and official and self._abroad(named[0], named[1:]) else []
        return []

    def _lately(self, skeleton: Skeleton) -> bool:
        """Whether a meeting was just told of, which a sentence about those present most likely means."""
        return any(0 <= skeleton.index - d.index <= _LATELY for d in self.drafts)

    def _two_lands(self, sides: Iterable[Ref]) -> bool:
        return len({c for s in sides for c in self.context.countries_of(s)[:1]}) > 1

    def _represented(self, country: Ref, sides: Iterable[Ref]) -> bool:
        return any(s.startswith("person-") and country in self.context.countries_of(s)[:1] for s in sides)

    def _session_countries(self, match: Match, session: Ref) -> list[Ref]:
        return list(self.context.organizations.get(session).countries)

    def _complete(self, match: Match, sides: list[Ref]) -> tuple[list[Ref], bool]:
        """The side that a sentence leaves out ("the parties", "had talks with X"): who acts in it, the visitor, or who acted last."""
        actor = next((c for c in self._actors(match) if c not in sides and self._abroad(c, sides)), None)
        if actor and sides:
            return [actor, *sides], False
        candidates: list[Ref] = [self.scope.visitor] if self.scope.visitor else []
        for skeleton in reversed(self.context.skeletons[: match.skeleton.index]):
            units = sorted(skeleton.of_kind("P"), key=lambda u: self._is_partner(skeleton, u))
            candidates += [r for u in units for r in u.refs if r not in candidates]
            if len(candidates) >= 2 or match.skeleton.index - skeleton.index > 3:
                break
        fitting = [c for c in candidates if c not in sides and self._abroad(c, sides)]
        if match.rule.get("visitor"):
            fitting = [c for c in fitting if self._two_lands([c, *sides])]
        if not (fitting and sides):
            return sides, False
        self.scope.visitor = (
            self.scope.visitor or fitting[0]
        )  # "at a meeting with B …, at a meeting with C": of one person
        return sides + fitting[:1], True

    def _is_partner(self, skeleton: Skeleton, unit: Unit) -> bool:
        """Whether a person is told of as with whom another did something: "in talks with X she said"."""
        return self._word_before(skeleton, unit) in self.context.lexicon.settings.get("partner_prepositions", ())

    @staticmethod
    def _word_before(skeleton: Skeleton, unit: Unit) -> str:
        return skeleton.text[: skeleton.at(unit)].rpartition(" ")[0].rpartition(" ")[2]

    def _abroad(self, person: Ref, sides: Iterable[Ref]) -> bool:
        """Whether nothing says that a person and one of the sides are of one country."""
        others = {x for s in sides for x in self.context.countries_of(s)[:1]}
        return not set(self.context.countries_of(person)[:1]) & others

    def _actors(self, match: Match) -> list[Ref]:
        """Persons whom the sentence names before "at a meeting with X", else the one right after its comma."""
        units = [u for u in match.skeleton.units if u.kind in "PT" and u.refs and u.end <= match.start]
        following = re.match(
            r"(?:(?:[^ ,;@]+ )?@[LDCO]\d+ ){0,3}(?:, )?(?:[^ ,;@]+ )?@[PT](\d+) (?!,)",
            match.skeleton.text[match.match.end() :],
        )
        if following and not units:
            units = [match.skeleton.units[int(following[1])]]
        return [u.refs[0] for u in units if len(u.refs) == 1]

    # ---------------------------------------------------------------------------------------------------- merging

    def _found(
        self, match: Match, sides: list[Ref], session: Ref | None, inferred: bool, place: Ref | None = None
    ) -> None:
        rule, skeleton = match.rule, match.skeleton
        draft = Draft(
            rule.id, rule.get("status", "Held"), rule.get("format"), rule.get("confidence", 0.9), index=skeleton.index
        )
        draft.participants = sides
        untold = [u for name in ("A", "B", "C") for u in match.units(name) if u.kind == "T" and not u.refs]
        draft.standing = {c: u.value.head.en for u in untold for c in u.value.countries}
        draft.session_of = session
        draft.inferred = inferred
        draft.passages = [skeleton.span]
        if rule.get("role") == "chair":
            draft.chairs = [r for r in self._sides(match.units("A")) if r.startswith("person-")]
        limit = other_occasion(self.context, skeleton, match.end) if draft.status == "Held" else None
        if self.context.lexicon.settings.get("link") == "before":
            limit = match.end  # what stands after a verb belongs to the next
        kinds = ("point", "range") if draft.format in _LONG else ("point",)
        mention = nearest_date(skeleton, match.start, kinds, limit)
        mention = mention or self._said_on(match)
        if mention and draft.status == "Planned":
            mention = with_tense(mention, self.context.doc.article.published, "future")
        if mention and mention.start and len(mention.start.lexical) == 4 and mention.span.start - match.end > _FAR:
            mention = None  # a year that belongs to what they spoke of
        if not rule.get("undated"):
            day = None if mention else referred_day(self.context, skeleton)
            draft.start, draft.end = (mention.start, mention.end) if mention else (day, None)
        draft.place = (
            place
            or next((r for u in match.units("PLACE") for r in u.refs), None)
            or place_in(self.context, skeleton, match.start, limit)
            or (referred_place(self.context, skeleton) if draft.status == "Held" else None)
        )
        draft.venue = venue_in(self.context, skeleton, match.start, limit)
        self._announced(draft)
        draft.ordinal = self._ordinal(match) if session or draft.format in ("Session", "Summit", "Conference") else None
        if draft.place is None and self.scope.place and draft.status == "Held" and not session:
            draft.place = self.scope.place
            if self.scope.passage and self.scope.passage not in draft.passages:
                draft.passages.append(self.scope.passage)
        known = next((d for d in reversed(self.drafts) if self._same(d, draft, match)), None)
        if known is None:
            self.drafts.append(draft)
        else:
            self._merge(known, draft)
            self.drafts.remove(known)  # the one told of last is the current one
            self.drafts.append(known)

    def _said_on(self, match: Match) -> DateMention | None:
        """ "said on Monday at a meeting with X": the day that stands right before it is the meeting's, too."""
        before = re.search(r"@D(\d+) $", match.skeleton.text[: match.match.start()])
        value: DateMention | None = match.skeleton.units[int(before[1])].value if before else None
        return value if value and value.start and value.kind == "point" else None

    def _ordinal(self, match: Match) -> int | None:
        units = match.units("S")
        return ordinal_before(self.context, match.skeleton, units[0].start if units else match.end, 60)

    def _same(self, known: Draft, new: Draft, match: Match) -> bool:
        if known.status != new.status and "Cancelled" not in (known.status, new.status):
            return False
        if known.session_of and new.session_of:
            return known.session_of == new.session_of and (
                known.ordinal is None or new.ordinal is None or known.ordinal == new.ordinal
            )
        if known.session_of and not known.participants and match.rule.get("role") == "chair":
            return 0 < new.index - known.index <= 2  # "the commission sat. A and B co-chaired the session."
        if known.format and new.format and known.format != new.format:
            return False
        if known.start and new.start and known.start != new.start and not match.rule.get("definite"):
            return False
        a, b = set(known.participants), set(new.participants)
        if new.index - known.index <= _LATELY and self.context.of_the_same_lands(known.participants, new.participants):
            return True
        if a != b:
            a, b = self._named_later(known, a, b), self._named_later(new, b, a)
        lands = {c for r in b for c in self.context.countries_of(r)[:1]}
        return (
            bool(b) and (b <= a or a <= b or (known.session_of is not None and bool(lands) and lands <= a))
            if match.rule.get("definite")
            else a == b or (len(a & b) >= 2 and (a <= b or b <= a))
        )

    def _named_later(self, draft: Draft, own: set[Ref], other: set[Ref]) -> set[Ref]:
        """The sides of a draft with who only the other telling names: "the ambassador of X" there is "Ambassador Y of X" here."""
        for country, office in draft.standing.items():
            holders = {
                ref
                for ref in other
                if office in self.context.heads_of(ref) and country in self.context.countries_of(ref)
            }
            if country in own and len(holders) == 1:
                own = (own - {country}) | holders
        return own

    def _merge(self, known: Draft, new: Draft) -> None:
        known.participants += [r for r in new.participants if r not in known.participants]
        known.chairs += [r for r in new.chairs if r not in known.chairs]
        known.passages += [p for p in new.passages if p not in known.passages]
        for name in ("place", "venue", "start", "end", "ordinal", "session_of", "format", "label"):
            if getattr(known, name) is None:
                setattr(known, name, getattr(new, name))
        known.index = max(known.index, new.index)
        known.inferred = known.inferred and new.inferred
