"""Agreements: documents that sides signed, prepare, discuss or propose.

A rule finds a document and says its stage. Parties are the bodies between which it stands, else the bodies or countries for which
those act who sign or discuss it. Several tellings of one document in an article are one fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kgculture.extract.agreement_drafts import Draft, dates_of
from kgculture.extract.agreement_matter import REACH, Matter, region_of
from kgculture.extract.context import Context
from kgculture.extract.documents import setting, with_bodies, with_documents
from kgculture.extract.frames import Match, matches, other_occasion, place_in, rules
from kgculture.extract.occasions import Occasions
from kgculture.extract.parties import Parties
from kgculture.extract.skeleton import Skeleton, Unit
from kgculture.extract.topics import topics_of
from kgculture.lexicon import alternatives
from kgculture.model import AgreementFact, MeetingFact, Ref

_STAGES = ("Proposed", "UnderDiscussion", "InPreparation", "Initialled", "Signed")


@dataclass(slots=True)
class _Several:
    """What "they signed several agreements" settles: what holds of the documents that the next sentences list."""

    index: int
    draft: Draft


class AgreementFrame:
    """Reads an article's agreements in order; `read` gives the drafts. `meetings` are those of the article, with their ids."""

    def __init__(
        self, context: Context, meetings: Sequence[MeetingFact] = (), homes: Mapping[Ref, Ref] | None = None
    ) -> None:
        self.context = context
        self.code = context.lexicon.code
        self.occasions = Occasions(context, meetings)
        self.drafts: list[Draft] = []
        self.parties = Parties(context, homes)
        self.matter = Matter(context)
        self._several: _Several | None = None
        self._rules = rules(self.code, "agreements")
        self._data: dict[str, Any] = context.lexicon.rules.get("agreements") or {}

    def read(self) -> list[Draft]:
        titles: list[Draft] = []
        for plain in self.context.skeletons:
            skeleton = with_documents(plain, self.code, self.context.doc.text)
            if skeleton is None:
                self._signers(plain, list(matches(plain, self._rules)))
                continue
            self._sentence(with_bodies(self.context, skeleton))
            if skeleton.is_title:
                titles += self.drafts
                self.drafts = []
        for title in titles:
            self._add_title(title)
        return [
            d
            for d in self.drafts
            if len(d.parties) >= 2 or (d.stage == "Signed" and (len(d.signatories) >= 2 or d.certain))
        ]

    # -------------------------------------------------------------------------------------------------- one sentence

    def _sentence(self, skeleton: Skeleton) -> None:
        claimed: set[int] = set()
        found = list(matches(skeleton, self._rules))
        for match in found:
            event = match.rule.get("event", "found")
            if event in ("signers", "dated", "ceremony"):
                continue
            for unit in self._documents(match):
                if unit.start in claimed or self._only_spoken_of(skeleton, unit):
                    continue
                if event != "several" and (unit.kind == "Z" or self._refers_back(skeleton, unit)):
                    if self._refer(match, unit):
                        claimed.add(unit.start)
                    continue
                if unit.value.weak and not match.rule.get("sign") and unit.value.type not in match.rule.get("weak", ()):
                    continue
                claimed.add(unit.start)
                if event == "several":
                    self._several = _Several(skeleton.index, self._draft(match, unit, len(claimed)))
                else:
                    self._found(match, unit)
        if self._several and 0 <= skeleton.index - self._several.index <= REACH - 1:
            self._of_several(skeleton, claimed)
        self._signers(skeleton, found)
        self.matter.read(skeleton, self.drafts)

    def _documents(self, match: Match) -> list[Unit]:
        """Documents that a match speaks of: its own, and those joined to it by the joiners of lists."""
        units = match.units("DOC")
        if not units or match.rule.get("event") == "several":
            return units
        text = match.skeleton.text
        joiners = alternatives(self.context.lexicon.joiners)
        last = units[-1]
        for unit in match.skeleton.units:
            if unit.kind == "A" and unit.start > last.end:
                between = text[match.skeleton.at(last) : match.skeleton.at(unit)].split(" ", 1)[-1]
                if re.fullmatch(rf"(?:[^;:@]+ )?(?:{joiners}) (?:[^ ;:@]+ ){{0,2}}", between) or self._adds(between):
                    units.append(unit)
                    last = unit
                elif unit.end < match.end:  # nearer to the verb than the first one
                    units, last = [unit], unit
        return units

    def _adds(self, between: str) -> bool:
        """Whether a sentence goes on to another document: "an agreement between A and B, as well as | a plan"."""
        articles = alternatives(tuple(self._data.get("another", ())))
        found = articles and re.search(
            rf" (?:{alternatives(self.context.lexicon.joiners)}) (?:{articles}) [^;:@]*$", f" {between}"
        )
        return bool(found) and not set(self._data.get("clause_words", ())) & set(between.split()) and ";" not in between

    def _only_spoken_of(self, skeleton: Skeleton, unit: Unit) -> bool:
        before = skeleton.text[: skeleton.at(unit)]
        near = " ".join(before.split()[-7:]) + " "
        if setting(self.code, "agreements", "spoken_of").search(near):
            return True
        after = skeleton.text[skeleton.at(unit) :].partition(" ")[2]
        inside = setting(self.code, "agreements", "inside").search(near)
        return bool(inside) and not setting(self.code, "agreements", "made").match(after)

    def _refers_back(self, skeleton: Skeleton, unit: Unit) -> bool:
        """Whether it is "the memorandum" after a memorandum has been told of."""
        known = any(d.type == unit.value.type for d in self.drafts)
        words = skeleton.text[: skeleton.at(unit)].split()
        return known and bool(words) and words[-1] in self._data.get("definite", ())

    def _draft(self, match: Match, unit: Unit, number: int = 1) -> Draft:
        rule, skeleton = match.rule, match.skeleton
        draft = Draft(
            rule.id,
            unit.value.type or "Accord",
            rule.get("stage", "Signed"),
            rule.get("confidence", 0.9),
            skeleton.index,
        )
        draft.is_title = skeleton.is_title
        draft.passages = [skeleton.span]
        actors = self.parties.actors(match)
        region = region_of(skeleton, unit, self.code)
        self.parties.settle(draft, skeleton, region, actors, bool(rule.get("sign")), self.occasions.host(skeleton))
        if len(draft.parties) < 2 and setting(self.code, "agreements", "sides").search(skeleton.text):
            self.parties.sides(draft, *self.occasions.latest(skeleton))
        self.matter.when(draft, skeleton, unit)
        if draft.stage in ("Signed", "Initialled"):
            draft.place = self._city(skeleton, unit)
            draft.during = self.occasions.at(skeleton)
            draft.signed_on = draft.signed_on or self.occasions.day(draft.during)
        else:
            draft.discussed_at = (
                self.occasions.at(skeleton, near=True) if draft.stage in ("UnderDiscussion", "Proposed") else None
            )
        return draft

    def _found(self, match: Match, unit: Unit) -> None:
        draft = self._draft(match, unit)
        text = match.skeleton.text[match.skeleton.at(unit) :] if unit.value.plural else ""
        split = self.parties.each(draft, match.skeleton, text)
        for one in split or [draft]:
            self._add(one)

    def _of_several(self, skeleton: Skeleton, claimed: set[int]) -> None:
        """Documents listed after "several agreements": they have its stage, day and signatories."""
        assert self._several is not None
        source = self._several.draft
        for unit in skeleton.units:
            if unit.kind != "A" or unit.start in claimed or unit.value.plural or self._only_spoken_of(skeleton, unit):
                continue
            if skeleton.index == self._several.index and unit.start < source.passages[0].start:
                continue
            draft = Draft(source.rule, unit.value.type, source.stage, 0.85, skeleton.index, skeleton.is_title)
            draft.passages = list(dict.fromkeys([*source.passages, skeleton.span]))
            draft.signatories = list(source.signatories)
            draft.signed_on, draft.place, draft.during = source.signed_on, source.place, source.during
            start = skeleton.at(unit)
            self.parties.settle(draft, skeleton, (start, region_of(skeleton, unit, self.code)[1]), [], True, None)
            if not draft.parties:
                draft.parties = list(source.parties)
            self._add(draft)
            self._several.index = max(self._several.index, skeleton.index - 1)  # the list goes on

    # ------------------------------------------------------------------------------------------------ told once more

    def _refer(self, match: Match, unit: Unit) -> bool:
        """Adds to the documents just told of: "The document was signed by …", "the memorandum"."""
        known = [
            d
            for d in self.drafts
            if match.skeleton.index - d.index <= 12 and (unit.kind == "Z" or d.type == unit.value.type)
        ]
        if not known:
            return False
        actors = self.parties.actors(match)
        stage = match.rule.get("stage")
        targets = known[-2:] if unit.value.plural else known[-1:]
        for draft in targets:
            if (
                stage == "Signed"
                and draft.stage != "Signed"
                and draft.stage != "Proposed"
                and match.skeleton.index != draft.index
            ):
                draft.stage = "Signed"
            if match.rule.get("sign") and stage == draft.stage:
                self.parties.sign(
                    draft, actors, only=len(targets) > 1 and not self.parties.on_behalf(draft, match.skeleton)
                )
                self._behind(draft)
                if draft.signed_on is None:
                    self.matter.when(draft, match.skeleton, unit)
                draft.place = draft.place or self._city(match.skeleton, unit)
                draft.during = draft.during or self.occasions.at(match.skeleton)
                draft.prove(match.skeleton)
            draft.index = match.skeleton.index
        return True

    def _behind(self, draft: Draft) -> None:
        """Those for whom the signatories of a document stand are its parties, where it has none."""
        if draft.parties:
            return
        found = [self.parties.house(r) or self.parties.stands_for(r) for r in draft.signatories]
        if len(set(found)) == 2 and all(found):
            draft.parties = list(dict.fromkeys(r for r in found if r))

    def _signers(self, skeleton: Skeleton, found: Iterable[Match]) -> None:
        """Sentences that only say whose signature a document bears."""
        found = list(found)
        self._dated(skeleton, found)
        self._ceremony(skeleton, found)
        told = [d for d in self.drafts if 0 <= skeleton.index - d.index <= REACH]
        for match in found:
            stage = match.rule.get("stage")
            near = [d for d in told if d.stage == (stage or "Signed")] or (told[-1:] if stage else [])
            if match.rule.get("event") != "signers" or not near:
                continue
            if stage and near[-1].stage != stage:
                near[-1].stage, near[-1].rule = stage, match.rule.id
                near[-1].place = near[-1].place or place_in(self.context, skeleton)
                near[-1].signed_on = next((d.value.start for d in dates_of(skeleton) if d.value.kind == "point"), None)
            people = [u for u in skeleton.units if u.kind == "P" and u.direct and u.refs]
            for unit in people:
                targets = [d for d in near if self.parties.fits(d, unit.refs[0])] or (near if len(near) == 1 else [])
                for draft in targets:
                    self.parties.sign(draft, [unit])
                    draft.prove(skeleton)
            return

    def _ceremony(self, skeleton: Skeleton, found: Iterable[Match]) -> None:
        """Day and city of the signing just told of: "The ceremony took place in Riga on May 3."."""
        near = [d for d in self.drafts if d.stage == "Signed" and 0 < skeleton.index - d.index <= 2]
        if not near or not any(m.rule.get("event") == "ceremony" for m in found):
            return
        days = [u.value.start for u in dates_of(skeleton) if u.value.kind == "point"]
        place = place_in(self.context, skeleton)
        for draft in [d for d in near if d.index == near[-1].index]:
            draft.signed_on = draft.signed_on or next(iter(days), None)
            draft.place = draft.place or (place if place and place.startswith("city-") else None)
            draft.prove(skeleton)

    def _dated(self, skeleton: Skeleton, found: Iterable[Match]) -> None:
        """The day for which the signing of a document just told of is planned: "It is to be signed in May."."""
        near = [d for d in self.drafts if d.stage not in ("Signed", "Initialled") and 0 < skeleton.index - d.index <= 2]
        for match in found:
            if match.rule.get("event") == "dated" and near and near[-1].signed_on is None:
                draft, days = near[-1], [u for u in match.units("WHEN") if u.value.kind == "point"]
                draft.signed_on = days[0].value.start if days else None
                draft.stage = "InPreparation" if draft.stage == "UnderDiscussion" else draft.stage
                draft.prove(skeleton)

    def _add(self, new: Draft) -> None:
        known = next((d for d in reversed(self.drafts) if self._same(d, new)), None)
        if known is None:
            self.drafts.append(new)
            return
        self._merge(known, new)

    def _same(self, known: Draft, new: Draft) -> bool:
        if known.type != new.type:
            return False
        if known.signed_on and new.signed_on and known.signed_on != new.signed_on:
            return False
        return self.parties.compatible(known.parties, new.parties)

    def _merge(self, known: Draft, new: Draft) -> None:
        if _STAGES.index(new.stage) > _STAGES.index(known.stage):
            known.stage, known.rule = new.stage, new.rule
        self.parties.join(known, new)
        known.signatories += [r for r in new.signatories if r not in known.signatories]
        known.passages += [p for p in new.passages if p not in known.passages]
        known.signed_on = known.signed_on or new.signed_on
        known.period = known.period if any(known.period) else new.period
        known.during, known.discussed_at = known.during or new.during, known.discussed_at or new.discussed_at
        known.place, known.topic_text = known.place or new.place, known.topic_text or new.topic_text
        known.about += new.about
        known.index = max(known.index, new.index)

    def _add_title(self, title: Draft) -> None:
        """A headline adds its parties to what the text tells; it founds something only where the text tells of no document."""
        if not self.drafts and title.certain and len(title.parties) >= 2:
            self.drafts.append(title)
            return
        same = [d for d in self.drafts if d.type == title.type and (not d.parties or not title.parties)]
        if len(same) == 1 and title.parties and not same[0].parties:
            same[0].parties = title.parties
            same[0].passages += title.passages

    # ------------------------------------------------------------------------------------------- when, where, of what

    def _city(self, skeleton: Skeleton, unit: Unit) -> Ref | None:
        """The city of a signing; a country beside it is mostly where a party has its seat."""
        place = place_in(self.context, skeleton, unit.start, other_occasion(self.context, skeleton, unit.start))
        return place if place and place.startswith("city-") else None


