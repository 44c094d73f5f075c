"""What documents are about, and the years for which they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from kgculture.extract.agreement_drafts import Draft, dates_of, of_another
from kgculture.extract.context import Context
from kgculture.extract.documents import setting
from kgculture.extract.frames import other_occasion
from kgculture.extract.skeleton import Skeleton, Unit
from kgculture.extract.topics import topics_of

#: how many sentences after a document's telling still speak of it
REACH = 3


def region_of(skeleton: Skeleton, unit: Unit, code: str) -> tuple[int, int]:
    """The part of the sentence that speaks of one document: from it to the next one."""
    pair = setting(code, "agreements", "pair")
    own, since = skeleton.at(unit), skeleton.at(unit)
    later: list[int] = []
    for place in sorted(skeleton.at(u) for u in skeleton.units if u.kind == "A" and u.start > unit.start):
        between = skeleton.text[since + 1 : place]
        if re.search(r"@[^DA]|[;:]", between) or pair.search(between):
            later.append(place)  # else "a protocol and a plan between A and B": they share what follows
        since = place
    first = not any(u.kind == "A" and u.start < unit.start for u in skeleton.units)
    stop = min(later, default=len(skeleton.text))
    semicolon = skeleton.text.find(" ; ", own, stop)
    return (0 if first else own, stop if semicolon < 0 else semicolon + 1)


class Matter:
    """Reads the contents and the years of an article's documents."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.code = context.lexicon.code
        self._data: dict[str, Any] = context.lexicon.rules.get("agreements") or {}

    def when(self, draft: Draft, skeleton: Skeleton, unit: Unit) -> None:
        """The day of signing and the years a document holds for: after a document, "for 2020" is its period."""
        used: list[Unit] = []
        for date in dates_of(skeleton):
            held = date.value.kind == "period" or (date.value.kind == "point" and self._is_period(skeleton, date))
            if held and of_another(self.context, skeleton, unit, date):
                used.append(date)
            elif held and any(date.start > u.start for u in skeleton.units if u.kind in "AZ"):
                draft.period = (date.value.start, date.value.end or date.value.start)
                used.append(date)
        own = skeleton.at(unit)
        matter = setting(self.code, "agreements", "matter")  # "a memorandum on holding an exhibition in 2027"
        used += [d for d in dates_of(skeleton) if matter.search(skeleton.text, own, max(own, skeleton.at(d)))]
        later = other_occasion(self.context, skeleton, unit.start)  # "an agreement on an exhibition to be held in 2027"
        points = [d for d in dates_of(skeleton) if d.value.kind == "point" and d not in used]
        points = [d for d in points if later is None or d.start < later]
        if points and draft.stage in ("Signed", "Initialled", "InPreparation"):
            draft.signed_on = min(points, key=lambda d: abs(d.start - unit.start)).value.start

    def _hold(self, draft: Draft, skeleton: Skeleton, unit: Unit) -> None:
        """The years for which a document is said to hold: "the document is valid from 2019 to 2022"."""
        days = [d for d in dates_of(skeleton) if d.value.kind == "period" and d.start > unit.start]
        years = [d.value for d in days if not of_another(self.context, skeleton, unit, d)]
        if len(years) == 1:
            draft.period = (years[0].start, years[0].end)
            draft.prove(skeleton)

    def _is_period(self, skeleton: Skeleton, date: Unit) -> bool:
        """Whether it is a bare year after the preposition of purpose: "for 2020", «на 2020 год»."""
        start = date.value.start
        words = self.context.doc.text[date.start : date.end].lower().split()
        if start is None or start.month is not None:
            return False
        before = skeleton.text[: skeleton.at(date)].split()
        return bool({words[0], before[-1] if before else ""} & set(self._data.get("period_prepositions", ())))

    def read(self, skeleton: Skeleton, drafts: Sequence[Draft]) -> None:
        """What documents cover: said beside them, or of "the document" in a sentence after."""
        for unit in [u for u in skeleton.units if u.kind in "AZ"]:
            near = [
                d
                for d in drafts
                if 0 <= skeleton.index - d.index <= REACH and (unit.kind == "Z" or d.type == unit.value.type)
            ]
            draft = near[-1] if near else None
            if draft is not None and not any(draft.period) and not draft.is_title:
                self._hold(draft, skeleton, unit)
            if draft is None or draft.topic_text:
                continue
            stop = region_of(skeleton, unit, self.code)[1]
            after = skeleton.text[skeleton.at(unit) : stop]
            begin = setting(self.code, "agreements", "covers").search(after)
            if not begin or "@A" in after[1 : begin.start()].replace(f"@A{skeleton.units.index(unit)}", ""):
                continue
            ends = [
                m.start()
                for p in self._data.get("covers_end", ())
                for m in [re.compile(p).search(after, begin.end())]
                if m
            ]
            end = min([*ends, len(after.rstrip(" .!?"))])
            offset = skeleton.at(unit)
            if end <= begin.end():
                continue
            span = skeleton.source(offset + begin.end(), offset + end)
            topics = topics_of(self.context, [span])
            if not topics:
                continue
            draft.topic_text = " ".join(span.of(self.context.doc.text).split()).strip(" ,;:.")
            draft.about.append(span)
            draft.prove(skeleton)
