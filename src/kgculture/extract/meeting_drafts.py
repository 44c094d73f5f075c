"""What is known of a meeting while an article is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from kgculture.model import PartialDate, Passage, Ref


@dataclass(slots=True)
class Draft:
    """A meeting under construction. Lists keep the order of telling."""

    rule: str
    status: str
    format: str | None
    confidence: float
    participants: list[Ref] = field(default_factory=list)
    chairs: list[Ref] = field(default_factory=list)
    heads: list[Ref] = field(default_factory=list)
    behalf: dict[Ref, Ref] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)
    place: Ref | None = None
    venue: Ref | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None
    ordinal: int | None = None
    session_of: Ref | None = None
    label: str | None = None
    inferred: bool = False
    index: int = 0  # sentence that founded it
    standing: dict[Ref, str] = field(
        default_factory=dict
    )  # country -> office of somebody not named: "the ambassador of X"


@dataclass(slots=True)
class Scope:
    """What earlier sentences settle for later ones: the visit's place and visitor."""

    place: Ref | None = None
    visitor: Ref | None = None
    passage: Passage | None = None


@dataclass(slots=True)
class Detail:
    """When and where a meeting was held, said in a sentence of its own."""

    start: PartialDate | None
    end: PartialDate | None
    place: Ref | None
    venue: Ref | None
    passage: Passage
    index: int
    reach: int = 1  # how many sentences later the sides may be named
