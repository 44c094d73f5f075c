"""Topics of passages: concepts of `ontology/topics.ttl` by words of `lexicon/<language>/topics.yaml`.

Names of bodies and titles of persons are no topics: "the Museum of Art signed" speaks of no museum work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kgculture.errors import ResourceError
from kgculture.extract.context import Context
from kgculture.extract.skeleton import Skeleton, Unit
from kgculture.lexicon import Phrases, load
from kgculture.model import Passage
from kgculture.terms import TOPICS

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
        for skeleton in context.skeletons:
            if skeleton.span.end <= passage.start or skeleton.span.start >= passage.end:
                continue
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
