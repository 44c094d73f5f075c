"""Finds names in a text in whatever form they stand there, and draws a sentence with what was found under it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kgculture.evaluate.findings import Names
from kgculture.model import Passage

#: (start, end, label), by code points of the text
Mark = tuple[int, int, str]
_WORD = re.compile(r"\w+(?:[-’']\w+)*")
_END = re.compile(r"(?<=[.!?…])[»”\"')\]]*\s+(?=[«“\"(\[]?[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ])|\n+")
#: letters of a word that inflection may change; a word keeps at least so many
_CHANGES, _KEPT = 2, 4


def sentences(text: str) -> list[Passage]:
    """The text cut at ends of sentences and of lines: to show them; rules cut more carefully."""
    cuts = [(m.start(), m.end()) for m in _END.finditer(text)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    return [Passage(s, e) for s, e in zip(starts, ends, strict=True) if text[s:e].strip()]


def marks(text: str, passage: Passage, names: Iterable[Names]) -> list[Mark]:
    """Where a passage names the given things: runs of words that begin as words of their names do, half of a name at least."""
    words = [(m.start() + passage.start, m.end() + passage.start, m.group()) for m in _WORD.finditer(passage.of(text))]
    found: set[Mark] = set()
    for label, forms in names:
        named = [_stems(form) for form in forms]
        for run in _runs(text, words, frozenset().union(*named)):
            hit = {stem for _, _, word in run for stems in named for stem in stems if _begins(word, stem)}
            if any(2 * len(stems & hit) >= len(stems) for stems in named if stems):
                found.add((run[0][0], run[-1][1], label))
    return sorted(found)


def _stems(form: str) -> frozenset[str]:
    """What the words of a name that tell it apart begin with: the capitalised ones, if it has such."""
    words = _WORD.findall(form)
    telling = [word for word in words if not word[:1].islower() and len(word) > 2]
    return frozenset(map(_stem, telling or words))


def _runs(text: str, words: list[tuple[int, int, str]], stems: frozenset[str]) -> Iterator[list[tuple[int, int, str]]]:
    """Words one after the other, nothing but space between, that each begin as one of the stems."""
    run: list[tuple[int, int, str]] = []
    for one in words:
        fits = any(_begins(one[2], stem) for stem in stems)
        if run and (not fits or text[run[-1][1] : one[0]].strip()):
            yield run
            run = []
        if fits:
            run.append(one)
    if run:
        yield run


def _stem(word: str) -> str:
    return word[: max(_KEPT, len(word) - _CHANGES)]


def _begins(word: str, stem: str) -> bool:
    """Whether a word is the stem with an ending, not another, longer word."""
    if not word or word[0] != stem[0] or not word.startswith(stem):
        return False
    return len(word) - len(stem) <= (_CHANGES + 3 if len(stem) >= _KEPT else 0)


def locate(text: str, names: Sequence[Names]) -> Passage | None:
    """The first of the sentences that name most of the given things; None where none names any."""
    best, most = None, 0
    for passage in sentences(text):
        labels = {label for _, _, label in marks(text, passage, names)}
        if len(labels) > most:
            best, most = passage, len(labels)
    return best


def draw(text: str, passage: Passage, found: Iterable[Mark], width: int = 100) -> str:
    """The passage, wrapped, with a line under each line of it that holds a mark: the label and a rule as long as the mark.

    >>> print(draw("Ann met Bob.", Passage(0, 12), [(0, 3, "P1"), (8, 11, "P2")]))
    Ann met Bob.
    P1─     P2─
    """
    found = list(found)
    lines = []
    for start, end in _wrapped(text, passage, width):
        lines.append("".join(" " if c.isspace() else c for c in text[start:end]))
        inside = [(max(s, start) - start, min(e, end) - start, label) for s, e, label in found if s < end and e > start]
        lines += _levels(inside, end - start)
    return "\n".join(lines)


def _wrapped(text: str, passage: Passage, width: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    start = last = None
    for word in re.finditer(r"\S+", passage.of(text)):
        begin, end = word.start() + passage.start, word.end() + passage.start
        if start is None or last is None:
            start = begin
        elif end - start > width:
            lines.append((start, last))
            start = begin
        last = end
    if start is not None and last is not None:
        lines.append((start, last))
    return lines


def _levels(marks: list[Mark], width: int) -> list[str]:
    """Marks that overlap, or whose labels would, go on lines of their own."""
    levels: list[list[str]] = []
    for start, end, label in sorted(marks):
        drawn = label + "─" * (end - start - len(label))
        for level in levels:
            if all(c == " " for c in level[start : start + len(drawn) + 1]) and (not start or level[start - 1] == " "):
                break
        else:
            level = []
            levels.append(level)
        level += " " * (max(width, start + len(drawn)) - len(level))
        level[start : start + len(drawn)] = drawn
    return ["".join(level).rstrip() for level in levels]