def agreement_facts(
    context: Context, meetings: Sequence[MeetingFact] = (), homes: Mapping[Ref, Ref] | None = None
) -> tuple[AgreementFact, ...]:
    """The agreements of an article in reading order. `meetings` are its meetings, to which `signed_during` and `discussed_at` refer.

    `homes`: the countries of persons whose titles name none.
    """
    drafts = AgreementFrame(context, meetings, homes).read()
    facts: list[AgreementFact] = []
    for number, draft in enumerate(sorted(drafts, key=lambda d: min(d.passages)), 1):
        refs = [*draft.parties, *draft.signatories, *([draft.place] if draft.place else [])]
        facts.append(
            AgreementFact(
                id=f"agreement-{number}",
                rule=draft.rule,
                passages=context.passages_for(sorted(draft.passages), refs),
                confidence=draft.confidence,
                type=draft.type,
                stage=draft.stage,
                parties=tuple(draft.parties),
                signatories=tuple(draft.signatories),
                signed_on=draft.signed_on,
                signed_during=draft.during if draft.stage in ("Signed", "Initialled") else None,
                discussed_at=draft.discussed_at,
                place=draft.place,
                period_start=draft.period[0],
                period_end=draft.period[1],
                topics=topics_of(context, draft.about),
                topic_text=draft.topic_text,
            )
        )
    return tuple(facts)
