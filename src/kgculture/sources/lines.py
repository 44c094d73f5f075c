"""The lines of a page and what each is by itself: prose, a headline, or furniture of some kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgculture.sources import dates, furniture

if TYPE_CHECKING:
    from kgculture.sources.dates import Found
    from kgculture.sources.furniture import Furniture

FULL_STOP = re.compile(r"[.!?…][\"»”’'“)\]]*$")
_STOP = re.compile(r"(?:[.;:,]|…)[\"»”’'“)\]]*$")
_ASK = re.compile(r"[!?…][\"»”’'“)\]]*$")
_TAG = re.compile(r"#\w+(?:[\s,]*#\w+)*\s*|(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_RULE = re.compile(r"[\W_]+")
_GAPS = re.compile(r"\S {2,}\S")
#: A line of so many words is prose, even without a full stop.
_LONG = 25
#: Longer lines are not compared with the patterns of furniture.
_FURNITURE_LENGTH = 600


@dataclass(slots=True)
class Line:
    start: int
    end: int
    text: str
    words: int
    kind: str = ""  # "", furniture, credit, date, aside, inline, end, notice, role
    gap: bool = False  # an empty line stands before it
    masked: bool = False
    dates: tuple[Found, ...] = ()

    @property
    def prose(self) -> bool:
        """A sentence or more, not a headline."""
        if self.kind:
            return False
        if self.words >= _LONG:
            return True
        if _ASK.search(self.text):
            return self.words > 15
        return self.words >= 5 and bool(_STOP.search(self.text))


def split(text: str, begin: int) -> list[Line]:
    """Lines with something in them."""
    lines: list[Line] = []
    gap = False
    position = begin
    while position < len(text):
        stop = text.find("\n", position)
        stop = len(text) if stop < 0 else stop
        raw = text[position:stop]
        stripped = raw.strip()
        if stripped:
            start = position + len(raw) - len(raw.lstrip())
            words = len(stripped.split(None, 2 * _LONG))
            lines.append(Line(start, start + len(stripped), stripped, words, gap=gap))
        gap = not stripped
        position = stop + 1
    return lines


def classify(line: Line, wording: Furniture) -> None:
    """Sets `kind` and `dates` of a line; `kind` stays empty for what may be text."""
    if len(line.text) > _FURNITURE_LENGTH:
        return
    if line.words >= _LONG:  # mostly prose: only what a long line of furniture begins with
        plain = furniture.norm(line.text)
        if wording.notice.match(plain):
            line.kind = "notice"
        elif (
            ":" in plain[:30] and line.words <= 2 * _LONG and not FULL_STOP.search(plain) and wording.label.match(plain)
        ):
            line.kind = "furniture"
        return
    plain = furniture.norm(line.text)
    bare = plain.strip(furniture.ORNAMENT + '“”"') or plain
    if _RULE.fullmatch(plain):
        line.kind = "furniture"
        return
    line.dates = tuple(dates.find(line.text))
    if line.words <= 20 and dates.is_date_line(line.text):
        line.kind = "date"
        return
    sentence = line.words >= 5 and plain.endswith((".", ".»", ".”")) and not plain.endswith("...")
    if sentence and not wording.notice.match(plain):
        if wording.credit.fullmatch(f". {line.text}"):
            line.kind = "credit"
        elif wording.label.match(plain) and ":" in plain[:40]:
            line.kind = "furniture"
    elif wording.end.fullmatch(bare):
        line.kind = "end"
    elif wording.aside.fullmatch(bare):
        line.kind = "aside"
    elif wording.aside_inline.fullmatch(bare):
        line.kind = "inline"
    elif wording.credit.fullmatch(f". {line.text}") and line.words <= 20:
        line.kind = "credit"
    elif wording.is_button(bare) or wording.is_button(plain) or _TAG.fullmatch(plain) or wording.label.fullmatch(bare):
        line.kind = "furniture"
    elif wording.notice.fullmatch(bare):
        line.kind = "notice"
    elif line.words <= 20 and _bar(line, wording):
        line.kind = "date" if line.dates else "furniture"


def _bar(line: Line, wording: Furniture) -> bool:
    """A row of buttons, counters and dates between separators, with at most short names of categories among them."""
    if _GAPS.search(line.text) and line.text.isupper():
        return True  # TAGS  IN  CAPITALS
    parts = furniture.parts(line.text)
    if len(parts) < 2:
        return False
    crumbs = len(parts) > 2 and wording.is_button(parts[0]) and all(len(p.split()) <= 4 for p in parts[:-1])
    if crumbs and not line.dates:  # the path to the page, with its headline at the end
        return True
    known = [wording.is_button(p) or bool(wording.label.fullmatch(p)) or not dates.rest(p) for p in parts]
    if all(known):
        return True
    others = [p for p, k in zip(parts, known, strict=True) if not k]
    return any(known) and all(len(p.split()) <= 4 and not FULL_STOP.search(p) for p in others)
