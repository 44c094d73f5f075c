"""Cultural events: exhibitions, Days of Culture, concerts, screenings, performances, festivals, forums and competitions.

Two passes over a sentence: `event_nouns` finds the words that name an event; the lexicon's other rules say what happens with it.
An event is a fact only if some rule says that it took place or is to take place; all tellings of one event are one fact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, cast

from kgculture.extract.context import Context
from kgculture.extract.day import referred_day
from kgculture.extract.event_contents import Contents
from kgculture.extract.event_drafts import (
    STRONG,
    WEAK,
    EventDraft,
    Told,
    can_be,
    clash,
    country_of,
    fill_year,
    other_year,
    reach_of,
    same_title,
)
from kgculture.extract.event_lists import cities_in_row, listed, titles_in_row
from kgculture.extract.event_nouns import EventNoun, Nouns, unquoted
from kgculture.extract.event_rules import bodies_fit, event_matches
from kgculture.extract.event_setting import CARRY, Setting, inherit, town_in_name
from kgculture.extract.event_titles import named_after
from kgculture.extract.frames import Match, dates_in, rules_with
from kgculture.extract.patterns import word_expression
from kgculture.extract.skeleton import Skeleton, Unit
from kgculture.extract.works import Works
from kgculture.model import PartialDate, Ref

#: How many sentences may lie between an event and what carries on about it, where the article names no other of its kind.
_FAR = 12
#: The same for a word that calls it something else.
_NEXT = 2
#: Events that have a programme of others.
_WHOLES = ("DaysOfCulture", "Festival", "FilmScreening")


class EventFrame:
    """Reads an article's events in order; `drafts` are all, `works` the works they show."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.words: dict[str, Any] = context.lexicon.rules.get("events") or {}
        code = context.lexicon.code
        self._nouns = Nouns(context, rules_with(code, "events", "event", "noun"), self.words)
        self._rules = rules_with(code, "events", "event", "happens", default="happens")
        self._frames = rules_with(code, "events", "event", "frame")
        self._based = rules_with(code, "events", "event", "based")
        self.occasions = rules_with(code, "events", "event", "occasion")
        self.works = Works(context, self.words)
        self._contents = Contents(context, self.words, rules_with(code, "events", "event", "presents"), self.works)
        breaks = "|".join(self.words.get("clause_breaks", ()))
        self._breaks = re.compile(breaks) if breaks else None
        relative = tuple(self.words.get("relative_words", ()))
        self._relative = re.compile("|".join(word_expression(w) + " " for w in relative)) if relative else None
        self._setting = Setting(context)
        self._framed: set[int] = set()
        self._main: EventDraft | None = None  # of whose programme the sentence speaks
        self.drafts: list[EventDraft] = []  # in reading order, once read
        self._told = Told()
        self.skeletons: list[Skeleton] = []

    def read(self) -> list[EventDraft]:
        """All events that the article says take place, in reading order."""
        for skeleton in self.context.skeletons:
            self._sentence(skeleton)
        kept = [d for d in self._told if d.status and d.passages and (not d.several or d.start or d.end or _in_city(d))]
        self.drafts = sorted(kept, key=lambda d: (min(d.passages), d.born))
        for draft in self.drafts:
            draft.place = draft.place or next(iter(draft.hosts), None)
            fill_year(draft)
            if draft.status == "Held" and self._is_to_come(draft.start):
                draft.status = "Planned"  # "with whose support it was organised"
        inherit(self.context, self.drafts, self.skeletons)
        for draft in self.drafts:
            draft.place = draft.place or town_in_name(self.context, draft)
        return self.drafts

    # ------------------------------------------------------------------------------------------------------- sentences

    def _sentence(self, plain: Skeleton) -> None:
        skeleton, nouns = self._nouns.read(plain)
        self.skeletons.append(skeleton)
        frames = {u.start for m in event_matches(skeleton, self._frames) for u in m.units("S")}
        self._setting.begin(frames)
        self._framed, self._main = frames, None
        told: list[EventDraft] = []
        for noun in nouns:
            noun.title = noun.title or named_after(self.context, skeleton, noun, self.words)
            noun.draft = self._resolve(noun, skeleton)
        for match in event_matches(skeleton, self._rules, frames, self._breaks, self._relative):
            for draft in self._apply(match, nouns):
                if draft not in told:
                    told.append(draft)
        self._places(skeleton, nouns, told)
        listed(self.context, self.words, self._setting, skeleton, nouns, told, self._note)
        told = [d for d in told if d.status]
        if self._main is not None:  # what follows goes on with it
            self._main.index = max(self._main.index, skeleton.index)
            self._told.last(self._main)
        if told:
            self._contents.read(skeleton, plain, nouns, told)
        for match in event_matches(plain, self._based):
            makers = [r for u in match.units("BY") for r in u.refs]
            work = next((w for w in reversed(self.works.all) if w.kind in match.rule.get("of", ())), None)
            if work:
                work.based_on += [r for r in makers if r not in work.based_on]
                for draft in [d for d in self._told if work.id in d.works]:
                    self._note(draft, skeleton)

    def _places(self, skeleton: Skeleton, nouns: Sequence[EventNoun], told: list[EventDraft]) -> None:
        """ "The Days will be held in A on May 3 and in B on May 9": one event in each of the places."""
        pairs: list[tuple[Ref, Any]] = list(self._setting.pairs(skeleton))
        lone = [n.draft for n in nouns if not n.refers and not n.hosts]
        if not pairs and len(lone) == 1 and lone[0] is not None and lone[0].several and lone[0].status:
            pairs = [(city, lone[0]) for city in cities_in_row(self.context, skeleton)]
            if pairs and lone[0] not in told:
                self._note(lone[0], skeleton)
                told.append(lone[0])
        if not pairs or len(lone) != 1 or lone[0] not in told or len(nouns) != 1:
            return
        first = cast("EventDraft", lone[0])
        for number, (place, day) in enumerate(pairs):
            draft = first
            if number:
                draft = self._new(nouns[0], skeleton)
                draft.tell(first.rule, first.status, first.weight, first.confidence)
                self._note(draft, skeleton)
                told.append(draft)
            draft.place, draft.start, draft.end = place, day.start, day.end

    def _resolve(self, noun: EventNoun, skeleton: Skeleton) -> EventDraft | None:
        """The event that a noun speaks of: one told of before, else a new one; None where nothing is pointed at."""
        if noun.refers and noun.definite is False:
            return None
        untold: EventDraft | None = None
        latest = self._told.near(skeleton.index, reach_of(noun)) if noun.refers else self._told.of_kind(noun.kind)
        for draft in sorted(latest, key=lambda d: not d.tour) if noun.rule.get("tour") else latest:
            if (draft.status or untold is None) and can_be(draft, noun, skeleton.index):
                untold = draft
                if draft.status:
                    break
        if untold is None:
            return None if noun.refers else self._called_else(noun, skeleton) or self._new(noun, skeleton)
        if not noun.refers:
            self._name(untold, noun)
        return untold

    def _called_else(self, noun: EventNoun, skeleton: Skeleton) -> EventDraft | None:
        """The event of another kind that a bare noun speaks of: "The festival …" right after the Days of Cinema."""
        if noun.title or noun.span.start != skeleton.span.start or not noun.rule.get("also"):
            return None
        near = self._told.near(skeleton.index - 1, _NEXT - 1)
        return next((d for d in near if d.kind in noun.rule.get("also") and d.title), None)

    def _new(self, noun: EventNoun, skeleton: Skeleton) -> EventDraft:
        draft = EventDraft(
            noun.kind,
            introduced=noun.definite is not True,
            several=noun.several,
            born=skeleton.index,
            index=skeleton.index,
            only_title=skeleton.is_title,
            marked=noun.marked,
            tour=bool(noun.rule.get("tour")),
        )
        self._name(draft, noun)
        self._told.last(draft)
        return draft

    def _name(self, draft: EventDraft, noun: EventNoun) -> None:
        if noun.title and (draft.title is None or draft.only_title or len(noun.hosts) > len(draft.hosts)):
            draft.title = noun.title
        draft.add("presents", noun.guests)
        draft.hosts = draft.hosts or noun.hosts
        draft.ordinal = draft.ordinal or noun.ordinal
        draft.town = draft.town or noun.town

    # ----------------------------------------------------------------------------------------------------------- rules

    def _apply(self, match: Match, nouns: Sequence[EventNoun]) -> list[EventDraft]:
        """Put down what a rule says of the events it speaks of; the events."""
        rule, skeleton = match.rule, match.skeleton
        if not bodies_fit(match):
            return []
        row = titles_in_row(self.context, skeleton, match.units("W")) if rule.get("each") else []
        if len(row) > 1:
            return [self._staged(match, unit, zone) for unit, zone in row]
        targets: list[tuple[EventDraft, EventNoun | None]] = []
        for unit in match.units("E"):
            noun = cast("EventNoun", unit.value)
            if noun.draft is not None and (not rule.get("of") or noun.draft.kind in rule.get("of")):
                targets.append((noun.draft, noun))
        if rule.get("rest") and targets:  # a programme: all that the sentence lists after the first
            targets += [(n.draft, n) for n in nouns if n.span.start >= match.end and n.draft and not n.draft.status]
        if not targets and not match.units("E"):
            draft = self._unnamed(match, nouns)
            targets = [(draft, None)] if draft else []
        told: list[EventDraft] = []
        for draft, said in targets:
            done = self._tell(match, draft, said)
            if done:
                told.append(done)
        for unit in match.units("S"):
            whole: EventDraft | None = cast("EventNoun", unit.value).draft
            if whole is None:
                continue
            for draft in told:
                if draft is not whole and draft.kind != "DaysOfCulture":
                    draft.part_of = draft.part_of or whole
            if rule.get("date_too") and told:
                self._setting.dates(match, whole, part=False)
                whole.tell(rule.id, rule.get("status_of_whole", rule.get("status", "Held")), 1, 0.8)
                self._note(whole, skeleton)
                told.append(whole)
        return told

    def _staged(self, match: Match, unit: Unit, zone: Skeleton) -> EventDraft:
        """The performance of one of several works that a rule names, where and when its zone says."""
        rule, skeleton, kind = match.rule, match.skeleton, match.rule.get("founds")
        title = unquoted(self.context.doc.text[unit.start : unit.end])
        work = self.works.add(title, rule.get("work_kind"), unit.passage)
        known = (d for d in self._told.of_kind(kind) if d.works == [work])
        draft = next(known, None) or EventDraft(kind, born=skeleton.index, index=skeleton.index)
        self._told.last(draft)
        draft.tell(rule.id, rule.get("status", "Held"), STRONG, rule.get("confidence", 0.9))
        draft.add("works", [work])
        draft.add("performers", (r for u in match.units("PERF") for r in u.refs))
        self._setting.own(Match(rule, zone, cast("re.Match[str]", re.match(r"[^ ]+ ", zone.text))), draft)
        self._note(draft, skeleton)
        return draft

    def _unnamed(self, match: Match, nouns: Sequence[EventNoun]) -> EventDraft | None:
        """The event of a rule that names none: of this sentence, told of before, or (`founds`) a new one."""
        rule, skeleton = match.rule, match.skeleton
        founds = rule.get("founds")
        kinds = (founds,) if founds else rule.get("of")
        nouns = [n for n in nouns if founds or n.refers or not (n.several and n.draft and not n.draft.status)]
        fitting = [n for n in nouns if n.draft and (not kinds or n.draft.kind in kinds) and not rule.get("fresh")]
        # a tour named after what is played there is told of by the way: "… where the closing of the tour will be held"
        here = [n.draft for n in fitting if not (n.draft.tour and rule.get("works") and n.span.start > match.start)]
        here = [d for d in here if d.tour or self._fits_work(match, d)]
        if len(here) == 1:
            return cast("EventDraft", here[0])
        if not founds and any(not n.refers and n.draft and n.draft not in here for n in nouns):
            return None  # the sentence speaks of another event
        if not rule.get("fresh"):
            lone = self._told.count(kinds) == 1
            reach = _FAR if lone or founds == "Exhibition" else CARRY
            for draft in self._told.near(skeleton.index, reach, titles=True):
                if (not kinds or draft.kind in kinds) and not draft.several and self._fits_work(match, draft):
                    return draft
        if not founds:
            return None
        for draft in self._told.near(skeleton.index, CARRY):
            if draft.kind in rule.get("within", ()):
                return draft  # what is shown at a festival is no event of its own
        draft = EventDraft(founds, born=skeleton.index, index=skeleton.index, only_title=skeleton.is_title)
        self._told.last(draft)
        return draft

    def _fits_work(self, match: Match, draft: EventDraft) -> bool:
        """Whether the works that a sentence names may be shown at an event: a performance of one play is not that of another."""
        title = next((unquoted(self.context.doc.text[u.start : u.end]) for u in match.units("TITLE")), None)
        if (title and draft.title and not same_title(title, draft.title)) or (draft.tour and match.rule.get("works")):
            return False
        if not match.rule.get("works"):
            return True
        shown = self._works_named(match) or self.works.in_sentence(self.context.skeletons[match.skeleton.index])
        return not shown or not draft.works or bool(set(shown) & set(draft.works))

    def _is_to_come(self, day: PartialDate | None) -> bool:
        """Whether a day lies after the article's: "opens on July 10" in June."""
        published = self.context.doc.article.published
        return bool(published and day and day.year and day.month and day.day and day.lexical > published[:10])

    def _works_named(self, match: Match) -> list[Ref]:
        """The works of a rule's slot W, where the rule says of what kind they are."""
        kind, text = match.rule.get("work_kind"), self.context.doc.text
        units = match.units("W") if kind else ()
        return [self.works.add(unquoted(text[u.start : u.end]), kind, u.passage) for u in units]

    def _tell(self, match: Match, draft: EventDraft, noun: EventNoun | None) -> EventDraft | None:
        rule, skeleton = match.rule, match.skeleton
        if (rule.get("needs_date") and not dates_in(skeleton)) or (rule.get("needs_title") and not draft.title):
            return None
        if rule.get("only_date") and not any(u.value.kind in rule.get("only_date") for u in match.units("D")):
            return None
        found = EventDraft(draft.kind)
        parts = noun is not None and noun.rule.get("parts")
        if not rule.get("nodate") and not parts:
            self._setting.dates(match, found)
        if not rule.get("nowhere") and not parts:
            self._setting.where(match, found, noun, framed=noun is not None and noun.span.start in self._framed)
        if not dates_in(skeleton) and not (rule.get("nodate") or rule.get("silent") or parts):
            found.start = referred_day(self.context, skeleton)
        if (
            draft.passages
            and noun is not None
            and noun.definite is not True
            and not noun.refers
            and (clash(draft, found) if noun.title is None else other_year(draft, found))
        ):
            draft = self._new(noun, skeleton)
            noun.draft = draft
        if draft.passages and noun is None and rule.get("apart") and clash(draft, found):
            draft = EventDraft(draft.kind, born=skeleton.index, index=skeleton.index, only_title=skeleton.is_title)
            self._told.last(draft)
        status = None if rule.get("silent") else rule.get("status", "Held")
        if status == "Planned" and draft.status == "Held" and draft.kind == "DaysOfCulture" and not found.end:
            found = EventDraft(draft.kind)  # a day still to come of Days under way is the day of a part of them
        if status == "Planned" and draft.status == "Held" and draft.weight > WEAK and found.end and not found.start:
            status = None  # what is under way and will be open until a day
        if rule.get("present") and self._is_to_come(found.start):
            status = "Planned"
        weight = WEAK if skeleton.is_title else rule.get("weight", STRONG)  # headlines tell everything in the present
        if rule.get("present") and not (found.start and found.start.year):
            weight = WEAK  # "opens on Thursday" may be said before that day
        if status == "Whole":
            whole = self._whole(match, draft)
            status = (whole.status if whole else None) or rule.get("otherwise")
            if status is None:
                return None
            draft.part_of, self._main = draft.part_of or whole, whole or self._main
        draft.tell(rule.id, status, weight, rule.get("confidence", 0.9))
        if draft.several and not (found.start or found.end or draft.start or _in_city(found)):
            return None
        draft.start, draft.end = draft.start or found.start, draft.end or found.end
        draft.venue = found.venue if found.venue and draft.venue_of_title else draft.venue or found.venue
        draft.venue_of_title = bool(draft.venue) and skeleton.is_title
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
            draft.add(name, (r for u in match.units(slot) for r in u.refs if slot == "BY" or not self._makes(r)))
        draft.add("works", self._works_named(match))
        for unit in match.units("TITLE"):
            draft.title = draft.title or unquoted(self.context.doc.text[unit.start : unit.end])
        self._note(draft, skeleton)
        if rule.get("nowhere"):  # what it is part of stays in the background
            self._told.aside()
        if rule.get("fresh"):  # told in passing: what follows goes on with the event before
            self._told.first(draft)
        return draft

    def _makes(self, ref: Ref) -> bool:
        """Whether it is somebody whose works are shown and who does not act."""
        person = self.context.person(ref) if ref.startswith("person-") else None
        return person is not None and person.creator

    def _whole(self, match: Match, part: EventDraft) -> EventDraft | None:
        """The event in whose programme a rule says that something stands: named by it, else the Days or festival told of last."""
        named = next((u.value.draft for u in match.units("S")), None)
        near = self._told.near(match.skeleton.index, CARRY)
        known = (d for d in near if d.kind in _WHOLES and d is not part and d.status)
        whole = cast("EventDraft | None", named) or next(known, None)
        return None if whole is part else whole

    def _note(self, draft: EventDraft, skeleton: Skeleton) -> None:
        """The sentence tells of the event: it proves it, and words that point back now mean it."""
        if skeleton.index not in draft.told:
            draft.passages.append(skeleton.span)
        draft.index = skeleton.index
        draft.told.append(skeleton.index)
        draft.only_title = draft.only_title and skeleton.is_title
        self._told.last(draft)


def _in_city(draft: EventDraft) -> bool:
    """Whether it is told in which city it is."""
    return bool(draft.place and draft.place.startswith("city-"))
