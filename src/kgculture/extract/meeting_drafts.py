"""What is known of a meeting while an article is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from kgculture.extract.context import Context
from kgculture.model import MeetingFact, PartialDate, Participation, Passage, Ref


@dataclass(slots=True, eq=False)
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


def meeting_facts(context: Context, drafts: list[Draft]) -> tuple[MeetingFact, ...]:
    """The drafts as facts, in reading order, with the passages that name every participant."""
    facts: list[MeetingFact] = []
    kept = [d for d in sorted(drafts, key=lambda d: min(d.passages)) if len(_people_first(context, d)) >= 2]
    for number, draft in enumerate(kept, 1):
        sides = _people_first(context, draft)
        participations = tuple(
            Participation(ref, draft.behalf.get(ref) or next(iter(context.countries_of(ref)), None))
            for ref in sides
            if ref.startswith("person-") and (ref in draft.behalf or context.countries_of(ref))
        )
        refs = [*sides, *(r for r in (draft.place, draft.venue, draft.session_of) if r)]
        facts.append(
            MeetingFact(
                id=f"meeting-{number}",
                rule=draft.rule,
                passages=context.passages_for(sorted(draft.passages), refs),
                confidence=draft.confidence,
                inferred=draft.inferred,
                participants=tuple(sides),
                chairs=tuple(draft.chairs),
                heads_of_side=tuple(draft.heads),
                participations=participations,
                format=draft.format,
                session_of=draft.session_of,
                ordinal=draft.ordinal,
                place=draft.place,
                venue=draft.venue,
                start=draft.start,
                end=draft.end,
                status=draft.status,  # type: ignore[arg-type]
                label=draft.label,
            )
        )
    return tuple(facts)


def _people_first(context: Context, draft: Draft) -> list[Ref]:
    """Participants; a country or body of which a person is named stands aside."""
    people = [r for r in draft.participants if r.startswith("person-")]
    spoken_for = {c for p in people for c in ([draft.behalf[p]] if p in draft.behalf else context.countries_of(p)[:1])}
    return people + [r for r in draft.participants if r not in people and r not in spoken_for]
