"""Which entities of an article go into its facts: those that a fact names, with all their mentions."""

from __future__ import annotations

from kgculture.extract.context import Context
from kgculture.model import PlaceFact


def place_facts(context: Context) -> tuple[PlaceFact, ...]:
    """Every place that the article names, with its mentions."""
    return tuple(
        PlaceFact(ref, tuple(sorted(set(spans))))
        for ref, spans in sorted(context.spans.items())
        if ref.partition("-")[0] in ("country", "city", "region")
    )
