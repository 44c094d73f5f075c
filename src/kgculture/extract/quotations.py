"""Where an article quotes speech: pairs of quotation marks over one or more sentences of a paragraph, and dialogue after a dash."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kgculture.extract.skeleton import Skeleton
from kgculture.model import Passage

_PAIRS = {"«": "»", "“": "”", "„": "“"}
_MARK = re.compile('[«“„"]')
_DASHES = "—–-"
#: a dash in speech before "said X": after a comma, a full stop or the like
_ASIDE = re.compile(r"[,.!?…]\s+[—–-]\s+")
_LEAST = 20  # characters; shorter ones are titles and phrases


@dataclass(frozen=True, slots=True)
class Quotation:
    """`open` is where it begins with its mark, `close` right after its end; `inner` is what is said; `aside` are words of the
    narrator inside it: "…, — said X. — …"."""

    open: int
    close: int
    inner: Passage
    sentences: tuple[Passage, ...]
    aside: Passage | None = None


def quotations(text: str, skeletons: Sequence[Skeleton]) -> Iterator[Quotation]:
    """The quotations of an article's paragraphs, the outermost of nested ones, in reading order."""
    paragraphs: dict[int, list[Skeleton]] = {}
    for skeleton in skeletons:
        if not skeleton.is_title:
            paragraphs.setdefault(skeleton.paragraph, []).append(skeleton)
    for sentences in paragraphs.values():
        block = Passage(sentences[0].span.start, sentences[-1].span.end)
        spans = [s.span for s in sentences]
        if text[block.start] in _DASHES:
            yield from _dialogue(text, block, spans)
            continue
        for start, end in _marked(text, block):
            if end - start < _LEAST:
                continue
            inner = Passage(start + 1, end - 1)
            inside = tuple(p for p in spans if p.start < end and p.end > start)
            yield from _with_aside(text, start, end, inner, inside)


def _with_aside(text: str, start: int, end: int, inner: Passage, inside: tuple[Passage, ...]) -> Iterator[Quotation]:
    cut = _ASIDE.search(text, inner.start, inner.end)
    if cut:
        stop = _ASIDE.search(text, cut.end(), inner.end)
        aside = Passage(cut.end(), stop.start() + 1 if stop else inner.end)
        if aside.end - aside.start < 160:
            sentence = next((p for p in inside if p.start <= aside.start < p.end), None)
            if sentence:
                yield Quotation(
                    start, min(sentence.end, end), inner, inside, Passage(aside.start, min(aside.end, sentence.end))
                )
    yield Quotation(start, end, inner, inside)


def _dialogue(text: str, block: Passage, spans: list[Passage]) -> Iterator[Quotation]:
    """A paragraph that begins with a dash: speech up to ", — said X" or, without a second dash, to the last ", said X"."""
    start = block.start + 1
    cut = _ASIDE.search(text, start, block.end)
    if cut:
        sentence = next((p for p in spans if p.start <= cut.start() < p.end), None)
        if sentence is None:
            return
        stop = _ASIDE.search(text, cut.end(), block.end)
        aside = Passage(cut.end(), stop.start() + 1 if stop else min(sentence.end, block.end))
        if stop is None:
            yield Quotation(
                block.start, cut.end(), Passage(start, cut.start()), tuple(p for p in spans if p.start < sentence.end)
            )
        else:
            yield Quotation(block.start, sentence.end, Passage(start, block.end), tuple(spans), aside)
        return
    for comma in reversed([m.start() for m in re.finditer(r",", text[spans[-1].start : spans[-1].end])][-3:]):
        close = spans[-1].start + comma
        yield Quotation(block.start, close, Passage(start, close), tuple(spans))


def _marked(text: str, block: Passage) -> Iterator[tuple[int, int]]:
    """Outermost pairs of marks of a paragraph; one that is not closed ends with the last mark of its kind."""
    k = block.start
    while mark := _MARK.search(text, k, block.end):
        k, sign = mark.start(), mark.group()
        if sign in _PAIRS:
            end = _close(text, k, block.end, sign, _PAIRS[sign])
        elif sign == '"' and (k == block.start or not text[k - 1].isalnum()):
            found = text.find('"', k + 1, block.end)
            end = found + 1 if found >= 0 else 0
        else:
            end = 0
        if end:
            yield k, end
            k = end
        else:
            k += 1


def _close(text: str, start: int, stop: int, opening: str, closing: str) -> int:
    depth, last = 0, 0
    for k in range(start, stop):
        if text[k] == opening:
            depth += 1
        elif text[k] == closing:
            depth -= 1
            last = k + 1
            if not depth:
                return last
    return last
