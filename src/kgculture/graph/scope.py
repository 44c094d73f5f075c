"""What of an article is told once some of it is withheld."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgculture.graph.fields import all_references
from kgculture.model import ArticleFacts, OfficeFact, OrganizationFact, PersonFact, PlaceFact, Ref, WorkFact

if TYPE_CHECKING:
    from collections.abc import Iterable

Entity = PersonFact | OrganizationFact | PlaceFact | OfficeFact | WorkFact


def entities(facts: ArticleFacts) -> tuple[Entity, ...]:
    return (*facts.persons, *facts.organizations, *facts.places, *facts.offices, *facts.works)


def is_place(ref: Ref) -> bool:
    """Whether a reference is to a place of the shared gazetteer."""
    return ref.startswith(("country-", "city-", "region-"))


def references(entity: Entity) -> tuple[Ref, ...]:
    """Other entities that an entity's description names."""
    if isinstance(entity, OrganizationFact):
        found: tuple[Ref | None, ...] = (entity.country, entity.place)
    elif isinstance(entity, OfficeFact):
        found = (entity.country, entity.organization)
    elif isinstance(entity, WorkFact):
        found = entity.based_on_works_by
    else:
        found = ()
    return tuple(ref for ref in found if ref is not None)


class Scope:
    """The facts and entities of one article that stay when `withheld` (ids of facts, references of entities) go.

    A fact goes with any entity it needs, and a Proposal with what it proposes; an entity goes when only facts that went
    spoke of it.
    """

    def __init__(self, facts: ArticleFacts, withheld: Iterable[str] = ()) -> None:
        gone = set(withheld)
        known = {e.id: e for e in entities(facts)}
        self._settle(facts, known, gone)
        self.fact_ids = {fact.id for fact in facts.facts if fact.id not in gone}
        told = _reach((f for f in facts.facts), known)
        kept = _reach((f for f in facts.facts if f.id in self.fact_ids), known)
        everywhere = set(known) | {ref for ref in told if is_place(ref)}
        self.refs = {ref for ref in everywhere if ref not in gone and (ref in kept or ref not in told)}
        # what a merely named entity is described by (the country of a body) must be there as well
        for ref in sorted(self.refs & set(known)):
            self.refs |= {other for other in references(known[ref]) if is_place(other)}
        #: facts that go although no shape named them -> what they needed
        self.dragged: dict[str, str] = self._because

    def _settle(self, facts: ArticleFacts, known: dict[Ref, Entity], gone: set[str]) -> None:
        self._because: dict[str, str] = {}
        before = -1
        while before != len(gone):
            before = len(gone)
            for entity in known.values():
                if entity.id not in gone and (lost := gone.intersection(references(entity))):
                    gone.add(entity.id)
                    self._because[entity.id] = min(lost)
            for fact in facts.facts:
                needed = all_references(fact) | {getattr(fact, "proposes", fact.id)}
                if fact.id not in gone and (lost := gone & needed):
                    gone.add(fact.id)
                    self._because[fact.id] = min(lost)


def _reach(facts: Iterable[object], known: dict[Ref, Entity]) -> set[Ref]:
    reached: set[Ref] = set()
    todo = [ref for fact in facts for ref in all_references(fact)]  # type: ignore[arg-type]
    while todo:
        ref = todo.pop()
        if ref not in reached:
            reached.add(ref)
            if ref in known:
                todo += references(known[ref])
    return reached
