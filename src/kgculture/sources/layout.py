"""Where headline, text and furniture of a page are, and the day that it bears.

A page as text is lines. The first line of prose ends the head of the page, the last one begins its tail. In the head stand the headline,
dates, the author and navigation; in the tail signatures, tags and headlines of other articles. What wording furniture has is data
(`furniture.py`); here is only where it may stand. A line in doubt stays text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgculture.model import Passage
from kgculture.sources import dates, furniture
from kgculture.sources.lines import FULL_STOP, Line, classify, split

if TYPE_CHECKING:
    from kgculture.sources.furniture import Furniture

_MARKER = re.compile(r"\s*date[ \t]+(\d{4}-\d{2}-\d{2})(?![\d-])[ \t]*", re.ASCII)
#: "Bishkek, 26.01.09. /Name Surname/. Ten years …"
_REPORTER = re.compile(
    r"[^\W\d_a-zа-я][^/\n]{1,40}?[.,–—-]\s*(/[^\W\d_a-zа-я][^\W\d_]*(?:[\s.-]+[^\W\d_a-zа-я][^\W\d_]*){1,3}/\.?)\s"
)
_INNER_STOP = re.compile(r"[.!?…][\"»”’'“)\]]*\s+\(?\w[^.!?…]{2,}[.)]*$")
_WORD = re.compile(r"[^\W\d_]+")
_BULLETS = "-–—•·*▪■►"
#: Longest headline, in characters and words.
_TITLE_LENGTH, _TITLE_WORDS = 300, 40


@dataclass(frozen=True, slots=True)
class Layout:
    title: Passage | None
    published: str | None
    masks: tuple[Passage, ...]


def lay_out(text: str, title: Passage | None = None) -> Layout:
    """Headline, day and masks of a page. `title` is given where the page's own marks say where its headline stands."""
    wording = furniture.load()
    marker = _MARKER.match(text)
    marked = marker.group(1) if marker and _is_day(marker.group(1)) else None
    begin = marker.end() if marker and marked else 0
    lines = split(text, begin)
    for line in lines:
        if title is None or not title.start <= line.start < title.end:
            classify(line, wording)
    first = next((i for i, line in enumerate(lines) if line.prose and not _within(line, title)), None)
    if first is None:
        plain = [i for i, line in enumerate(lines) if not line.kind and not _within(line, title)]
        # no full stop anywhere: the longest line is the text, a lone headline remains one
        first = max(plain, key=lambda i: (lines[i].words, -i)) if plain else len(lines)
    if title is None:
        title = _title(lines, first)
    _mask_head(lines, first, title, wording)
    stop = _mask_sections(lines, first)
    _mask_tail(lines, first, wording)
    published = marked or _published(lines, first, stop, title)
    for line in lines:
        if line.kind and line.kind not in ("aside", "end", "role"):
            line.masked = True
    spans = [Passage(0, begin)] if begin else []
    spans += [Passage(line.start, line.end) for line in lines if line.masked and not _within(line, title)]
    spans += [span for line in lines if not line.masked for span in _credits(line, wording)]
    return Layout(title, published, tuple(sorted(spans)))


def _is_day(day: str) -> bool:
    return bool(dates.find(day))


def _within(line: Line, title: Passage | None) -> bool:
    return title is not None and title.start <= line.start < title.end


# ------------------------------------------------------------------------------------------------------------ headline


def _is_name(text: str) -> bool:
    """Two or three capitalised words and nothing else: how an author signs."""
    words = text.split()
    return 2 <= len(words) <= 3 and all(
        w[0].isupper() and (len(w) > 1 or w.isalpha()) and all(c.isalpha() or c in "-’'." for c in w) for w in words
    )


def _stems(text: str) -> set[str]:
    return {w[:5].lower() for w in _WORD.findall(text) if len(w) > 3}


