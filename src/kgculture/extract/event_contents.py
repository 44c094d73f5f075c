"""What an event shows: whose culture, how many works, which works and groups."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from kgculture.extract.context import Context
from kgculture.extract.event_drafts import EventDraft
from kgculture.extract.event_nouns import EventNoun
from kgculture.extract.event_rules import event_matches
from kgculture.extract.frames import Rules
from kgculture.extract.skeleton import Skeleton
from kgculture.extract.works import Works
from kgculture.lexicon import word_agrees

_UNIT = re.compile(r"@([A-Z])(\d+) ")


class Contents:
    """Puts down what a sentence says that the events it tells of show."""

    def __init__(self, context: Context, words: dict[str, Any], presents: Rules, works: Works) -> None:
        self.context, self.words, self.works = context, words, works
        self._presents = presents

    def read(self, skeleton: Skeleton, plain: Skeleton, nouns: Sequence[EventNoun], told: Sequence[EventDraft]) -> None:
        """`plain`: the sentence before its nouns of events became units; `told`: the events that it tells of."""
        self._whose(skeleton, plain, nouns, told)
        self._counted(skeleton, nouns, told)
        self._shown(plain, told)

    def _whose(
        self, skeleton: Skeleton, plain: Skeleton, nouns: Sequence[EventNoun], told: Sequence[EventDraft]
    ) -> None:
        """Countries whose culture the sentence says is shown; not of Days of Culture, whose name says it."""
        for match in event_matches(skeleton, self._presents):
            for unit in match.units("PRES"):
                before = [n for n in nouns if n.span.start <= unit.start and n.draft in told]
                draft = before[-1].draft if before else told[0]
                if draft.kind in ("DaysOfCulture", "Forum"):
                    continue
                if draft.presents and (unit.kind == "O" or not before):
                    continue
                if unit.kind == "O" and not unit.direct:
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
