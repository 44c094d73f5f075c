"""Cultural events: exhibitions, Days of Culture, concerts, screenings, performances, festivals, forums and competitions.

Two passes over a sentence: `event_nouns` finds the words that name an event; the lexicon's other rules say what happens with it.
An event is a fact only if some rule says that it took place or is to take place; all tellings of one event are one fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Literal, cast

from kgculture.extract.context import Context
from kgculture.extract.dates import DateMention, with_tense
from kgculture.extract.event_drafts import STRONG, EventDraft, can_be, country_of, dates_agree, fill_year, places_agree
from kgculture.extract.event_nouns import EventNoun, Nouns, unquoted
from kgculture.extract.frames import Match, Rule, dates_in, rules
from kgculture.extract.skeleton import Skeleton, Unit
from kgculture.extract.works import Works
from kgculture.lexicon import word_agrees
from kgculture.model import EventFact, MeetingFact, Ref, WorkFact

#: How far (characters of the skeleton) a date may stand from the words of a rule.
_NEAR = 70
#: How many sentences may lie between an event and what carries on about it without naming it.
_CARRY = 3
#: The same where no other event of its kind has been named.
_FAR = 12
#: Bodies of these sectors, and those whose name says that they are a venue, can be where something takes place.
_VENUES = frozenset({"Museum", "Theatre", "Library", "Film", "Music", "Education", "Archive"})
_UNIT = re.compile(r"@([A-Z])(\d+) ")


class EventFrame:
    """Reads an article's events in order; `drafts` are all, `works` the works they show."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.words: dict[str, Any] = context.lexicon.rules.get("events") or {}
        every = rules(context.lexicon.code, "events")
        self._nouns = Nouns(context, [r for r in every if r.get("event") == "noun"], self.words)
        self._rules = tuple(r for r in every if r.get("event", "happens") == "happens")
        self._presents = tuple(r for r in every if r.get("event") == "presents")
        self._based = tuple(r for r in every if r.get("event") == "based")
        self.occasions = tuple(r for r in every if r.get("event") == "occasion")
        self.works = Works(context, self.words)
        self.drafts: list[EventDraft] = []  # the one told of last stands last
        self.skeletons: list[Skeleton] = []
        self._used: set[tuple[int, int]] = set()

    def read(self) -> list[EventDraft]:
        """All events that the article says take place, in reading order."""
        for skeleton in self.context.skeletons:
            self._sentence(skeleton)
        kept = [d for d in self.drafts if d.status and d.passages and (not d.several or d.start or d.end)]
        self.drafts = sorted(kept, key=lambda d: (min(d.passages), d.born))
        for draft in self.drafts:
            draft.place = draft.place or next(iter(draft.hosts), None)
            fill_year(draft)
        self._inherit()
        return self.drafts

    # ------------------------------------------------------------------------------------------------------- sentences

    def _sentence(self, plain: Skeleton) -> None:
        skeleton, nouns = self._nouns.read(plain)
        self.skeletons.append(skeleton)
        self._used = set()
        told: list[EventDraft] = []
        for noun in nouns:
            noun.draft = self._resolve(noun, skeleton)
        for match in _matches(skeleton, self._rules):
            for draft in self._apply(match, nouns):
                if draft not in told:
                    told.append(draft)
        told = [d for d in told if d.status]
        if told:
            self._whose(skeleton, plain, nouns, told)
            self._counted(skeleton, nouns, told)
            self._shown(plain, told)
        for match in _matches(plain, self._based):
            makers = [r for u in match.units("BY") for r in u.refs]
            work = next((w for w in reversed(self.works.all) if w.kind in match.rule.get("of", ())), None)
            if work:
                work.based_on += [r for r in makers if r not in work.based_on]
                for draft in self.drafts:
                    if work.id in draft.works:
                        self._note(draft, skeleton)

    def _resolve(self, noun: EventNoun, skeleton: Skeleton) -> EventDraft | None:
        """The event that a noun speaks of: one told of before, else a new one; None where nothing is pointed at."""
        for draft in reversed(self.drafts):
            if can_be(draft, noun, skeleton.index):
                if not noun.refers:
                    self._name(draft, noun)
                return draft
        return None if noun.refers else self._new(noun, skeleton)

    def _new(self, noun: EventNoun, skeleton: Skeleton) -> EventDraft:
        draft = EventDraft(
            noun.kind, several=noun.several, born=skeleton.index, index=skeleton.index, only_title=skeleton.is_title
        )
        self._name(draft, noun)
        self.drafts.append(draft)
        return draft

    def _name(self, draft: EventDraft, noun: EventNoun) -> None:
        if noun.title and (draft.title is None or draft.only_title or len(noun.hosts) > len(draft.hosts)):
            draft.title = noun.title
        draft.add("presents", noun.guests)
        draft.hosts = draft.hosts or noun.hosts
        draft.ordinal = draft.ordinal or noun.ordinal

    # ----------------------------------------------------------------------------------------------------------- rules

    def _apply(self, match: Match, nouns: Sequence[EventNoun]) -> list[EventDraft]:
        """Put down what a rule says of the events it speaks of; the events."""
        rule, skeleton = match.rule, match.skeleton
        targets: list[tuple[EventDraft, EventNoun | None]] = []
        for unit in match.units("E"):
            noun = cast("EventNoun", unit.value)
            if noun.draft is not None and (not rule.get("of") or noun.draft.kind in rule.get("of")):
                targets.append((noun.draft, noun))
        if not targets and not match.units("E"):
            draft = self._unnamed(match, nouns)
            targets = [(draft, None)] if draft else []
        told: list[EventDraft] = []
        for draft, noun in targets:
            done = self._tell(match, draft, noun)
            if done:
                told.append(done)
        for unit in match.units("S"):
            whole = cast("EventNoun", unit.value).draft
            if whole is None:
                continue
            for draft in told:
                if draft is not whole and draft.kind != "DaysOfCulture":
                    draft.part_of = draft.part_of or whole
            if rule.get("date_too") and told:
                self._dates(match, whole, rule, part=False)
                whole.tell(rule.id, rule.get("status_of_whole", rule.get("status", "Held")), 1, 0.8)
                self._note(whole, skeleton)
                told.append(whole)
        return told

    def _unnamed(self, match: Match, nouns: Sequence[EventNoun]) -> EventDraft | None:
        """The event of a rule that names none: of this sentence, told of before, or (`founds`) a new one."""
        rule, skeleton = match.rule, match.skeleton
        founds = rule.get("founds")
        kinds = (founds,) if founds else rule.get("of")
        here = [n.draft for n in nouns if n.draft and (not kinds or n.draft.kind in kinds) and not rule.get("fresh")]
        if len(here) == 1:
            return cast("EventDraft", here[0])
        if not rule.get("fresh"):
            lone = len([d for d in self.drafts if not kinds or d.kind in kinds]) == 1
            reach = _FAR if lone or founds == "Exhibition" else _CARRY
            for draft in reversed(self.drafts):
                near = skeleton.index - draft.index <= reach or draft.only_title
                if (not kinds or draft.kind in kinds) and near and not draft.several and self._fits_work(match, draft):
                    return draft
        if not founds:
            return None
        draft = EventDraft(founds, born=skeleton.index, index=skeleton.index, only_title=skeleton.is_title)
        self.drafts.append(draft)
        return draft

    def _fits_work(self, match: Match, draft: EventDraft) -> bool:
        """Whether the works that a sentence names may be shown at an event: a performance of one play is not that of another."""
        if not match.rule.get("works"):
            return True
        shown = self.works.in_sentence(self.context.skeletons[match.skeleton.index])
        return not shown or not draft.works or bool(set(shown) & set(draft.works))

    def _tell(self, match: Match, draft: EventDraft, noun: EventNoun | None) -> EventDraft | None:
        rule, skeleton = match.rule, match.skeleton
        if rule.get("needs_date") and not dates_in(skeleton):
            return None
        if rule.get("only_date") and not any(u.value.kind in rule.get("only_date") for u in match.units("D")):
            return None
        found = EventDraft(draft.kind)
        if not rule.get("nodate"):
            self._dates(match, found, rule)
        self._where(match, found, noun)
        if (
            draft.passages
            and noun is not None
            and noun.definite is not True
            and not noun.refers
            and noun.title is None
            and _clash(draft, found)
        ):
            draft = self._new(noun, skeleton)
            noun.draft = draft
        status = None if rule.get("silent") else rule.get("status", "Held")
        draft.tell(rule.id, status, rule.get("weight", STRONG), rule.get("confidence", 0.9))
        if draft.several and not (found.start or found.end or draft.start):
            return None
        draft.start, draft.end = draft.start or found.start, draft.end or found.end
        draft.venue = draft.venue or found.venue
        if found.place and (
            draft.place is None or (draft.place.startswith("country-") and country_of(found.place) == draft.place)
        ):
            draft.place = found.place
        draft.elsewhere = draft.elsewhere or found.elsewhere
        for slot, name in (
            ("A", "participants"),
            ("LEAD", "participants"),
            ("LEAD", "heads"),
            ("ORG", "organizers"),
            ("PERF", "performers"),
            ("BY", "works_by"),
            ("SUP", "supporters"),
        ):
            draft.add(name, (r for u in match.units(slot) for r in u.refs))
        for unit in match.units("TITLE"):
            draft.title = draft.title or unquoted(self.context.doc.text[unit.start : unit.end])
        self._note(draft, skeleton)
        if rule.get("fresh"):  # told in passing: what follows goes on with the event before
            self.drafts.remove(draft)
            self.drafts.insert(0, draft)
        return draft

    def _note(self, draft: EventDraft, skeleton: Skeleton) -> None:
        """The sentence tells of the event: it proves it, and words that point back now mean it."""
        if skeleton.span not in draft.passages:
            draft.passages.append(skeleton.span)
        draft.index = skeleton.index
        draft.told.append(skeleton.index)
        draft.only_title = draft.only_title and skeleton.is_title
        self.drafts.remove(draft)
        self.drafts.append(draft)

    # --------------------------------------------------------------------------------------------------- when and where

    def _dates(self, match: Match, draft: EventDraft, rule: Rule, part: bool = True) -> None:
        """The date of the rule's slot, else the nearest point or range and the nearest "until", with no other event between.

        `date_too`: the day on which a whole ends with a part of it is the day of the part.
        """
        skeleton = match.skeleton
        slot = [u for u in match.units("D") if u.value.start or u.value.end]
        ranked = sorted(
            (self._distance(match, u), u.start, u) for u in dates_in(skeleton) if (u.start, u.end) not in self._used
        )
        near = slot or [u for distance, _, u in ranked if distance <= _NEAR]
        for kinds in (("point", "range", "period"), ("until",), ("since",) if slot else ()):
            unit = next((u for u in near if u.value.kind in kinds), None)
            if unit is None:
                continue
            mention: DateMention = unit.value
            tense: Literal["past", "future"] | None = (
                "future"
                if rule.get("status") == "Planned" or mention.kind == "until"
                else "past"
                if mention.kind == "point"
                else None
            )
            if tense:
                mention = with_tense(mention, self.context.doc.article.published, tense)
            if mention.kind == "point" and rule.get("date") == "end" and not (rule.get("date_too") and part):
                draft.end = draft.end or mention.start
            else:
                draft.start, draft.end = draft.start or mention.start, draft.end or mention.end
            if not rule.get("date_too"):
                self._used.add((unit.start, unit.end))

    def _distance(self, match: Match, unit: Unit) -> int:
        """Characters of the skeleton between a rule's words and a unit; far where another event stands between."""
        text = match.skeleton.text
        at = text.index(f"@{unit.kind}{match.skeleton.units.index(unit)} ")
        start, end = match.match.span()
        if start <= at < end:
            return 0
        between = text[end:at] if at >= end else text[at:start]
        if "@V" in between or "; " in between:
            return 999
        return 0 if at <= 2 else len(between)  # what opens a sentence goes for all of it

    def _where(self, match: Match, draft: EventDraft, noun: EventNoun | None) -> None:
        skeleton = match.skeleton
        for unit in match.units("VENUE"):
            if unit.kind == "O" and self._is_venue(unit.refs[0]):
                draft.venue = unit.refs[0]
            elif unit.kind in "LC":
                draft.place = unit.refs[0]
        place = next((r for u in match.units("PLACE") for r in u.refs), None)
        hosts = noun.hosts if noun else ()
        if draft.venue is None and not match.rule.get("silent"):
            draft.venue = next(
                (u.refs[0] for u in self._placed(match, "O", "venue_prepositions") if self._is_venue(u.refs[0])), None
            )
        places = self._placed(match, "LC", "place_prepositions")
        best = _best_place(places, match.start)
        said = (
            place
            or next((h for h in hosts if h.startswith("city-")), None)
            or draft.place
            or (best.refs[0] if best else None)
        )
        host = next(iter(hosts), None)
        if host and said and not places_agree(host, said):
            said = host
        draft.place = said or host
        draft.elsewhere = bool(places or match.units("ELSE")) or any(u.value.hosts for u in skeleton.units if u.kind == "V")

    def _placed(self, match: Match, kinds: str, setting: str) -> list[Unit]:
        """Units of the sentence after a preposition of place, nearest first; none that stands nearer to another event."""
        text = match.skeleton.text
        prepositions = "|".join(re.escape(w) for w in self.context.lexicon.settings.get(setting, ()))
        pattern = re.compile(rf"(?:^|(?<= ))(?:{prepositions}) (?:[^ @,;:.]+ ){{0,3}}?@([{kinds}])(\d+) ")
        units = [match.skeleton.units[int(m.group(2))] for m in pattern.finditer(text)]
        return sorted(
            (u for u in units if u.refs and self._distance(match, u) < 999),
            key=lambda u: (self._distance(match, u), u.start),
        )

    def _is_venue(self, ref: Ref) -> bool:
        head = self.context.organizations.get(ref).head
        return not head.commission and (head.kind == "Venue" or head.sector in _VENUES)

    # ------------------------------------------------------------------------------------------------------- whose, what

    def _whose(
        self, skeleton: Skeleton, plain: Skeleton, nouns: Sequence[EventNoun], told: Sequence[EventDraft]
    ) -> None:
        """Countries whose culture the sentence says is shown; not of Days of Culture, whose name says it."""
        for match in _matches(skeleton, self._presents):
            for unit in match.units("PRES"):
                before = [n for n in nouns if n.span.start <= unit.start and n.draft in told]
                draft = before[-1].draft if before else told[0]
                if draft.kind in ("DaysOfCulture", "Forum"):
                    continue
                if draft.presents and (unit.kind == "O" or not before):
                    continue
                draft.add(
                    "presents", self.context.countries_of(unit.refs[0])[:1] if unit.kind == "O" else unit.refs[:1]
                )
        cues = tuple(self.words.get("works_by", ()))
        shown = [d for d in told if d.kind == "Exhibition"]
        at = max((plain.text.find(f" {cue} ") for cue in cues), default=-1)
        if shown and at >= 0:
            for m in _UNIT.finditer(plain.text, at):
                if m.group(1) == "P":
                    shown[-1].add("works_by", plain.units[int(m.group(2))].refs)

    def _counted(self, skeleton: Skeleton, nouns: Sequence[EventNoun], told: Sequence[EventDraft]) -> None:
        """How many works the sentence says an exhibition shows."""
        shown = [d for d in told if d.kind == "Exhibition" and d.count is None]
        if not shown:
            return
        words = skeleton.text.split(" ")[:-1]
        for number in self.context.numbers[skeleton.index]:
            if number.kind != "cardinal" or any(u.start <= number.span.start < u.end for u in skeleton.of_kind("D")):
                continue
            after = [w for w, o in zip(words, skeleton.offsets, strict=True) if o[0] >= number.span.end][
                : self.words.get("count_gap", 3)
            ]
            if not any(word_agrees(c, w) for w in after for c in self.words.get("count_nouns", ())):
                continue
            before = [n.draft for n in nouns if n.span.start <= number.span.start and n.draft in shown]
            draft = before[-1] if before else shown[0]
            if draft.count is None:
                draft.count, draft.minimum = number.value, number.bound == "more"

    def _shown(self, plain: Skeleton, told: Sequence[EventDraft]) -> None:
        for kinds, works in (
            (("FilmScreening",), {"Film", "AnimatedFilm"}),
            (("Performance",), {"Play", "Opera", "Work"}),
        ):
            draft = next((d for d in told if d.kind in kinds), None)
            if draft:
                draft.add("works", (r for r in self.works.in_sentence(plain) if self.works.get(r).kind in works))
        draft = next((d for d in told if d.kind in ("Concert", "Performance", "Festival")), None)
        if (draft and draft.performers) or (draft and draft.kind == "Concert"):
            draft.add("performers", self.works.groups(plain))

    # ---------------------------------------------------------------------------------------------------------- after all

    def _inherit(self) -> None:
        """What the article says of another event that goes for this one: the city where the scene is, the guest of the Days it is part of."""
        for draft in self.drafts:
            whole = draft.part_of
            if (
                whole
                and whole.place
                and draft.place is None
                and not draft.elsewhere
                and whole.place.startswith("city-")
            ):
                draft.place = whole.place
                draft.passages.append(whole.passages[0])
            elif draft.place is None and not draft.elsewhere:
                self._set_scene(draft)
        for draft in self.drafts:
            if draft.kind == "DaysOfCulture" and draft.place and draft.place.startswith("country-"):
                cities = {
                    d.place for d in self.drafts if d.part_of is draft and d.place and d.place.startswith("city-")
                }
                if len(cities) == 1 and country_of(next(iter(cities))) == draft.place:
                    draft.place = next(iter(cities))
                    draft.passages.append(
                        next(d.passages[0] for d in self.drafts if d.part_of is draft and d.place in cities)
                    )

    def _set_scene(self, draft: EventDraft) -> None:
        """The city of the event told of right before, where nothing speaks against it."""
        venue = self.context.organizations.get(draft.venue).countries[:1] if draft.venue else []
        near = [
            (draft.born - k, n, d)
            for n, d in enumerate(self.drafts)
            for k in d.told
            if d is not draft and d.place and d.place.startswith("city-") and 0 <= draft.born - k <= _CARRY
        ]
        for _, _, other in sorted(near, key=lambda e: e[:2]):
            if not venue or venue[0] == country_of(other.place):
                span = next(s.span for s in self.skeletons if s.index == max(k for k in other.told if k <= draft.born))
                draft.place = other.place
                draft.passages.append(span)
                return


