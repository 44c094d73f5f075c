"""Where the rules of the event frame hold in a sentence whose events are units of kind V."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from kgculture.extract.frames import Match, Rule, Rules
from kgculture.extract.skeleton import Skeleton

_UNIT = re.compile(r"@([A-Z])(\d+) ")


def bodies_fit(match: Match) -> bool:
    """Whether the bodies named in a rule's slots are of the sectors that it wants: what a theatre shows is a play."""
    wanted = match.rule.get("sectors")
    named = [u for slot in ("PERF", "VENUE") for u in match.units(slot) if u.kind == "O"]
    return not wanted or all(u.value.head.sector in wanted for u in named)


def event_matches(
    skeleton: Skeleton,
    found: Sequence[Rule],
    frames: Set[int] = frozenset(),
    breaks: re.Pattern[str] | None = None,
    relative: re.Pattern[str] | None = None,
) -> Iterator[Match]:
    """Every place where a rule holds, by any of its patterns, rule by rule; none that passes over an event it does not speak of.

    `frames`: offsets of events in which others take place; what is said of the others is not said of these. `breaks`: what parts two
    clauses, which no rule passes over. `relative`: how a clause begins that speaks of the noun before it; any without.
    """
    text = skeleton.text
    for rule, bits in Rules.of(found).possible(skeleton):
        seen: list[tuple[int, int]] = []
        barred: bool | None = None
        for pattern, wanted in zip(rule.patterns, rule.wanted, strict=True):
            if bits & wanted != wanted:
                continue
            at = 0
            while m := pattern.search(text, at):
                if barred is None:
                    barred = rule.barred(text, bits)
                if barred:
                    break
                match = Match(rule, skeleton, m)
                at = m.start() + 1
                if (
                    any(s < m.end() and m.start() < e for s, e in seen)
                    or not _clean(match, frames, relative)
                    or (breaks and breaks.search(m.group()))
                ):
                    continue
                at = max(at, m.end())
                seen.append(m.span())
                yield match


def _clean(match: Match, frames: Set[int], begins: re.Pattern[str] | None) -> bool:
    """Whether a match holds no event but those of its slots, speaks of no frame, and holds no word that turns its meaning."""
    if not match.rule.get("nowhere") and not match.rule.get("silent"):
        for unit in match.units("E"):
            # "during the Days, which run until May" does speak of the Days
            _, relative, clause = match.match.group().partition(f"@V{match.skeleton.units.index(unit)} , ")
            known = begins.match(clause) if begins else not clause.startswith("@")
            relative = relative if ", " not in clause and known else ""
            if unit.start in frames and not relative:
                return False
    ahead = match.skeleton.text[: match.match.start()].split()[-1:]
    if set(ahead) & set(match.rule.get("never_after", ())):
        return False
    named = [u for name in ("E", "S") for u in match.units(name)]
    inner = [match.skeleton.units[int(m.group(2))] for m in _UNIT.finditer(match.match.group()) if m.group(1) == "V"]
    return all(u in named for u in inner) and not set(match.rule.get("never", ())) & set(match.match.group().split())
