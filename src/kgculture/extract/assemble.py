"""The frames in their order, and what they found put together."""

from __future__ import annotations

from kgculture.extract.agreements import agreement_facts
from kgculture.extract.context import Context
from kgculture.extract.event_facts import event_facts, with_occasions
from kgculture.extract.events import EventFrame
from kgculture.extract.evidence import place_facts
from kgculture.extract.meeting_drafts import meeting_facts
from kgculture.extract.meetings import MeetingFrame
from kgculture.extract.proposals import proposal_facts
from kgculture.extract.sides import read_sides
from kgculture.extract.statements import statement_facts
from kgculture.extract.tenures import tenure_facts
from kgculture.extract.topics import with_topics
from kgculture.model import ArticleFacts


def assemble(context: Context, version: str) -> ArticleFacts:
    """Run every frame over an article's context and collect the facts."""
    drafts = MeetingFrame(context).read()
    sides = read_sides(context)
    for draft in drafts:
        for ref in draft.participants:
            if ref in sides:
                draft.behalf.setdefault(ref, sides[ref])
        sides.update(draft.behalf)
    offices, tenures = tenure_facts(context, sides)
    country_of = {o.id: o.country for o in offices}
    for draft in drafts:  # of whom only the setting tells the country, they stand for it all the same
        for tenure in tenures:
            country = country_of[tenure.office]
            if tenure.inferred and country and tenure.holder in draft.participants:
                draft.behalf.setdefault(tenure.holder, country)
    meetings = meeting_facts(context, drafts)
    states = {o.id for o in offices if o.ministerial}
    homes = {t.holder: c for t in tenures if t.inferred and t.office in states and (c := country_of[t.office])}
    agreements = agreement_facts(context, meetings, homes)
    frame = EventFrame(context)
    frame.read()
    events, works = event_facts(context, frame)
    meetings = with_occasions(frame, meetings)
    meetings = with_topics(context, meetings)
    statements = statement_facts(context, meetings)
    proposals = proposal_facts(context, events, meetings, agreements)
    return ArticleFacts(
        context.doc.article,
        persons=context.persons.facts(context.spans),
        organizations=context.organizations.facts(context.spans),
        places=place_facts(context),
        offices=offices,
        tenures=tenures,
        meetings=meetings,
        events=events,
        works=works,
        agreements=agreements,
        statements=statements,
        proposals=proposals,
        extractor=version,
    )