def _best_place(places: Sequence[Unit], at: int) -> Unit | None:
    """What stands after the words of the rule goes before what stands ahead of them, a city before its country; a country ahead says nothing."""
    after = [u for u in places if u.start > at]
    cities = [u for u in places if u.kind == "L"]
    first = next((u for u in after if u.kind == "L"), None) or next(iter(after), None)
    if first is None or first.kind == "L":
        return first or next(iter(cities), None)
    return next((c for c in cities if country_of(c.refs[0]) == first.refs[0]), first)


def _clash(known: EventDraft, found: EventDraft) -> bool:
    """Whether what is said now cannot be of the event told of before."""
    if known.venue and found.venue and known.venue != found.venue:
        return True
    return not places_agree(known.place, found.place) or not dates_agree(known.start, found.start)


def _matches(skeleton: Skeleton, found: Sequence[Rule]) -> Iterator[Match]:
    """Every place where a rule holds, by any of its patterns, rule by rule; none that passes over an event it does not speak of."""
    for rule in found:
        if rule.needs and not any(f" {w}" in f" {skeleton.text}" for w in rule.needs):
            continue
        if any(u.search(skeleton.text) for u in rule.unless):
            continue
        seen: list[tuple[int, int]] = []
        for pattern in rule.patterns:
            at = 0
            while m := pattern.search(skeleton.text, at):
                match = Match(rule, skeleton, m)
                at = m.start() + 1
                if any(s < m.end() and m.start() < e for s, e in seen) or not _clean(match):
                    continue
                at = max(at, m.end())
                seen.append(m.span())
                yield match