def _title(lines: list[Line], first: int) -> Passage | None:
    """The headline: the first line of the head that speaks of what the text speaks of."""
    candidates = [
        (i, line)
        for i, line in enumerate(lines[:first])
        if not line.kind
        and line.words <= _TITLE_WORDS
        and len(_WORD.findall(line.text)) > 1
        and len(line.text) <= _TITLE_LENGTH
        and not _is_crumbs(line.text)
        and not (_is_name(line.text) and not FULL_STOP.search(line.text) and i > 0)
    ]
    if not candidates:
        return None
    undated = [(i, line) for i, line in candidates if not line.dates]
    candidates = undated or candidates
    body = _stems(" ".join(line.text[:1500] for line in lines[first : first + 12] if line.prose))
    shares: list[float] = []
    for _, line in candidates:
        own = _stems(line.text)
        shares.append(len(own & body) / len(own) if own else 0.0)
    # a lead without full stop says more of what follows than any headline: it is no measure
    best = max(
        (share for (_, line), share in zip(candidates, shares, strict=True) if line.words <= 18), default=max(shares)
    )
    for (i, line), share in zip(candidates, shares, strict=True):
        if share >= 0.3 and line.words >= 3 and not (share < best and _is_crowded(lines, i, first)):
            return Passage(line.start, line.end)
    chosen = candidates[shares.index(max(shares))][1]
    if _is_name(chosen.text) and best == 0.0:
        return None  # a byline alone
    return Passage(chosen.start, chosen.end)


def _is_crowded(lines: list[Line], index: int, first: int) -> bool:
    """True for a line right above buttons or a clock, or in a column of short lines: the name of the site or its menu."""
    if index + 1 < first and lines[index + 1].kind and not lines[index + 1].gap:
        return True
    begin = end = index
    while begin > 0 and not lines[begin].gap:
        begin -= 1
    while end + 1 < first and not lines[end + 1].gap:
        end += 1
    return end - begin >= 2


def _is_crumbs(text: str) -> bool:
    parts = furniture.parts(text)
    return len(parts) > 1 and all(len(p.split()) <= 3 for p in parts)


def _mask_head(lines: list[Line], first: int, title: Passage | None, wording: Furniture) -> None:
    for i, line in enumerate(lines[:first]):
        if _within(line, title):
            continue
        short = line.words <= 3 and not FULL_STOP.search(line.text)
        after_name = i > 0 and (lines[i - 1].masked and _is_name(lines[i - 1].text))
        below = title is not None and line.start > title.start
        if below and line.dates and line.words <= 10 and len(dates.rest(line.text).split()) <= 3:
            line.kind = "date"  # "Jane Example, 7 December 2023"
        if line.kind:
            line.masked = True
        elif title is not None and line.start < title.start:
            line.masked = True  # navigation above the headline
        elif (
            (after_name and _is_role(line, wording))
            or short
            or _is_name(line.text)
            or _is_signature(line, wording)
            or _is_crumbs(line.text)
        ):
            line.masked = True
        elif title is not None and any(_within(t, title) and t.text == line.text for t in lines[:first]):
            line.masked = True  # the headline once more
    # a byline may stand between lead and text, with the role under it
    for i in range(first + 1, min(first + 4, len(lines) - 1)):
        if not lines[i].kind and _is_name(lines[i].text) and _is_role(lines[i + 1], wording):
            lines[i].masked = lines[i + 1].masked = True


def _is_role(line: Line, wording: Furniture) -> bool:
    return line.words <= 8 and bool(wording.role.fullmatch(furniture.norm(line.text)))


def _is_signature(line: Line, wording: Furniture) -> bool:
    """A name with what tells an author: "Н. Примерова, корр. УзА", "Jane Example, staff writer", "By Jane Example"."""
    if line.words > 10:
        return False
    before = wording.byline.match(line.text)
    left, comma, right = line.text[before.end() if before else 0 :].rstrip(".").partition(",")
    if before and _is_name(left.strip()):
        return True
    if not comma:
        return False
    named = all(w[0].isupper() for w in left.split()) and len(left.split()) <= 3
    role = furniture.norm(right)
    return named and bool(wording.role.match(role)) and len(role.split()) <= 5


