"""An agreement under construction, and where its words stand in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kgculture.extract.context import Context
from kgculture.extract.skeleton import Skeleton, Unit
from kgculture.lexicon import alternatives
from kgculture.model import PartialDate, Passage, Ref


@dataclass(slots=True)
class Draft:
    """An agreement under construction."""

    rule: str
    type: str
    stage: str
    confidence: float
    index: int
    is_title: bool = False
    definite: bool = False
    parties: list[Ref] = field(default_factory=list)
    certain: bool = False  # parties named as such, not taken from who acted
    signatories: list[Ref] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    signed_on: PartialDate | None = None
    period: tuple[PartialDate | None, PartialDate | None] = (None, None)
    during: str | None = None
    discussed_at: str | None = None
    place: Ref | None = None
    topic_text: str | None = None
    about: list[Passage] = field(default_factory=list)

    def prove(self, skeleton: Skeleton) -> None:
        """The sentence tells of it."""
        if skeleton.span not in self.passages:
            self.passages.append(skeleton.span)


def dates_of(skeleton: Skeleton) -> list[Unit]:
    """Dates with a value that are no dateline."""
    return [u for u in skeleton.of_kind("D") if (u.value.start or u.value.end) and not u.value.dateline]


def of_another(context: Context, skeleton: Skeleton, unit: Unit, date: Unit) -> bool:
    """Whether a date is another document's: "a memorandum on museums and a plan for 2020"; "a protocol and a plan for 2020" share it."""
    own = skeleton.at(unit)
    later = [skeleton.at(u) for u in skeleton.units if u.kind == "A" and unit.start < u.start < date.start]
    between = skeleton.text[own : max(later)].partition(" ")[2] if later else ""
    return bool(re.sub(rf"(?:{alternatives(context.lexicon.joiners)}) |@A\d+ ", "", between).strip())
