"""Titles of events without quotation marks: "an exhibition titled Treasures of the Steppe"."""

from __future__ import annotations

import re
from typing import Any

from kgculture.extract.context import Context
from kgculture.extract.event_nouns import EventNoun
from kgculture.extract.skeleton import Skeleton
from kgculture.lexicon import alternatives

_TITLE_WORDS = 12
_SIGNS = (":", "-", "–", "—")


def named_after(context: Context, skeleton: Skeleton, noun: EventNoun, words: dict[str, Any]) -> str | None:
    """The capitals that stand after "titled" right after the event, or after "under the title" later in its sentence; else None.

    `words`: `naming` (right after the noun), `naming_anywhere`, `title_links` of the lexicon; a language without them has none.
    """
    text = skeleton.text
    if noun.refers or noun.several or not words.get("naming"):
        return None
    unit = next((k for k, u in enumerate(skeleton.units) if u.kind == "V" and u.value is noun), None)
    at = text.find(f"@V{unit} ")
    if unit is None or at < 0:
        return None
    rest = text[at:].split(" ", 1)[1]
    offset = len(text) - len(rest)
    near = alternatives(tuple(words["naming"]))
    far = alternatives(tuple(words.get("naming_anywhere", ())))
    cue = re.match(rf"(?:, )?(?:{near}) ", rest) or re.search(rf"(?<![^ ])(?:{far}) ", rest.split("@V")[0])
    if cue is None and noun.definite and words.get("naming_bare") and not rest.startswith("@"):
        words = {**words, "title_links": words["naming_bare"]}
        return _capitals(context, skeleton, text.count(" ", 0, offset), words)  # "the concert Songs of the Steppe"
    return _capitals(context, skeleton, text.count(" ", 0, offset + cue.end()), words) if cue else None


def _capitals(context: Context, skeleton: Skeleton, first: int, words: dict[str, Any]) -> str | None:
    """The run of capitals that begins at a word; small linking words and signs only between two of them."""
    source, links = context.doc.text, (*words.get("title_links", ()), *_SIGNS, "'s")
    tokens = skeleton.text.split(" ")[:-1]
    last, count = None, 0
    for k in range(first, min(len(tokens), first + _TITLE_WORDS)):
        start, end = skeleton.offsets[k]
        said = source[start:end]
        quoted = tokens[k].startswith(("@Q", "@V"))
        if not quoted and (said[:1].isupper() or (last == k - 1 and said[:1].isdigit())):
            last, count = k, count + len(said.split())
        elif last is None or quoted or tokens[k] not in links:
            break
    if last is None or count < 2:  # one word alone may be anything
        return None
    title = source[skeleton.offsets[first][0] : skeleton.offsets[last][1]]
    return " ".join(title.split())
