"""What a passage names, and which properties of a fact rest on it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from kgculture.graph import fields
from kgculture.graph.scope import entities

if TYPE_CHECKING:
    from collections.abc import Collection

    from kgculture.model import ArticleFacts, Fact, PartialDate, Passage, Ref


class Mentions:
    """Where an article names its entities."""

    def __init__(self, facts: ArticleFacts, refs: Collection[Ref]) -> None:
        found = [
            (span, entity.id)
            for entity in entities(facts)
            if entity.id in refs
            for span in getattr(entity, "mentions", ())
        ]
        self._spans = sorted(found)
        self._starts = [span.start for span, _ in self._spans]

    def inside(self, passage: Passage) -> set[Ref]:
        """The entities named in a passage."""
        refs: set[Ref] = set()
        for span, ref in self._spans[bisect_left(self._starts, passage.start) :]:
            if span.start >= passage.end:
                break
            if span.end <= passage.end:
                refs.add(ref)
        return refs


def supported(fact: Fact, passage: Passage, text: str, mentions: Mentions) -> set[str]:
    """The properties of a fact that rest on one of its passages.

    Those whose value the passage names; dates where it holds their digits; all else on the first passage, which holds
    the words that made the rule fire. What no passage shows (the day of "on Monday") rests on the first.
    """
    kind = type(fact).__name__
    first = fact.passages[0] == passage
    named = mentions.inside(passage)
    everywhere: set[Ref] = set().union(*(mentions.inside(p) for p in fact.passages))
    props = {prop for prop, ref in fields.entity_arguments(fact) if ref in named or (first and ref not in everywhere)}
    for name, prop in fields.DATE_FIELDS.get(kind, {}).items():
        value = getattr(fact, name)
        if value is None:
            continue
        shown = [p for p in fact.passages if _shows(p.of(text), value)]
        if passage in shown or (first and not shown):
            props.add(prop)
    if first:
        for table in (fields.VALUE_FIELDS, fields.PLAIN_FIELDS, fields.TEXT_FIELDS, fields.FACT_FIELDS):
            props |= {prop for name, prop in table.get(kind, {}).items() if getattr(fact, name) is not None}
        if getattr(fact, "topics", ()):
            props.add("topic")
    return props


def _shows(quote: str, value: PartialDate) -> bool:
    wanted = value.day or value.year
    return wanted is not None and str(wanted) in {n.lstrip("0") for n in re.findall(r"\d+", quote)}
