"""Works that are shown, and groups that perform: titles in quotation marks or capitals, alone after their kind or in a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from kgculture.extract.context import Context
from kgculture.extract.event_drafts import same_title
from kgculture.extract.event_nouns import unquoted
from kgculture.extract.skeleton import Skeleton
from kgculture.lexicon import is_one_of, word_agrees
from kgculture.model import Passage, Ref, WorkFact

_LONGEST = 8


@dataclass(slots=True)
class Work:
    id: Ref
    title: str
    kind: str
    based_on: list[Ref] = field(default_factory=list)


class Works:
    """The works of one article, in order of first mention."""

    def __init__(self, context: Context, words: dict[str, Any]) -> None:
        self._context = context
        self._kinds: list[tuple[tuple[str, ...], str]] = sorted(
            ((tuple(form.split()), kind) for form, kind in (words.get("work_kinds") or {}).items()),
            key=lambda e: -len(e[0]),
        )
        self._first = tuple(dict.fromkeys(form[0] for form, _ in self._kinds))
        self._after = sorted(words.get("list_after", ()), key=len, reverse=True)
        self._plurals = tuple(words.get("works_before_list", ()))
        self._groups = tuple(words.get("groups", ()))
        self._and = sorted(words.get("list_and", ()), key=len, reverse=True)
        self._based = frozenset(words.get("based_before", ()))  # "after the novel": no work that is shown
        self._stop = tuple(words.get("list_stop", ()))
        self.all: list[Work] = []

    def facts(self, used: Iterable[Ref]) -> tuple[WorkFact, ...]:
        """The works that facts name."""
        wanted = set(used)
        return tuple(
            WorkFact(w.id, w.title, w.kind, tuple(w.based_on), tuple(sorted(set(self._context.spans.get(w.id, ())))))
            for w in self.all
            if w.id in wanted
        )

    def get(self, ref: Ref) -> Work:
        return self.all[int(ref.partition("-")[2]) - 1]

    def add(self, title: str, kind: str, passage: Passage) -> Ref:
        """The work of that title, known or new."""
        work = next(
            (w for w in self.all if same_title(w.title, title) and len(w.title.split()) == len(title.split())), None
        )
        if work is None:
            work = Work(f"work-{len(self.all) + 1}", title, kind)
            self.all.append(work)
        elif work.kind == "Work":
            work.kind = kind
        self._context.mention(work.id, passage)
        return work.id

    # ---------------------------------------------------------------------------------------------------- in a sentence

    def in_sentence(self, skeleton: Skeleton) -> list[Ref]:
        """Works that the sentence names by kind and title, and those of a list after the word for works."""
        words = skeleton.text.split(" ")[:-1]
        found: list[tuple[int, Ref]] = []
        for k in range(len(words)):
            kind = self._kind_at(words, k)
            if kind is None or (k and words[k - 1] in self._based):
                continue
            length, name = kind
            found += self._named(skeleton, words, k, k + length, name)
        found += self._listed(skeleton, words, self._plurals)
        return list(dict.fromkeys(ref for _, ref in sorted(found)))

    def _kind_at(self, words: Sequence[str], k: int) -> tuple[int, str] | None:
        if not is_one_of(words[k], self._first):
            return None
        for form, kind in self._kinds:
            if k + len(form) <= len(words) and all(word_agrees(p, words[k + j]) for j, p in enumerate(form)):
                return len(form), kind
        return None

    def _named(
        self, skeleton: Skeleton, words: Sequence[str], first: int, after: int, kind: str
    ) -> list[tuple[int, Ref]]:
        """Titles right after the word for their kind, or right before it; after it a quotation may stand three words away."""
        found: list[tuple[int, Ref]] = []
        k = after
        while k < len(words) and k - after < 4 and words[k][0].isalpha():
            k += 1
        if k < len(words) and words[k].startswith("@M") and k == after:
            found.append(self._unit(skeleton, words[k], kind))
        while k < len(words) and words[k].startswith("@Q"):
            found.append(self._unit(skeleton, words[k], kind))
            k += 1
            while k < len(words) and (words[k] == "," or words[k] in self._and):
                k += 1
        if not found and first and words[first - 1].startswith(("@M", "@Q")) and after - first == 1:
            found.append(self._unit(skeleton, words[first - 1], kind))
        return found

    def _unit(self, skeleton: Skeleton, word: str, kind: str) -> tuple[int, Ref]:
        unit = skeleton.units[int(word[2:])]
        title = unquoted(self._context.doc.text[unit.start : unit.end])
        return unit.start, self.add(title, kind, unit.passage)

    def _listed(self, skeleton: Skeleton, words: Sequence[str], heads: tuple[str, ...]) -> list[tuple[int, Ref]]:
        """A list of titles without quotation marks: "films, including Time of Patriots, Dos-Mukassan and the animated film Altyn Adam"."""
        start = self._list_start(skeleton, words, heads)
        if start is None:
            return []
        kind = self._kind_at(words, start[1])
        found: list[tuple[int, Ref]] = []
        for title, own, passage in self._segments(skeleton, start[0]):
            found.append((passage.start, self.add(title, own or (kind[1] if kind else "Work"), passage)))
        return found

    def _list_start(self, skeleton: Skeleton, words: Sequence[str], heads: tuple[str, ...]) -> tuple[int, int] | None:
        """(offset where the list begins, word that says what it lists)."""
        for k, word in enumerate(words):
            if not is_one_of(word, heads):
                continue
            at = k + 1
            if at < len(words) and words[at] == ",":
                at += 1
            for cue in self._after:
                parts = cue.split()
                if words[at : at + len(parts)] == parts and at + len(parts) < len(words):
                    return skeleton.offsets[at + len(parts)][0], k
        return None

    def _segments(self, skeleton: Skeleton, start: int) -> list[tuple[str, str | None, Passage]]:
        """(title, kind if it has its own, where) of the members of a list that begins at `start`."""
        text = self._context.doc.text
        found: list[tuple[str, str | None, Passage]] = []
        for begin, end in _cut(text, start, skeleton.span.end, self._and):
            own: str | None = None
            begin += len(text[begin:end]) - len(text[begin:end].lstrip())
            piece = text[begin:end]
            words = piece.split()
            if words and words[0].lower() in self._stop:
                break
            small = 0
            while small < len(words) and words[small][:1].islower():
                small += 1
            if small:
                for k in range(small):
                    kind = self._kind_at([w.lower() for w in words], k)
                    if kind and k + kind[0] == small:
                        own = kind[1]
                        break
                if own is None:
                    break
                begin = text.index(words[small], begin) if small < len(words) else end
                piece = text[begin:end]
            title = unquoted(piece.strip().rstrip("."))
            if not title or len(title.split()) > _LONGEST or not (title[0].isupper() or title[0].isdigit()):
                break
            previous = found[-1] if found else None
            if previous and title.endswith("!") and len(previous[0].split()) == 1 and not previous[0].endswith("!"):
                passage = Passage(previous[2].start, begin + len(piece.rstrip()))
                found[-1] = (" ".join(passage.of(text).split()), previous[1], passage)  # an address: "Stop, Night!"
            else:
                found.append((title, own, Passage(begin, begin + len(piece.rstrip().rstrip(".")))))
        return found

    def groups(self, skeleton: Skeleton) -> list[Ref]:
        """Groups that the sentence lists by their bare names: "music groups, such as Saltanat, IL Canto"."""
        words = skeleton.text.split(" ")[:-1]
        start = self._list_start(skeleton, words, self._groups)
        if start is None:
            k = next((k for k, w in enumerate(words[:-1]) if is_one_of(w, self._groups)), None)
            if k is None or not words[k + 1].startswith(("@M", "@Q")):
                return []
            start = skeleton.offsets[k + 1][0], k
        found = []
        for name, own, passage in self._segments(skeleton, start[0]):
            if own is None:
                ref = self._context.organizations.add_name(name, ensemble=True)
                self._context.mention(ref, passage)
                found.append(ref)
        return found


def _cut(text: str, start: int, end: int, joiners: Sequence[str]) -> list[tuple[int, int]]:
    """Spans between commas, semicolons and joining words; quotations stay whole."""
    joined = "|".join(rf"\b{re.escape(j)}\b" for j in joiners)
    separator = re.compile(rf"\s*[,;]?\s*(?:{joined})\s+|\s*[,;]\s*" if joined else r"\s*[,;]\s*")
    spans: list[tuple[int, int]] = []
    at = start
    for match in separator.finditer(text, start, end):
        if text.count("«", start, match.start()) > text.count("»", start, match.start()):
            continue
        spans.append((at, match.start()))
        at = match.end()
    spans.append((at, end))
    return [s for s in spans if text[s[0] : s[1]].strip()]
