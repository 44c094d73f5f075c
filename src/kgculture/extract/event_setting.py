"""When and where an event takes place, as the sentence that tells of it says, or one that tells of its surroundings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal, cast

from kgculture.extract.context import Context
from kgculture.extract.dates import DateMention, with_tense
from kgculture.extract.event_drafts import EventDraft, country_of, places_agree
from kgculture.extract.event_nouns import EventNoun
from kgculture.extract.frames import Match, dates_in, place_in
from kgculture.extract.home import dateline_place
from kgculture.extract.places import town_of
from kgculture.extract.skeleton import Skeleton, Unit
from kgculture.lexicon import Lexicon, alternatives
from kgculture.model import Passage, Ref

#: How far (characters of the skeleton) a date may stand from the words of a rule.
_NEAR = 70
#: The same for a country that stands ahead of them.
_BESIDE = 20
#: The same for a city ahead of them, unless the sentence begins with it.
_AHEAD = 60
#: What a comma adds to a distance.
_CLAUSE = 30
_EVENT = re.compile(r"@V(\d+) ")
#: A body, a comma and a city that begins no list.
_BESIDE_VENUE = re.compile(r"@O(\d+) , @L(\d+) (?!(?:, )?(?:[^ @,.]+ )?@L)")
#: Kinds of events that are part of something else where they are told of by the way.
_SHOWN = frozenset({"Concert", "Exhibition", "Performance", "FilmScreening"})
#: A body that begins a sentence.
_SEATED = re.compile(r"(?:[^ @]+ )?@O(\d+) $")
#: Kinds of events that bear the name of their city.
_NAMED_AFTER_TOWN = frozenset({"Festival", "Forum", "Competition"})
#: The sentences of which a dateline says where they take place.
_OPENING = 3
#: Pairs of place and date that make a row.
_TWO = 2
#: Farther than anything.
_BEYOND = 999
#: How many sentences may lie between an event and what carries on about it without naming it.
CARRY = 3
#: Bodies of these sectors, and those whose name says that they are a venue, can be where something takes place.
_VENUES = frozenset({"Museum", "Theatre", "Library", "Film", "Music", "Education", "Archive"})


class Setting:
    """Reads dates and places around the words of a rule. A date goes to one event of a sentence only."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._used: set[tuple[int, int]] = set()
        self._frames: set[int] = set()
        breaks = "|".join((context.lexicon.rules.get("events") or {}).get("clause_breaks", ()))
        self._breaks = re.compile(breaks) if breaks else None

    def begin(self, frames: set[int]) -> None:
        """A new sentence begins; `frames` are offsets of events in which others take place ("within the Days of Culture")."""
        self._used.clear()
        self._frames = frames

    def dates(self, match: Match, draft: EventDraft, part: bool = True) -> None:
        """The date of the rule's slot, else the nearest point or range and the nearest "until", with no other event between.

        `date_too`: the day on which a whole ends with a part of it is the day of the part.
        """
        rule, skeleton = match.rule, match.skeleton
        slot = [u for u in match.units("D") if u.value.start or u.value.end]
        ranked = sorted(
            (self._distance(match, u), u.start, u) for u in dates_in(skeleton) if (u.start, u.end) not in self._used
        )
        near = slot or [u for distance, _, u in ranked if distance <= _NEAR]
        for kinds in (("point", "range", "period"), ("until",), ("since",)):
            unit = next((u for u in near if u.value.kind in kinds), None)
            if unit is None:
                continue
            mention: DateMention = unit.value
            if mention.kind == "since" and not slot and not (mention.start and mention.start.day):
                continue  # "since 1998": how long there has been such a thing
            tense: Literal["past", "future"] | None = (
                "future"
                if rule.get("status") == "Planned"
                or mention.kind == "until"
                or (rule.get("present") and mention.rule.endswith(".weekday"))
                else "past"
                if mention.kind == "point"
                and not rule.get("silent")
                and not rule.get("present")
                and rule.get("status") != "Cancelled"
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

    def pairs(self, skeleton: Skeleton) -> list[tuple[Ref, DateMention]]:
        """Different places with a date each, joined in a row: "in A on May 3 and in B on May 9"; nothing for one alone."""
        if skeleton.text.count("@D") < _TWO:
            return []
        for row, pair in _dated_places(self.context.lexicon):
            if found := row.search(skeleton.text):
                units = [
                    [skeleton.units[int(m[k][1:])] for k in ("place", "day")] for m in pair.finditer(found.group())
                ]
                rows = [(u.refs[0], d.value) for u, d in units if u.refs and (d.value.start or d.value.end)]
                return rows if len(rows) == len({ref for ref, _ in rows}) >= _TWO else []
        return []

    def own(self, match: Match, draft: EventDraft) -> None:
        """Place and days that stand in a zone of a sentence; `match` is of the zone."""
        self.where(match, draft, None)
        days = [
            u.value for u in dates_in(match.skeleton) if f"@D{match.skeleton.units.index(u)} " in match.skeleton.text
        ]
        if days:
            draft.start, draft.end = draft.start or days[0].start, draft.end or days[0].end

    def _distance(self, match: Match, unit: Unit) -> int:
        """Characters of the skeleton between a rule's words and a unit; far where another event stands between."""
        text = match.skeleton.text
        at = text.index(f"@{unit.kind}{match.skeleton.units.index(unit)} ")
        start, end = match.match.span()
        if start <= at < end:
            return 0
        between = text[end:at] if at >= end else text[at:start]
        others = (match.skeleton.units[int(k)] for k in _EVENT.findall(between))
        if any(u.start not in self._frames for u in others) or "; " in between:
            return _BEYOND
        if self._breaks and self._breaks.search(between):
            return _BEYOND
        far = len(between) + _CLAUSE * (", " in between)
        return min(far, _NEAR) if at <= 2 else far  # what opens a sentence goes for all of it

    def where(self, match: Match, draft: EventDraft, noun: EventNoun | None, framed: bool = False) -> None:
        """Venue and place of the rule's slots, of the noun's host, else what a preposition of place precedes nearby.

        `framed`: others take place within it, and the sentence tells of it only in a clause: where these are, it need not be."""
        skeleton = match.skeleton
        if framed and not (match.units("VENUE") or match.units("PLACE")):
            draft.place = next(iter(noun.hosts if noun else ()), None)
            return
        for unit in match.units("VENUE"):
            if (
                unit.kind == "O"
                and (unit.direct or self._after_article(skeleton, unit))
                and self._is_venue(unit.refs[0])
            ):
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
        best = self._beside_venue(match, draft) or _best_place(
            [u for u in places if self._distance(match, u) <= _AHEAD or u.start > match.start],
            match.start,
            {u.start for u in places if self._distance(match, u) <= _BESIDE},
        )
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
        draft.elsewhere = bool(
            places or self._placed(match, "LC", "place_prepositions", lists=True) or match.units("ELSE")
        ) or any(u.value.hosts for u in skeleton.units if u.kind == "V")

    def _beside_venue(self, match: Match, draft: EventDraft) -> Unit | None:
        """The city that a comma joins to the venue: "at the National Museum, New Delhi"."""
        skeleton = match.skeleton
        for venue, city in _BESIDE_VENUE.findall(skeleton.text):
            if draft.venue and draft.venue in skeleton.units[int(venue)].refs:
                return skeleton.units[int(city)]
        return None

    def _placed(self, match: Match, kinds: str, setting: str, lists: bool = False) -> list[Unit]:
        """Units of the sentence after a preposition of place, nearest first; none that stands nearer to another event.

        The first of several cities says where only with `lists`: what is held in two cities is held in neither alone.
        """
        if not any(u.kind in kinds for u in match.skeleton.units):
            return []
        pattern = _after_preposition(self.context.lexicon, kinds, setting, lists)
        hits = [
            (m.group(1).split(), match.skeleton.units[int(m.group(2))])
            for m in pattern.finditer(match.skeleton.text)
            if not self._of_source(match.skeleton.text[: m.start()])
            and (kinds == "O" or not self._of_seat(match, m.start()))
            and (lists or kinds == "O" or not _last_of_several(self.context.lexicon, match.skeleton.text[: m.start()]))
        ]
        # a form that cannot stand in the case of a place tells where to: "в Казахстан"
        hits = [
            (w, u) for w, u in hits if u.kind not in "LC" or u.value is None or not u.value.case or "l" in u.value.case
        ]
        # "the museum" may be one named before; "our museum" is somebody's
        units = [u for words, u in hits if u.direct or all(self._article(w) for w in words)]
        return sorted(
            (u for u in units if u.refs and self._distance(match, u) < _BEYOND),
            key=lambda u: (self._distance(match, u), u.start),
        )

    def _of_seat(self, match: Match, at: int) -> bool:
        """Whether a preposition of place follows a body that begins the sentence and is no venue: "The Museum | in A agreed"."""
        found = _SEATED.match(match.skeleton.text[:at])
        if found is None or not self.context.lexicon.settings.get("seat_prepositions"):
            return False
        unit = match.skeleton.units[int(found[1])]
        return unit not in [u for slot in ("VENUE", "PERF", "ORG") for u in match.units(slot)]

    def _of_source(self, before: str) -> bool:
        """Whether what stands next belongs to who reports: ", reports the mission in Bishkek"."""
        return bool(_source(self.context.lexicon).search(before))

    def _after_article(self, skeleton: Skeleton, unit: Unit) -> bool:
        words = skeleton.text.split(f"@{unit.kind}{skeleton.units.index(unit)} ")[0].split()
        return bool(words) and self._article(words[-1])

    def _article(self, word: str) -> bool:
        found = self.context.lexicon.classes.match([word], 0)
        return found is not None and found[1] == "t"

    def _is_venue(self, ref: Ref) -> bool:
        body = self.context.organizations.get(ref)
        if body.head.commission or body.head_word in self.context.lexicon.settings.get("plural_houses", ()):
            return False
        return body.head.kind == "Venue" or body.head.sector in _VENUES


@cache
def _dated_places(lexicon: Lexicon) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """A row of places with a date each, and one such pair; for either order of the two."""
    at = rf"(?:{alternatives(tuple(lexicon.settings.get('place_prepositions', ())))}) "
    joiner = rf"(?:(?:{alternatives(lexicon.joiners)}) )+"
    pairs = (rf"{at}@(?P<place>[LC]\d+) @(?P<day>D\d+) ", rf"@(?P<day>D\d+) {at}@(?P<place>[LC]\d+) ")
    bare = [re.sub(r"\?P<\w+>", "?:", pair) for pair in pairs]
    return tuple((re.compile(rf"{b}(?:{joiner}{b})+"), re.compile(p)) for p, b in zip(pairs, bare, strict=True))


@cache
def _source(lexicon: Lexicon) -> re.Pattern[str]:
    verbs = alternatives(tuple(v.rstrip("~") for v in lexicon.settings.get("source_verbs", ())))
    return re.compile(rf", (?:{verbs})[^ ]* [^,;:]*$")


@cache
def _after_preposition(lexicon: Lexicon, kinds: str, setting: str, lists: bool) -> re.Pattern[str]:
    """Units of some kinds after the prepositions of a setting and up to four words, or before its postpositions."""
    prepositions = alternatives(tuple(lexicon.settings.get(setting, ())))
    alone = "" if lists or kinds == "O" else rf"(?!(?:{alternatives(lexicon.joiners)}) @L)"
    word = r"[^ @,;:.]+"
    if kinds == "O":
        joiners = alternatives(lexicon.joiners)
        word = rf"(?!(?:{joiners}) )(?:[^ @,;:.]+|@[LJCM]\d+)"  # "at the Smithsonian's Sackler Museum"
    elif nouns := lexicon.settings.get("place_nouns"):
        word = f"(?:{alternatives(tuple(nouns))})"  # "in | the city of | Baku"
    if post := lexicon.settings.get(setting.replace("preposition", "postposition")):
        return re.compile(rf"(?:^|(?<= ))()@[{kinds}](\d+) (?:{alternatives(tuple(post))}) {alone}")
    return re.compile(rf"(?:^|(?<= ))(?:{prepositions}) ((?:{word} ){{0,4}}?)@[{kinds}](\d+) {alone}")


def _last_of_several(lexicon: Lexicon, before: str) -> bool:
    """Whether a city stands before that shares the case of the one that follows: "Бейжің және | Үрімші қалаларында"."""
    return bool(lexicon.settings.get("place_postpositions")) and bool(
        re.search(rf"@[LC]\d+ (?:{alternatives(lexicon.joiners)}) $", before)
    )


def _best_place(places: Sequence[Unit], at: int, beside: set[int]) -> Unit | None:
    """The nearest after a rule's words, a city before its country; else the nearest city ahead of them, or a country right ahead."""
    after = [u for u in places if u.start > at]
    cities = [u for u in places if u.kind == "L"]
    first = next((u for u in after if u.kind == "L"), None) or next(iter(after), None)
    if first is None or first.kind == "L":
        return first or next(iter(cities), None) or next((u for u in places if u.start in beside), None)
    return next((c for c in cities if country_of(c.refs[0]) == first.refs[0]), first)


def town_in_name(context: Context, draft: EventDraft) -> Ref | None:
    """The city of which the first word of an event's name is made: "Московский кинофестиваль"; None where it is said to be elsewhere."""
    if draft.kind not in _NAMED_AFTER_TOWN or not (draft.title or draft.town) or draft.venue or draft.elsewhere:
        return None
    words = (draft.title or "").lower().split()[:3]
    town = draft.town or next((t for w in words if (t := town_of(w, context.lexicon))), None)
    if town:
        context.mention(town, draft.passages[0])
    return town


def inherit(context: Context, drafts: Sequence[EventDraft], skeletons: Sequence[Skeleton]) -> None:
    """What the article says of another event that goes for this one: the city where the scene is, the guest of the Days it is part of."""
    begun = dateline_place(context)
    if begun and begun[0].startswith("city-"):
        _set_at_home(context, drafts, *begun)
    told: dict[int, list[EventDraft]] = {}  # by sentence
    parts: dict[int, list[EventDraft]] = {}  # by the whole
    for draft in drafts:
        for k in dict.fromkeys(draft.told):
            told.setdefault(k, []).append(draft)
        if draft.part_of:
            parts.setdefault(id(draft.part_of), []).append(draft)
    for draft in drafts:
        whole = draft.part_of
        if whole and whole.place and draft.place is None and not draft.elsewhere and whole.place.startswith("city-"):
            draft.place = whole.place
            draft.passages.append(whole.passages[0])
        elif draft.place is None and not draft.elsewhere:
            _set_scene(context, draft, told, skeletons)
    for draft in drafts:
        housed = draft.venue and draft.place is None and not draft.elsewhere and draft.born <= _OPENING
        if begun and housed and begun[0].startswith("city-"):
            _set_by_dateline(context, draft, *begun)
        if draft.kind == "DaysOfCulture" and draft.place and draft.place.startswith("country-"):
            own = [d for d in parts.get(id(draft), ()) if d.place and d.place.startswith("city-")]
            cities = {d.place for d in own}
            if len(cities) == 1 and country_of(next(iter(cities))) == draft.place:
                draft.place = next(iter(cities))
                draft.passages.append(own[0].passages[0])


def _set_by_dateline(context: Context, draft: EventDraft, city: Ref, passage: Passage) -> None:
    """The city of the dateline, of what is held in a house of which nothing says that it stands elsewhere."""
    house = context.organizations.get(cast("Ref", draft.venue))
    if not house.cities and (not house.countries or country_of(city) in house.countries):
        draft.place = city
        context.mention(city, passage)


def _set_scene(
    context: Context, draft: EventDraft, told: Mapping[int, Sequence[EventDraft]], skeletons: Sequence[Skeleton]
) -> None:
    """The city of the event told of right before, where nothing speaks against it."""
    venue = context.organizations.get(draft.venue).countries[:1] if draft.venue else []
    for k in range(draft.born, draft.born - CARRY - 1, -1):
        for other in told.get(k, ()):
            told_city = other is not draft and other.place and other.place.startswith("city-")
            if told_city and (not venue or venue[0] == country_of(other.place)):
                draft.place = other.place
                draft.passages.append(skeletons[k].span)
                return
    before = context.skeletons[draft.born - 1] if draft.born and draft.status == "Held" else None
    if draft.kind in _SHOWN and not draft.title and before is not None and not before.is_title:
        cities = {r for u in before.of_kind("L") for r in u.refs}
        town = place_in(context, before)  # what guests saw was where they are said to have come together
        if town and cities == {town} and (not venue or venue[0] == country_of(town)):
            draft.place = town
            draft.passages.append(before.span)


def _set_at_home(context: Context, drafts: Sequence[EventDraft], city: Ref, passage: Passage) -> None:
    """The city of the dateline, of an event of the first sentence that shows in its country the culture of others."""
    country = country_of(city)
    for draft in drafts:
        at_home = draft.place == country or (draft.place is None and not draft.elsewhere and draft.presents)
        venue = context.organizations.get(draft.venue).countries[:1] if draft.venue else []
        spans = [context.skeletons[k].span for k in draft.told]
        first = any(s.start <= passage.start < s.end for s in spans)
        if at_home and first and country not in draft.presents and (not venue or venue[0] == country):
            draft.place = city
            draft.passages.append(passage)
