"""At which meeting something was signed, discussed or said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kgculture.extract.context import Context
from kgculture.extract.documents import setting
from kgculture.extract.skeleton import Skeleton
from kgculture.model import MeetingFact, PartialDate


class Occasions:
    """The held meetings of an article, asked by the sentences that speak of what happened there."""

    def __init__(self, context: Context, meetings: Sequence[MeetingFact]) -> None:
        self.context = context
        self.code = context.lexicon.code
        self.meetings = [m for m in meetings if m.status == "Held"]
        self._data: dict[str, Any] = context.lexicon.rules.get("agreements") or {}

    def at(self, skeleton: Skeleton, near: bool = False) -> str | None:
        """The meeting at which something is done: one told of in the same sentence, or the one that the sentence refers to."""
        here = [m for m in self.meetings if skeleton.span in m.passages]
        named = setting(self.code, "agreements", "occasions").search(skeleton.text)
        if not named and not near:
            return None
        if len(here) == 1:
            return here[0].id
        before = [m for m in self.meetings if min(m.passages).start < skeleton.span.start]
        if not named:
            return None
        words: tuple[str, ...] = tuple(self._data.get("sessions", ()))
        if any(w.startswith(words) for w in named.group().split()):
            before = [m for m in before if m.session_of or m.format in ("Session", "Summit", "Conference")]
        if not before or len(here) > 1:
            return None
        return max(before, key=lambda m: max(p.start for p in m.passages if p.start <= skeleton.span.start)).id

    def day(self, meeting: str | None) -> PartialDate | None:
        """The day of a meeting that took one day; None where it is not told."""
        found = next((m for m in self.meetings if m.id == meeting), None)
        return found.start if found and found.end in (None, found.start) else None

    def host(self, skeleton: Skeleton) -> MeetingFact | None:
        """The meeting whose sides a document without named parties is between."""
        found = self.at(skeleton, near=True)
        return next((m for m in self.meetings if m.id == found), None)

    def latest(self, skeleton: Skeleton) -> tuple[MeetingFact | None, list[Skeleton]]:
        """The meeting told of last before a sentence or in it: that of "the sides"; and, where a sentence says "participants of the
        conference", the sentences that speak of a conference."""
        before = [m for m in self.meetings if min(m.passages).start <= skeleton.span.start]
        words = set(skeleton.text.split())
        told: list[Skeleton] = []
        for kind, names in self._data.get("formats", {}).items():
            if words & set(names):
                told = [
                    s
                    for s in self.context.skeletons[: skeleton.index]
                    if set(s.text.split()) & set(names) and not s.is_title
                ]
                spans = {s.span for s in told}
                before = [m for m in before if m.format == kind or spans & set(m.passages)]
        last = max(
            before, key=lambda m: max(p.start for p in m.passages if p.start <= skeleton.span.start), default=None
        )
        return last, told
