"""Statements: who said what, quoted or reported.

A quotation is found in the text of its paragraph, over several sentences; the rules of the lexicon look for its speaker in the words right
after it, right before it, or in the short sentence that follows. What is reported is the sentence in which somebody "noted that …".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kgculture.extract.context import Context
from kgculture.extract.documents import setting
from kgculture.extract.frames import Match, Rule, matches, rules_with
from kgculture.extract.places import find_places
from kgculture.extract.quotations import Quotation, quotations
from kgculture.extract.skeleton import Skeleton
from kgculture.extract.spans import Spans
from kgculture.extract.topics import topics_of
from kgculture.model import MeetingFact, Passage, Ref, StatementFact

if TYPE_CHECKING:
    from kgculture.extract.parties import Parties

#: a quotation of fewer words than this is a title or a phrase
_FEWEST_WORDS = 4
_DASH = " \n\t—–-"
_WORD = re.compile(r"\w+(?:[-’']\w+)*|[^\w\s]")


class StatementFrame:
    """Reads an article's statements. `meetings` are those of the article: the occasions of what was said."""

    def __init__(self, context: Context, meetings: Sequence[MeetingFact] = ()) -> None:
        self.context = context
        self.code = context.lexicon.code
        self.meetings = meetings
        self.found: list[StatementFact] = []
        self._quoted = Spans()  # what quotations with a speaker say and stand in
        self._parties: Parties | None = None
        self._told: dict[Passage, list[int]] = {}  # passage -> places of the meetings that it tells of
        for place, meeting in enumerate(meetings):
            for passage in meeting.passages:
                self._told.setdefault(passage, []).append(place)
        self._rules = {
            w: rules_with(self.code, "statements", "where", w) for w in ("after", "before", "next", "reported")
        }

    def read(self) -> list[StatementFact]:
        text = self.context.doc.text
        spoken: set[Passage] = set()
        taken = -1  # where the last quotation ends that has a speaker
        for quotation in quotations(text, self.context.skeletons):
            if quotation.inner.start < taken:
                continue
            match, used = self._speaker(quotation)
            if match is None:
                continue
            speaker = _speaker_of(match)
            if speaker is None:
                continue
            words = self._words(quotation, used)
            if match.rule.get("where") == "before" and words[:1].islower():
                continue  # part of a sentence: the sentence as a whole reports it
            if len(words.split()) < _FEWEST_WORDS:
                continue
            spans = [*quotation.sentences, *([used.span] if used is not None else [])]
            self._add(match.rule, speaker, words, "Quoted", [quotation.inner], sorted(set(spans)))
            spoken.update(spans)
            taken = quotation.inner.end
        self._quoted = Spans(p for s in self.found for p in s.passages)
        for skeleton in self.context.skeletons:
            if skeleton.is_title or skeleton.span in spoken:
                continue
            for match in matches(skeleton, self._rules["reported"]):
                speaker = _speaker_of(match)
                if speaker is not None and not self._quoted.enclose(Passage(match.start, match.end)):
                    self._add(
                        match.rule,
                        speaker,
                        " ".join(skeleton.span.of(text).split()),
                        "Reported",
                        [skeleton.span],
                        [skeleton.span],
                    )
                    break
        return sorted(self.found, key=lambda s: s.passages[0])

    # ------------------------------------------------------------------------------------------------ who speaks

    def _speaker(self, quotation: Quotation) -> tuple[Match | None, Skeleton | None]:
        """The match that tells who speaks, and the sentence after the quotation, where it stands in one of its own."""
        for where, fragment in (("after", self._after(quotation)), ("before", self._before(quotation))):
            match = next(matches(fragment, self._rules[where]), None) if fragment else None
            if match:
                return match, None
        following = self._following(quotation)
        if following is not None:
            match = next(matches(following, self._rules["next"]), None)
            if match:
                return match, following
        return None, None

    def _after(self, quotation: Quotation) -> Skeleton | None:
        last = next(self.context.sentences_in(Passage(quotation.close - 1, quotation.close)), None)
        if last is None:
            return None
        keep = [k for k, (start, _) in enumerate(last.offsets) if start >= quotation.close]
        if quotation.aside:
            keep = [
                k
                for k, (start, end) in enumerate(last.offsets)
                if start >= quotation.aside.start and end <= quotation.aside.end
            ]
        return _slice(last, keep)

    def _before(self, quotation: Quotation) -> Skeleton | None:
        first = next(self.context.sentences_in(Passage(quotation.open, quotation.open + 1)), None)
        return (
            _slice(first, [k for k, (_, end) in enumerate(first.offsets) if end <= quotation.open]) if first else None
        )

    def _following(self, quotation: Quotation) -> Skeleton | None:
        skeletons = self.context.skeletons
        first = bisect_left(skeletons, quotation.close, key=lambda s: s.span.start)
        if not 0 < first < len(skeletons):
            return None
        before, later = skeletons[first - 1], skeletons[first]
        if later.paragraph != before.paragraph or before.span.end > quotation.close + 1:
            return None
        return later

    def _words(self, quotation: Quotation, used: Skeleton | None) -> str:
        text = self.context.doc.text
        if quotation.aside:
            parts = [
                text[quotation.inner.start : quotation.aside.start],
                text[quotation.aside.end : quotation.inner.end],
            ]
        else:
            parts = [quotation.inner.of(text)]
        said = ""
        for part in (p.strip(_DASH) for p in parts):
            if said.endswith(",") and part[:1].isupper():
                said = f"{said[:-1]}."  # the comma only led to the narrator
            said = f"{said} {part}"
        return " ".join(said.split()).strip(f",{_DASH}")

    # ------------------------------------------------------------------------------------------------- what it says

    def _add(
        self, rule: Rule, speaker: Ref, text: str, mode: str, spans: list[Passage], passages: list[Passage]
    ) -> None:
        about = self._about(spans, speaker)
        self.found.append(
            StatementFact(
                id="",
                rule=rule.id,
                passages=self.context.passages_for(passages, [speaker, *about]),
                confidence=rule.get("confidence", 0.95),
                speaker=speaker,
                text=text,
                mode="Quoted" if mode == "Quoted" else "Reported",
                about=about,
                topics=topics_of(self.context, spans),
                occasion=self._occasion(passages, speaker),
            )
        )

    def _pair(self) -> Sequence[Ref]:
        if self._parties is None:
            from kgculture.extract.parties import Parties

            self._parties = Parties(self.context)
        return self._parties.pair()

    def _about(self, spans: list[Passage], speaker: Ref) -> tuple[Ref, ...]:
        found: list[Ref] = []
        near = {s.index: s for span in spans for s in self.context.sentences_in(span)}
        for _, skeleton in sorted(near.items()):
            for span in spans:
                if skeleton.span.start < span.end and span.start < skeleton.span.end:
                    found += [
                        r
                        for r in (*self._named(skeleton, span), *self._places(skeleton, span))
                        if r not in found and r != speaker
                    ]
        plain = " ".join(w.lower() for span in spans for w in _WORD.findall(span.of(self.context.doc.text))) + " "
        if setting(self.code, "statements", "pair").search(plain):
            found += [r for r in self._pair() if r not in found]
        return tuple(dict.fromkeys(found))

    def _named(self, skeleton: Skeleton, span: Passage) -> Iterator[Ref]:
        languages = (self.context.lexicon.rules.get("statements") or {}).get("not_about", ())
        tokens = skeleton.text.split()
        for k, token in enumerate(tokens):
            if not token.startswith("@") or skeleton.offsets[k][0] < span.start or skeleton.offsets[k][1] > span.end:
                continue
            unit = skeleton.units[int(token[2:])]
            if unit.kind in "CJ" and k and tokens[k - 1] in languages:
                continue
            if unit.kind == "O" and not unit.direct:
                continue
            if unit.kind in "CJEPO":
                yield from (r for r in unit.refs if r.partition("-")[0] in ("country", "person", "org"))

    def _places(self, skeleton: Skeleton, span: Passage) -> Iterator[Ref]:
        """Countries inside a quotation so short that the sentence holds it as one unit."""
        if not any(u.start <= span.start and span.end <= u.end for u in skeleton.of_kind("Q")):
            return
        sentence = self.context.doc.sentences[skeleton.index]
        for place in find_places(sentence, self.code):
            start, end = sentence.tokens[place.first].start, sentence.tokens[place.last].end
            if place.ref.startswith("country-") and span.start <= start and end <= span.end:
                self.context.mention(place.ref, Passage(start, end))
                yield place.ref

    def _occasion(self, passages: list[Passage], speaker: Ref) -> str | None:
        """The meeting at which it was said, where the sentence says so."""
        told = sorted({k for p in passages for k in self._told.get(p, ())})
        here = [m for m in (self.meetings[k] for k in told) if m.status == "Held"]
        mine = [m for m in here if speaker in m.participants]
        if len(mine) == 1:
            return mine[0].id
        sentences = [s for p in passages for s in self.context.sentences_in(p) if s.span == p]
        if not any(setting(self.code, "statements", "occasions").search(s.text) for s in sentences):
            return None
        known = [m for m in self.meetings if m.status == "Held" and m.passages[0].start <= passages[0].start]
        fitting = [m for m in known if speaker in m.participants] or (known if len(known) == 1 else [])
        return fitting[-1].id if fitting and (len(fitting) == 1 or len(known) == 1) else None


def _speaker_of(match: Match) -> Ref | None:
    people = [r for u in match.units("S") for r in u.refs if r.startswith("person-")]
    return people[0] if len(set(people)) == 1 else None


def _slice(skeleton: Skeleton, keep: Sequence[int]) -> Skeleton:
    """A sentence with some of its tokens only."""
    tokens = skeleton.text.split()
    return replace(skeleton, text="".join(f"{tokens[k]} " for k in keep), offsets=[skeleton.offsets[k] for k in keep])


def statement_facts(context: Context, meetings: Sequence[MeetingFact] = ()) -> tuple[StatementFact, ...]:
    """The statements of an article in reading order; `meetings` are its meetings, to which `occasion` refers."""
    found = StatementFrame(context, meetings).read()
    return tuple(replace(s, id=f"statement-{number}") for number, s in enumerate(found, 1))
