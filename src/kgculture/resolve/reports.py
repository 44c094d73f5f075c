"""Reports of meetings, events and agreements, put in terms of canonical things: what the later rules compare."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from kgculture.model import Fact, PartialDate, Ref
from kgculture.resolve.database import content_key, dump
from kgculture.resolve.engine import Spec
from kgculture.resolve.fold import digest, level, skeletons, slug
from kgculture.resolve.mentions import Told
from kgculture.resolve.names import Draft, Form, Record, report_digest, tag
from kgculture.resolve.times import Span

if TYPE_CHECKING:
    from kgculture.resolve.context import Context

#: canonical name of a record of the article; a place stands for itself
Resolve = Callable[[Ref], str]


@dataclass(frozen=True, slots=True)
class Report:
    """What any two Reports are compared by. `text` is a digest of the passages: outlets copy one another; `stem` begins its name."""

    iri: str
    record: Record
    span: Span
    language: str
    text: str
    label: str | None
    stem: str

    @property
    def article(self) -> str:
        return self.record[0]

    @property
    def order(self) -> tuple[int, int, str]:
        """Reports that may be one stand near one another in this order."""
        return self.span.last or 0, self.span.first or 0, self.iri


R = TypeVar("R", bound=Report)


def passage_digest(context: Context, fact: Fact) -> str:
    """A digest of the words of the passages; empty where the text is not there."""
    text = context.facts.article.text
    words = " ".join(" ".join(p.of(text).lower().split()) for p in sorted(fact.passages))
    return digest(words) if len(words) > 40 else ""


def levelled_title(title: str | None) -> str:
    """A title's words levelled over scripts, or "" where there is none."""
    return level(slug(title).replace("-", " ")) if title else ""


def title_keys(levelled: str) -> set[tuple[str, ...]]:
    """Skeletons of the longest words: two titles that are alike share one."""
    words = sorted(levelled.split(), key=lambda w: (-len(w), w))[:3]
    return {("title", k) for w in words for k in skeletons(w)[:1]}


@lru_cache(1 << 15)
def titles_alike(a: str, b: str) -> bool:
    """Whether two levelled titles are one: nearly the same, or three and more weighty words of the one, endings apart, in the other."""
    if not a or not b:
        return False
    if a == b:
        return True
    short, long = sorted(([w for w in t.split() if len(w) > 3] for t in (a, b)), key=lambda t: (len(t), t))
    if len(short) >= 3 and all(any(_inflected(w, v) for v in long) for w in short):
        return True
    return _likeness(a, b) >= 90


def titles_differ(a: str, b: str) -> bool:
    """Whether two levelled titles of one language have too little in common to be one in two wordings."""
    return bool(a and b) and not titles_alike(a, b) and _likeness(a, b) < 60


def _likeness(a: str, b: str) -> float:
    from rapidfuzz import fuzz

    return float(fuzz.ratio(a, b))


def _inflected(a: str, b: str) -> bool:
    """Whether two words are one, but for an ending of up to three letters."""
    if a == b:
        return True
    stem = max(4, min(len(a), len(b)) - 3)
    return a[:stem] == b[:stem] and abs(len(a) - len(b)) <= 3


def kebab(name: str) -> str:
    """`FilmScreening` as `film-screening`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def spec(
    kind: str,
    keys: Callable[[R], Iterable[object]],
    agree: Callable[[R, R], tuple[float, str] | None],
    clash: Callable[[R, R], bool],
    cls: type[R],
    looks: Callable[[R], Iterable[object]] = lambda report: (),
) -> Spec[R]:
    """How Reports of a kind are joined. Those of one article never are."""

    def all_keys(report: R) -> Iterable[object]:
        yield from keys(report)
        if report.text:
            yield "text", report.text

    def alike(a: R, b: R) -> tuple[float, str] | None:
        return (50.0, "event.same-sentence") if a.text and a.text == b.text else agree(a, b)

    return Spec(
        kind,
        lambda content, values: unpack(cls, content),
        all_keys,
        lambda r: (
            (r.span.last or 0).to_bytes(4, "big") + (r.span.first or 0).to_bytes(4, "big") + content_key(r.iri)[:8]
        ),
        lambda r: r.order,
        alike,
        lambda a, b, together: a.article == b.article or clash(a, b),
        looks=looks,
    )


def draft(cluster: Sequence[Report]) -> Draft:
    """Things are named by stem and digest of their least Report.

    Every name that a Report would give alone is an alias, so that a name once given stays good.
    """
    ordered = sorted(cluster, key=lambda r: r.iri)
    names = [f"{r.stem}-{report_digest(*r.record)}" for r in ordered]
    forms = [Form((-len(r.label.split()),), r.label, tag(r.label, r.language)) for r in ordered if r.label]
    return Draft(names[0], forms, set(names[1:]))


def pack(report: Report) -> Told:
    """A Report as a record of an article, its fields as JSON."""
    fields = [_plain(getattr(report, f.name)) for f in dataclasses.fields(report)]
    return Told(report.record[1], dump(fields))


def unpack(cls: type[R], content: str) -> R:
    return cls(*json.loads(content, object_hook=_value))


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return {"set": sorted(value)}
    if isinstance(value, tuple):
        return {"tuple": [_plain(v) for v in value]}
    if isinstance(value, Span):
        return {"span": [value.first, value.last, _plain(value.season), value.stated]}
    return {"date": value.lexical} if isinstance(value, PartialDate) else value


def _value(plain: dict[str, Any]) -> Any:
    ((kind, value),) = plain.items()
    if kind == "date":
        return PartialDate.parse(value)
    made: Any = {"set": frozenset, "tuple": tuple, "span": lambda v: Span(*v)}[kind]
    return made(value)
