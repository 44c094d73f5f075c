"""Events that one sentence lists: "an exhibition at the Art Museum and screenings at the Splendid Palace"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from kgculture.extract.context import Context
from kgculture.extract.event_drafts import EventDraft
from kgculture.extract.event_nouns import EventNoun
from kgculture.extract.event_setting import Setting
from kgculture.extract.frames import Match, dates_in
from kgculture.extract.skeleton import Skeleton, Unit
from kgculture.lexicon import alternatives
from kgculture.model import Ref

#: Words before an event within which a joiner joins it to the one before.
_LEAD = 3


def listed(
    context: Context,
    words: dict[str, Any],
    setting: Setting,
    skeleton: Skeleton,
    nouns: Sequence[EventNoun],
    told: list[EventDraft],
    note: Callable[[EventDraft, Skeleton], None],
) -> None:
    """What is said of one event goes for the other that "and" joins to it, adds to `told`. `words`: the lexicon's settings of events.

    Where places or dates stand between the two, each has those that follow it. `note` is told of each event that is found so.
    """
    tokens = skeleton.text.split(" ")[:-1]
    at = [next(k for k, w in enumerate(tokens) if w == f"@V{_number(skeleton, noun)}") for noun in nouns]
    places = [*at, len(tokens)]
    pairs = list(enumerate(pairwise(nouns)))
    for k, (first, second) in [*pairs, *reversed(pairs)]:
        apart = _joined(context, words, tokens[at[k] + 1 : at[k + 1]], tokens[at[k + 1] : places[k + 2]])
        if apart is None or first.refers or second.refers or first.draft is second.draft:
            continue
        for known, other, own in ((first, second, k + 1), (second, first, k)):
            if not _carries(known.draft, other.draft, told):
                continue
            source, target = known.draft, other.draft
            assert source is not None and target is not None
            target.tell(source.rule, source.status, source.weight, source.confidence)
            target.part_of, target.elsewhere = source.part_of, source.elsewhere
            if apart:
                zone = _zone(skeleton, tokens, places[own], places[own + 1])
                _own(setting, zone, source, target, other, skeleton, at[0])
                if own > k and set(words.get("clause_words", ())) & set(tokens[at[k] + 1 : at[k + 1]]):
                    source.start, source.end = source.start or target.start, source.end or target.end
            else:
                target.start, target.end = source.start, source.end
                target.place, target.venue = source.place, source.venue
            note(target, skeleton)
            told += [] if target in told else [target]


def _number(skeleton: Skeleton, noun: EventNoun) -> int:
    return next(k for k, u in enumerate(skeleton.units) if u.kind == "V" and u.value is noun)


def _joined(context: Context, words: dict[str, Any], between: Sequence[str], after: Sequence[str]) -> bool | None:
    """Whether something named parts two events that a joiner joins; None where none joins them.

    `after`: the second one's words; if no verb is among them, it is the one before: "an exhibition will be held in A and a concert in B".
    """
    lead = between[-_LEAD:]
    joiner = max((k for k, w in enumerate(lead) if w in context.lexicon.joiners), default=-1)
    if joiner < 0 or any(w.startswith("@") for w in lead[joiner:]):
        return None
    named = any(w.startswith("@") for w in between)
    clause = set(words.get("clause_words", ()))
    gap = joiner == len(lead) - 1 and not clause & set(after)
    if named and (not clause or (clause & set(between) and not gap) or {";", ":"} & set(between)):
        return None
    return named


def _carries(known: EventDraft | None, other: EventDraft | None, told: Sequence[EventDraft]) -> bool:
    """Whether what is told of one event can go for another that nothing says to take place."""
    if known is None or other is None or known not in told or not known.status:
        return False
    return not other.several and not other.status


def _zone(skeleton: Skeleton, tokens: Sequence[str], begin: int, end: int) -> Skeleton:
    """The words from an event to the next one."""
    text = "".join(f"{w} " for w in tokens[begin:end])
    return Skeleton(
        skeleton.index, skeleton.span, skeleton.paragraph, False, text, skeleton.units, skeleton.offsets[begin:end]
    )


def _own(
    setting: Setting,
    zone: Skeleton,
    known: EventDraft,
    target: EventDraft,
    noun: EventNoun,
    skeleton: Skeleton,
    first: int,
) -> None:
    """The place and the days that stand in an event's own words; the days that the sentence begins with go for all."""
    own = re.match(r"@V\d+ ", zone.text)
    assert own is not None
    match = Match(noun.rule, zone, own)
    setting.where(match, target, noun)
    here = [u for u in dates_in(skeleton) if f"@{u.kind}{skeleton.units.index(u)} " in zone.text]
    if here:
        target.start, target.end = here[0].value.start, here[0].value.end
        return
    opening = " ".join(skeleton.text.split(" ")[:first]) + " "
    if any(f"@{u.kind}{skeleton.units.index(u)} " in opening for u in dates_in(skeleton)):
        target.start, target.end = known.start, known.end


def titles_in_row(context: Context, skeleton: Skeleton, titles: Sequence[Unit]) -> list[tuple[Unit, Skeleton]]:
    """The titles of a rule and those that joiners add to them, each with the words that say where and when it is shown.

    "A will be shown at the Opera on May 5 and B at the Palace on May 6"; what follows "A and B" goes for both.
    """
    tokens = skeleton.text.split(" ")[:-1]
    first = min(tokens.index(f"@{u.kind}{skeleton.units.index(u)}") for u in titles)
    at = [k for k in range(first, len(tokens)) if tokens[k].startswith("@Q")]
    at = [k for k in at if k == first or any(t in context.lexicon.joiners for t in tokens[max(0, k - _LEAD) : k])]
    found: list[tuple[Unit, Skeleton]] = []
    end, zone = len(tokens), (first, len(tokens))
    for k in reversed(at):
        if not found or any(t[:2] in ("@D", "@O", "@L") for t in tokens[k:end]):
            zone = k, end
        end = k
        found.append((skeleton.units[int(tokens[k][2:])], _zone(skeleton, tokens, *zone)))
    return found[::-1]


def cities_in_row(context: Context, skeleton: Skeleton) -> list[Ref]:
    """The cities that a preposition of place and joiners put in a row: "in Khiva and Urgench"."""
    at = alternatives(tuple(context.lexicon.settings.get("place_prepositions", ())))
    joined = rf"(?:(?:{alternatives(context.lexicon.joiners)}) )+"
    row = re.search(rf"(?<![^ ])(?:{at}) @L\d+ (?:{joined}(?:(?:{at}) )?@L\d+ )+", skeleton.text)
    units = skeleton.units_in(row.group()) if row else []
    return list(dict.fromkeys(r for u in units for r in u.refs))
