"""Proposals: who proposed a planned event, meeting or document, and who supported it."""

from __future__ import annotations

from collections.abc import Sequence

from kgculture.extract.context import Context
from kgculture.extract.frames import Match, matches, rules
from kgculture.model import AgreementFact, EventFact, MeetingFact, Passage, ProposalFact, Ref


def proposal_facts(
    context: Context, events: Sequence[EventFact], meetings: Sequence[MeetingFact], agreements: Sequence[AgreementFact]
) -> tuple[ProposalFact, ...]:
    """The proposals of an article in reading order. What is proposed is the planned fact that the same sentence tells of."""
    found: dict[str, ProposalFact] = {}
    for skeleton in context.skeletons:
        for match in matches(skeleton, rules(context.lexicon.code, "proposals")):
            target = _proposed(skeleton.span, events, meetings, agreements)
            supporters = _people(match, "SUP")
            proposers = [r for r in _people(match, "S") if r not in supporters]
            if target is None or len(proposers) != 1:
                continue
            known = found.get(target)
            proposer = known.proposer if known else proposers[0]
            backing = [*(known.supporters if known else ()), *supporters]
            base = [*(known.passages if known else ()), skeleton.span]
            at = (known.proposed_at if known else None) or _occasion(skeleton.span, meetings)
            found[target] = ProposalFact(
                id=known.id if known else f"proposal-{len(found) + 1}",
                rule=known.rule if known else match.rule.id,
                passages=context.passages_for(sorted(set(base)), [proposer, *backing]),
                confidence=match.rule.get("confidence", 0.9),
                proposer=proposer,
                proposes=target,
                supporters=tuple(r for r in dict.fromkeys(backing) if r != proposer),
                proposed_at=at,
            )
    return tuple(found.values())


def _people(match: Match, name: str) -> list[Ref]:
    return list(dict.fromkeys(r for u in match.units(name) for r in u.refs if r.startswith("person-")))


def _proposed(
    span: Passage, events: Sequence[EventFact], meetings: Sequence[MeetingFact], agreements: Sequence[AgreementFact]
) -> str | None:
    """The one planned thing that a sentence tells of."""
    planned = [e.id for e in events if e.status == "Planned" and min(e.passages) <= span and span in e.passages]
    planned = planned or [m.id for m in meetings if m.status == "Planned" and span in m.passages]
    planned = planned or [a.id for a in agreements if a.stage == "Proposed" and span in a.passages]
    return planned[0] if len(planned) == 1 else None


def _occasion(span: Passage, meetings: Sequence[MeetingFact]) -> str | None:
    """The meeting of the same sentence."""
    here = [m.id for m in meetings if m.status == "Held" and span in m.passages]
    return here[0] if len(here) == 1 else None