def _clean(match: Match) -> bool:
    """Whether a match holds no event but those of its slots, and no word that turns its meaning."""
    named = [u for name in ("E", "S") for u in match.units(name)]
    inner = [match.skeleton.units[int(m.group(2))] for m in _UNIT.finditer(match.match.group()) if m.group(1) == "V"]
    return all(u in named for u in inner) and not set(match.rule.get("never", ())) & set(match.match.group().split())


def event_facts(context: Context, frame: EventFrame) -> tuple[tuple[EventFact, ...], tuple[WorkFact, ...]]:
    """The frame's events and works as facts, in reading order, with the passages that name every argument."""
    drafts = frame.drafts
    ids = {id(d): f"event-{n}" for n, d in enumerate(drafts, 1)}
    facts: list[EventFact] = []
    for draft in drafts:
        if draft.venue:
            context.organizations.get(draft.venue).venue = True
        title = draft.title
        if title is None and draft.kind == "Performance" and len(draft.works) == 1:
            title = frame.works.get(draft.works[0]).title
        lists = (
            draft.presents,
            draft.organizers,
            draft.participants,
            draft.heads,
            draft.performers,
            draft.works,
            draft.works_by,
            draft.supporters,
        )
        refs = [*(r for refs in lists for r in refs), *(r for r in (draft.place, draft.venue) if r)]
        facts.append(
            EventFact(
                id=ids[id(draft)],
                rule=draft.rule,
                passages=context.passages_for(sorted(set(draft.passages)), refs),
                confidence=draft.confidence,
                kind=draft.kind,
                title=unquoted(title) if title else None,
                place=draft.place,
                venue=draft.venue,
                start=draft.start,
                end=draft.end,
                status=cast("Any", draft.status),
                ordinal=draft.ordinal,
                part_of=ids.get(id(draft.part_of)),
                presents=tuple(draft.presents),
                organizers=tuple(draft.organizers),
                participants=tuple(draft.participants),
                heads_of_side=tuple(draft.heads),
                performers=tuple(draft.performers),
                works=tuple(draft.works),
                works_by=tuple(draft.works_by),
                work_count=draft.count,
                work_count_is_minimum=draft.minimum and draft.count is not None,
                supporters=tuple(draft.supporters),
            )
        )
    shown = {w for d in drafts for w in d.works}
    return tuple(facts), frame.works.facts(shown)


def with_occasions(frame: EventFrame, meetings: Sequence[MeetingFact]) -> tuple[MeetingFact, ...]:
    """The meetings, with the event as part of which a sentence says that they were held."""
    ids = {id(d): f"event-{n}" for n, d in enumerate(frame.drafts, 1)}
    occasions = [
        (m.skeleton.span, ids[id(u.value.draft)])
        for skeleton in frame.skeletons
        for m in _matches(skeleton, frame.occasions)
        for u in m.units("S")
        if id(u.value.draft) in ids
    ]
    return tuple(
        replace(meeting, part_of=next((event for span, event in occasions if span in meeting.passages), None))
        if meeting.part_of is None
        else meeting
        for meeting in meetings
    )
