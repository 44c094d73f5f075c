"""Splits text into sentences by one scan for terminators.

What a language abbreviates is data: `lexicon/<code>/sentences.yaml`.
"""

from __future__ import annotations

import re
from typing import Any

from kgculture.model import Passage

_OPENING = "«“„‘(\\[\"'"
_CLOSING = "»”’)\\]\"'"
#: a line break, a bullet inside a line, or terminators with the quotes that they close
_BOUNDARY = re.compile(
    rf"(?P<line>[\n\r\u2028\u2029]+)|(?P<bullet>[•▪●◦])|(?P<stop>[.!?…]+)(?P<close>[{_CLOSING}]*)(?=\s|$)"
)
#: with what a boundary begins: most characters begin none, and to look for one of a set is quick
_SIGN = re.compile(r"[\n\r\u2028\u2029•▪●◦.!?…]")
_LAST_WORD = re.compile(r"(?:[^\W_]+(?:[.\-‐’'][^\W_]+)*)$")
_NEXT = re.compile(rf"[^\S\n\r]*(?:[-–—−][^\S\n\r]*)?[{_OPENING}]*(?P<word>[^\W_]+(?:['’][^\W_]+)?)?")
_QUOTES = {"»": "«", "”": "“„", '"': '"', "’": "‘", "'": "'"}
_TITLE_WORDS = 6


class Splitter:
    """Finds sentences. `data` has the lists `abbreviations` (never end a sentence before a capital), `before_number`
    (abbreviate only before a digit), `may_end` (end one where a word of `starters` follows) and `starters`."""

    def __init__(self, data: dict[str, Any]) -> None:
        def words(key: str) -> frozenset[str]:
            return frozenset(str(word).lower().rstrip(".") for word in data.get(key) or ())

        self._abbreviations = words("abbreviations")
        self._before_number = words("before_number")
        self._may_end = words("may_end")
        self._starters = frozenset(str(word) for word in data.get("starters") or ())
        self._lookalikes = str.maketrans(data.get("lookalikes") or {})

    def split(self, text: str, span: Passage) -> list[Passage]:
        """Sentences of `text[span]` in order, none empty, without surrounding space."""
        found: list[Passage] = []
        start = span.start

        def close(end: int) -> None:
            piece = text[start:end]
            stripped = piece.strip()
            if stripped:
                left = start + len(piece) - len(piece.lstrip())
                found.append(Passage(left, left + len(stripped)))

        at = span.start
        while sign := _SIGN.search(text, at, span.end):
            match = _BOUNDARY.match(text, sign.start(), span.end)
            if match is None:
                at = sign.end()
                continue
            at = match.end()
            if match["line"] and self._is_wrapped(text, match, span.end):
                continue
            if match["line"]:
                close(match.start())
                start = match.end()
            elif match["bullet"]:
                close(match.start())
                start = match.start()
            elif match.end() < span.end and self._ends(text, start, match, span.end):
                close(match.end())
                start = match.end()
        close(span.end)
        return found

    def _ends(self, text: str, start: int, match: re.Match[str], limit: int) -> bool:
        following = _NEXT.match(text, match.end(), limit)
        word = following["word"] if following else None
        if word and word[0].islower():
            return False
        stop, closing = match["stop"], match["close"]
        if closing and "." not in stop and self._is_title(text, start, match.start(), closing):
            return False
        if not closing and self._inside_title(text, start, match.start(), limit):
            return False
        if stop == "." and not closing:
            before = _LAST_WORD.search(text, max(start, match.start() - 40), match.start())
            if before:
                return self._ends_after(before.group(), before.start() == start + _leading(text, start), word)
        return True

    def _ends_after(self, before: str, is_first: bool, word: str | None) -> bool:
        """Whether a full stop after the word `before` ends the sentence, `word` being the next."""
        lower = before.lower().translate(self._lookalikes)
        starts = word is None or word in self._starters
        if before.isdigit():
            return not is_first  # "1. Text" numbers a paragraph
        if lower in self._before_number and not (len(before) == 1 and before.isupper()):  # "М. Т. Name" is of a person
            return not (word and word[0].isdigit())
        if lower in self._may_end:
            return starts
        if lower in self._abbreviations:
            return word is None
        if len(last := before.rpartition(".")[2]) == 1:
            return not last.isupper() or (starts and word is not None and len(word) > 1)
        if "." in before and all(len(part) <= 2 for part in before.split(".")):
            return starts  # U.S., т.д., А.Б
        return True

    @staticmethod
    def _is_title(text: str, start: int, end: int, closing: str) -> bool:
        """Whether «Stop, Night!» is a title inside a sentence rather than direct speech."""
        openers = _QUOTES.get(closing[0])
        if not openers:
            return False
        opened = max(text.rfind(opener, start, end) for opener in openers)
        lead = text[start:opened].rstrip() if opened > start else ""
        if not lead or lead[-1] in ":,–—-.!?":
            return False
        return len(text[opened:end].split()) <= _TITLE_WORDS

    @staticmethod
    def _is_wrapped(text: str, match: re.Match[str], limit: int) -> bool:
        """Whether a single line break stands within a sentence: a letter or comma before it, a small letter right after."""
        before = text[match.start() - 1 : match.start()]
        after = text[match.end() : match.end() + 1] if match.end() < limit else ""
        return len(match["line"]) == 1 and (before.isalpha() or before == ",") and after.islower()

    @staticmethod
    def _inside_title(text: str, start: int, at: int, limit: int) -> bool:
        """Whether `at` stands inside a short title of several sentences, which a noun precedes: «Name. What it is of»."""
        opened = text.rfind("«", start, at)
        if opened < 0 or text.find("»", opened, at) >= 0:
            return False
        lead = text[start:opened].rstrip()
        closed = text.find("»", at, limit)
        if closed < 0 or not lead or not lead[-1].isalpha() or text[closed - 1] in ".!?…":
            return False
        return len(text[opened:closed].split()) <= 2 * _TITLE_WORDS and "\n" not in text[opened:closed]


def _leading(text: str, start: int) -> int:
    """How many spaces stand at `start`."""
    end = start
    while end < len(text) and text[end].isspace():
        end += 1
    return end - start
