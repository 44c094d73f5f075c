"""Events as facts, and the events as part of which meetings were held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from kgculture.extract.context import Context
from kgculture.extract.event_nouns import unquoted
from kgculture.extract.event_rules import event_matches
from kgculture.extract.events import EventFrame
from kgculture.model import EventFact, MeetingFact, WorkFact


def event_facts(context: Context, frame: EventFrame) -> tuple[tuple[EventFact, ...], tuple[WorkFact, ...]]:
    """The frame's events and works as facts, in reading order, with the passages that name every argument."""
    drafts = frame.drafts
    ids = {id(d): f"event-{n}" for n, d in enumerate(drafts, 1)}
    facts: list[EventFact] = []
    for draft in drafts:
        if draft.venue:
            context.organizations.get(draft.venue).venue = True
        title = draft.title
        if title is None and draft.kind == "Performance" and len(draft.works) == 1:
            title = frame.works.get(draft.works[0]).title
        lists = (
            draft.presents,
            draft.organizers,
            draft.participants,
            draft.heads,
            draft.performers,
            draft.works,
            draft.works_by,
            draft.supporters,
        )
        refs = [*(r for refs in lists for r in refs), *(r for r in (draft.place, draft.venue) if r)]
        facts.append(
            EventFact(
                id=ids[id(draft)],
                rule=draft.rule,
                passages=context.passages_for(sorted(set(draft.passages)), refs),
                confidence=draft.confidence,
                kind=draft.kind,
                title=unquoted(title) if title else None,
                place=draft.place,
                venue=draft.venue,
                start=draft.start,
                end=draft.end,
                status=cast("Any", draft.status),
                ordinal=draft.ordinal,
                part_of=ids.get(id(draft.part_of)),
                presents=tuple(draft.presents),
                organizers=tuple(draft.organizers),
                participants=tuple(draft.participants),
                heads_of_side=tuple(draft.heads),
                performers=tuple(draft.performers),
                works=tuple(draft.works),
                works_by=tuple(draft.works_by),
                work_count=draft.count,
                work_count_is_minimum=draft.minimum and draft.count is not None,
                supporters=tuple(draft.supporters),
            )
        )
    shown = {w for d in drafts for w in d.works}
    return tuple(facts), frame.works.facts(shown)


def with_occasions(frame: EventFrame, meetings: Sequence[MeetingFact]) -> tuple[MeetingFact, ...]:
    """The meetings, with the event as part of which a sentence says that they were held."""
    ids = {id(d): f"event-{n}" for n, d in enumerate(frame.drafts, 1)}
    occasions = [
        (m.skeleton.span, ids[id(u.value.draft)])
        for skeleton in frame.skeletons
        for m in event_matches(skeleton, frame.occasions)
        for u in m.units("S")
        if id(u.value.draft) in ids
    ]
    return tuple(
        replace(meeting, part_of=next((event for span, event in occasions if span in meeting.passages), None))
        if meeting.part_of is None
        else meeting
        for meeting in meetings
    )
