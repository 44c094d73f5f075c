"""Topics of passages: concepts of `ontology/topics.ttl` by words of `lexicon/<language>/topics.yaml`.

Names of bodies and titles of persons are no topics: "the Museum of Art signed" speaks of no museum work.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from kgculture.errors import ResourceError
from kgculture.extract.context import Context
from kgculture.extract.documents import setting
from kgculture.extract.skeleton import Skeleton, Unit
from kgculture.lexicon import Phrases, load
from kgculture.model import MeetingFact, Passage
from kgculture.terms import TOPICS

#: how many sentences after the telling of a meeting still tell what was discussed there
_REACH = 10
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@cache
def _words(code: str) -> Phrases[str]:
    """The words by topic; a word under `none` is no topic where it would else be one. Raises ResourceError for an unknown topic."""
    found: Phrases[str] = Phrases()
    for topic, forms in ((load(code).rules.get("topics") or {}).get("words") or {}).items():
        if topic not in TOPICS and topic != "none":
            raise ResourceError(f"lexicon/{code}/topics.yaml: no topic {topic!r} in the scheme")
        for form in forms:
            found.add(form, topic)
    return found


def topics_of(context: Context, passages: Iterable[Passage]) -> tuple[str, ...]:
    """Topics that the passages speak of, in the order of the scheme's keys. A passage may be part of a sentence."""
    phrases = _words(context.lexicon.code)
    topics: set[str] = set()
    for passage in passages:
        for skeleton in context.sentences_in(passage):
            words = _plain(context, skeleton, passage)
            k = 0
            while k < len(words):
                hit = phrases.match(words, k)
                if hit:
                    topics.add(hit[1])
                k += hit[0] if hit else 1
    return tuple(sorted(topics - {"none"}))


def _plain(context: Context, skeleton: Skeleton, passage: Passage) -> list[str]:
    """Words of the part of a sentence that lies in the passage, names left out (`|` in their place)."""
    words: list[str] = []
    done: tuple[int, int] | None = None
    for token, span in zip(skeleton.text.split(), skeleton.offsets, strict=True):
        if (
            span[0] < passage.start and passage.end < span[1] and span != done
        ):  # a short quotation, one unit of its sentence
            words += [m.group() for m in _WORD.finditer(passage.of(context.doc.text).lower())]
            done = span
        if span[0] < passage.start or span[1] > passage.end:
            continue
        if token.startswith("@"):
            unit = skeleton.units[int(token[2:])]
            if span != done:
                words += _lower(context, unit) or ["|"]
        else:
            words += [m.group() for m in _WORD.finditer(token)] or ["|"]
        done = span
    return words


def _lower(context: Context, unit: Unit) -> list[str]:
    """The words of a unit that names nothing of its own: "museum" in "museum work"."""
    if unit.kind not in "OTAZ":
        return []
    text = context.doc.text[unit.start : unit.end]
    return [] if any(c.isupper() for c in text) else [m.group() for m in _WORD.finditer(text)]


# -------------------------------------------------------------------------------------------- what meetings are about


def with_topics(context: Context, meetings: Sequence[MeetingFact]) -> tuple[MeetingFact, ...]:
    """The meetings with the topics that their sides discussed; the sentences that say so join their passages."""
    if not meetings:
        return ()
    spoken: dict[str, list[Passage]] = {}
    told = _Told(meetings)
    discussed = setting(context.lexicon.code, "topics", "discussed")
    for skeleton in context.skeletons:
        if skeleton.is_title or not discussed.search(skeleton.text):
            continue
        meeting = _meeting_of(context, skeleton, told)
        if meeting is not None and topics_of(context, [skeleton.span]):
            spoken.setdefault(meeting.id, []).append(skeleton.span)
            told.add(skeleton.span, meeting)
    found: list[MeetingFact] = []
    for meeting in meetings:
        spans = spoken.get(meeting.id, [])
        if spans:
            wording = " ".join(" ".join(p.of(context.doc.text).split()) for p in spans)
            passages = tuple(sorted({*meeting.passages, *spans}))
            meeting = replace(meeting, topics=topics_of(context, spans), topic_text=wording, passages=passages)
        found.append(meeting)
    return tuple(found)


class _Told:
    """Where meetings are told of, and what was discussed there."""

    def __init__(self, meetings: Sequence[MeetingFact]) -> None:
        self.passages: list[Passage] = []  # in the order of the text
        self.at: dict[Passage, list[MeetingFact]] = {}
        for meeting in meetings:
            for passage in meeting.passages:
                self.add(passage, meeting)

    def add(self, passage: Passage, meeting: MeetingFact) -> None:
        known = self.at.setdefault(passage, [])
        if not known:
            insort(self.passages, passage)
        if meeting not in known:
            known.append(meeting)


def _meeting_of(context: Context, skeleton: Skeleton, told: _Told) -> MeetingFact | None:
    """The one meeting that a sentence speaks of: it tells of it, or follows its telling and names nobody else."""
    here = [m for m in told.at.get(skeleton.span, ()) if skeleton.span in m.passages]
    if len(here) > 1:
        named = {r for u in skeleton.of_kind("PT") for r in u.refs if r.startswith("person-")}
        here = [m for m in here if len(named) >= 2 and named <= set(m.participants)]
        return here[0] if len(here) == 1 else None
    if here:
        return here[0]
    before = bisect_left(told.passages, skeleton.span)
    if not before:
        return None
    last = told.passages[before - 1]
    if len(told.at[last]) > 1:
        return None
    meeting = told.at[last][0]
    index = next((s.index for s in context.sentences_in(last) if s.span == last), skeleton.index)
    people = {r for u in skeleton.of_kind("PT") for r in u.refs if r.startswith("person-")}
    persons = any(r.startswith("person-") for r in meeting.participants)
    return (
        meeting if skeleton.index - index <= _REACH and (people <= set(meeting.participants) or not persons) else None
    )
