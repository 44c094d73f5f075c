"""Which field of which fact becomes which property: the one place where the model meets the vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgculture.model import Fact, MeetingFact, Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

#: kind of fact -> its fields that hold references to entities -> property
ENTITY_FIELDS: dict[str, dict[str, str]] = {
    "TenureFact": {"holder": "holder", "office": "office"},
    "MeetingFact": {
        "participants": "participant",
        "chairs": "chair",
        "heads_of_side": "headOfSide",
        "session_of": "sessionOf",
        "place": "place",
        "venue": "venue",
    },
    "AgreementFact": {"parties": "party", "signatories": "signatory", "place": "place"},
    "EventFact": {
        "presents": "presents",
        "organizers": "organizer",
        "participants": "participant",
        "heads_of_side": "headOfSide",
        "performers": "performer",
        "works": "work",
        "works_by": "worksBy",
        "supporters": "supporter",
        "place": "place",
        "venue": "venue",
    },
    "StatementFact": {"speaker": "speaker", "about": "about"},
    "ProposalFact": {"proposer": "proposer", "supporters": "supporter"},
}

#: fields that hold the id of another fact -> property
FACT_FIELDS: dict[str, dict[str, str]] = {
    "MeetingFact": {"part_of": "partOf"},
    "EventFact": {"part_of": "partOf"},
    "AgreementFact": {"signed_during": "signedDuring", "discussed_at": "discussedAt"},
    "StatementFact": {"occasion": "occasion"},
    "ProposalFact": {"proposes": "proposes", "proposed_at": "proposedAt"},
}

DATE_FIELDS: dict[str, dict[str, str]] = {
    "MeetingFact": {"start": "startDate", "end": "endDate"},
    "EventFact": {"start": "startDate", "end": "endDate"},
    "AgreementFact": {"signed_on": "signedOn", "period_start": "periodStart", "period_end": "periodEnd"},
}

#: fields that hold the local name of a value of the ontology
VALUE_FIELDS: dict[str, dict[str, str]] = {
    "TenureFact": {"status": "tenureStatus"},
    "MeetingFact": {"status": "status", "format": "format"},
    "EventFact": {"status": "status"},
    "AgreementFact": {"type": "agreementType", "stage": "stage", "status": "status"},
    "StatementFact": {"mode": "mode"},
}

#: fields that hold a number or a truth
PLAIN_FIELDS: dict[str, dict[str, str]] = {
    "MeetingFact": {"ordinal": "ordinal"},
    "EventFact": {"ordinal": "ordinal", "work_count": "workCount"},
}

#: fields that hold words of the article
TEXT_FIELDS: dict[str, dict[str, str]] = {
    "MeetingFact": {"topic_text": "topicText"},
    "EventFact": {"topic_text": "topicText"},
    "AgreementFact": {"topic_text": "topicText"},
    "StatementFact": {"text": "text"},
}

#: properties that a Report repeats as its passage gives them
REPORTED = frozenset({"startDate", "endDate", "signedOn", "periodStart", "periodEnd", "place", "venue", "status"})


def entity_arguments(fact: Fact) -> Iterator[tuple[str, Ref]]:
    """(property, reference) for every entity that a fact names."""
    for name, prop in ENTITY_FIELDS[type(fact).__name__].items():
        value = getattr(fact, name)
        for ref in value if isinstance(value, tuple) else (value,):
            if ref is not None:
                yield prop, ref


def all_references(fact: Fact) -> set[Ref]:
    """Every entity that a fact cannot be told without."""
    refs = {ref for _, ref in entity_arguments(fact)}
    if isinstance(fact, MeetingFact):
        for part in fact.participations:
            refs.add(part.who)
            if part.on_behalf_of:
                refs.add(part.on_behalf_of)
    return refs


def class_of(fact: Fact) -> str:
    """The class of the canonical node of a fact."""
    name = type(fact).__name__.removesuffix("Fact")
    return str(getattr(fact, "kind", "CulturalEvent")) if name == "Event" else name