# ---------------------------------------------------------------------------------------------------- sections and tail


def _mask_sections(lines: list[Line], first: int) -> int:
    """Masks headings of other articles and what follows them. Returns the index of the line where the article is over."""
    chars = [len(line.text) if line.prose else 0 for line in lines]
    i = first
    while i < len(lines):
        kind = lines[i].kind
        if kind == "end" and sum(chars[i + 1 :]) <= sum(chars[first:i]):
            for line in lines[i:]:
                line.masked = True
            return i
        if kind in ("aside", "end"):
            lines[i].masked = True
            i += 1
            listed = i < len(lines) and lines[i].text[0] in _BULLETS
            while i < len(lines) and lines[i].kind != "end":
                resumes = lines[i].prose and bool(FULL_STOP.search(lines[i].text))
                if resumes and (lines[i].words >= 8 or (listed and lines[i].text[0] not in _BULLETS)):
                    break
                lines[i].masked = True
                i += 1
            continue
        i += 1
    return len(lines)


def _mask_tail(lines: list[Line], first: int, wording: Furniture) -> None:
    """Masks signatures, notices and stray headlines after the last line of prose."""
    end = len(lines)
    while True:
        last = next((i for i in range(end - 1, first, -1) if lines[i].prose and not lines[i].masked), None)
        if last is None or not _is_biography(lines, last, wording):
            break
        lines[last].masked = True
        end = last
    last = next((i for i in range(len(lines) - 1, first - 1, -1) if lines[i].prose and not lines[i].masked), first)
    if last >= len(lines) or lines[last].text.rstrip('"»”').endswith((":", ";", ",")):
        return  # a list follows: it belongs to the text
    over = False
    for i in range(last + 1, len(lines)):
        line = lines[i]
        if line.masked:
            over = True
            continue
        if line.kind:
            line.masked = True
            over = over or line.kind in ("furniture", "notice", "inline", "end", "aside")
            continue
        short = line.words <= 8 and not FULL_STOP.search(line.text)
        if over or short or _is_signature(line, wording) or _is_name(line.text.rstrip(".")):
            line.masked = True


def _is_biography(lines: list[Line], index: int, wording: Furniture) -> bool:
    """A last paragraph on the author: worded like one, or under a line with the name that it begins with."""
    text = lines[index].text
    if wording.bio.fullmatch(furniture.norm(text)):
        return True
    above = lines[index - 1]
    return _is_name(above.text) and text.lower().startswith(above.text.lower())


def _credits(line: Line, wording: Furniture) -> list[Passage]:
    """What a paragraph holds of credits: the reporter between slashes in its dateline, the photographer at its end."""
    reporter = _REPORTER.match(line.text)
    if reporter:
        return [Passage(line.start + reporter.start(1), line.start + reporter.end(1))]
    begin = max(0, len(line.text) - 160)
    if line.words < 8 or not _INNER_STOP.search(line.text, begin):
        return []
    match = wording.credit.search(line.text, begin)
    return [Passage(line.start + match.start(1), line.start + match.end(1))] if match else []


# ------------------------------------------------------------------------------------------------------ the page's day


def _published(lines: list[Line], first: int, stop: int, title: Passage | None) -> str | None:
    """The article's own day. Better places win; two days in places of one rank, and none is taken."""
    ranks: list[list[str]] = [[], [], [], [], []]
    for i, line in enumerate(lines[:stop]):
        if i == first and (day := dates.dateline(line.text)):
            ranks[1].append(day)
        if line.kind not in ("date", "furniture"):
            continue
        for found in line.dates:
            if found.label == "published":
                ranks[0].append(found.day)
            elif found.label:
                continue
            elif i > first:
                ranks[4].append(found.day)
            else:
                ranks[2 if title is not None and line.start > title.start else 3].append(found.day)
    for rank in ranks:
        if rank:
            return rank[0] if len(set(rank)) == 1 else None
    return None
