"""At which meeting something was signed, discussed or said."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from kgculture.extract.context import Context
from kgculture.extract.documents import setting
from kgculture.extract.skeleton import Skeleton
from kgculture.model import MeetingFact, PartialDate, Passage


class Occasions:
    """The held meetings of an article, asked by the sentences that speak of what happened there."""

    def __init__(self, context: Context, meetings: Sequence[MeetingFact]) -> None:
        self.context = context
        self.code = context.lexicon.code
        self.meetings = [m for m in meetings if m.status == "Held"]
        self._by_id = {m.id: m for m in self.meetings}
        self._told: dict[Passage, list[MeetingFact]] = {}
        for meeting in self.meetings:
            for passage in meeting.passages:
                self._told.setdefault(passage, []).append(meeting)
        #: where they are told of, in the order of the text, and their places; of two the first stands last
        self._tellings = sorted((p.start, -k) for k, m in enumerate(self.meetings) for p in m.passages)
        self._speaks: dict[str, list[int]] = {}  # format -> sentences that speak of such a meeting
        self._data: dict[str, Any] = context.lexicon.rules.get("agreements") or {}

    def at(self, skeleton: Skeleton, near: bool = False) -> str | None:
        """The meeting at which something is done: one told of in the same sentence, or the one that the sentence refers to."""
        here = self._told.get(skeleton.span, [])
        named = setting(self.code, "agreements", "occasions").search(skeleton.text)
        if not named and not near:
            return None
        if len(here) == 1:
            return here[0].id
        if not named or len(here) > 1:
            return None
        words: tuple[str, ...] = tuple(self._data.get("sessions", ()))
        session = any(w.startswith(words) for w in named.group().split())
        found = next(
            (
                m
                for m in self._latest(skeleton.span.start)
                if m.passages[0].start < skeleton.span.start
                and (not session or m.session_of or m.format in ("Session", "Summit", "Conference"))
            ),
            None,
        )
        return found.id if found else None

    def _latest(self, offset: int) -> Iterator[MeetingFact]:
        """The meetings of which the article tells up to an offset, the one told of last first."""
        for k in range(bisect_right(self._tellings, (offset, 1)) - 1, -1, -1):
            yield self.meetings[-self._tellings[k][1]]

    def day(self, meeting: str | None) -> PartialDate | None:
        """The day of a meeting that took one day; None where it is not told."""
        found = self._by_id.get(meeting or "")
        return found.start if found and found.end in (None, found.start) else None

    def host(self, skeleton: Skeleton) -> MeetingFact | None:
        """The meeting whose sides a document without named parties is between."""
        found = self.at(skeleton, near=True)
        return self._by_id.get(found or "")

    def latest(self, skeleton: Skeleton) -> tuple[MeetingFact | None, list[Skeleton]]:
        """The meeting told of last before a sentence or in it: that of "the sides"; and, where a sentence says "participants of the
        conference", the sentences that speak of a conference."""
        words = set(skeleton.text.split())
        told: list[Skeleton] = []
        wanted: list[tuple[str, set[Passage]]] = []
        for kind, names in self._data.get("formats", {}).items():
            if words & set(names):
                told = self._speaking(kind, names, skeleton.index)
                wanted.append((kind, {s.span for s in told}))
        last = next(
            (
                m
                for m in self._latest(skeleton.span.start)
                if all(m.format == kind or not spans.isdisjoint(m.passages) for kind, spans in wanted)
            ),
            None,
        )
        return last, told

    def _speaking(self, kind: str, names: Sequence[str], before: int) -> list[Skeleton]:
        """The sentences before one that speak of meetings of a format."""
        if kind not in self._speaks:
            self._speaks[kind] = [
                s.index for s in self.context.skeletons if not s.is_title and not set(names).isdisjoint(s.text.split())
            ]
        speaks = self._speaks[kind]
        return [self.context.skeletons[k] for k in speaks[: bisect_left(speaks, before)]]
