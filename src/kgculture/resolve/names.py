"""Names of things: local parts of IRIs, labels and aliases, each a function of the set of records."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from kgculture.resolve.fold import digest, is_cyrillic
from kgculture.terms import ARTICLE

if TYPE_CHECKING:
    from collections.abc import Sequence

#: (article id, local ref or fact id)
Record = tuple[str, str]


def report_iri(article_id: str, fact_id: str) -> str:
    """The IRI of a Report, by which events of a cluster are ordered and named."""
    return f"{ARTICLE}{quote(article_id, safe='-._~')}#{fact_id}"


def report_digest(article_id: str, fact_id: str) -> str:
    return digest(report_iri(article_id, fact_id))


def tag(text: str, language: str) -> str:
    """The language tag of a name: `en` for Latin script, else the article's language (undetermined in an English article)."""
    if not is_cyrillic(text):
        return "en"
    return "und" if language == "en" else language


@dataclass(frozen=True, slots=True, order=True)
class Form:
    """A name as an article writes it; sorts by what makes a better label: full before part, then string."""

    rank: tuple[int, ...]
    text: str
    language: str


@dataclass(slots=True)
class Draft:
    """A thing before all names are known: what its name wants to be and what it must answer to.

    `answers` are names that make namesakes of all things that answer to them; then the least shared one is wanted, else `name`.
    `suffixes` tell namesakes apart, each longer than the one before. `surname` and `countries` are what events need of it.
    `special`: for a rule of a Merge, one record that it names besides those that it joined.
    """

    name: str
    forms: list[Form] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)
    suffixes: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    surname: str | None = None
    countries: tuple[str, ...] = ()
    special: dict[str, str] = field(default_factory=dict)

    def labels(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """Per language the least form, and all others; both sorted."""
        labels: dict[str, str] = {}
        others: set[tuple[str, str]] = set()
        for form in sorted(set(self.forms)):
            if labels.setdefault(form.language, form.text) != form.text:
                others.add((form.language, form.text))
        return sorted(labels.items()), sorted(others)


def distinct(
    name: str, suffixes: Sequence[tuple[str, ...]], least: Sequence[Record], kind: str, taken: bool = False
) -> list[str]:
    """Names for things that all want one name: suffixes until they differ; then none keeps the bare name.

    What still collides gets eight digits of its least record. A single thing whose name is `taken` by another kind of thing gets
    the kind as a suffix.
    """
    if len(suffixes) == 1:
        return [f"{name}.{kind}" if taken else name]
    found = [""] * len(suffixes)
    rest = list(range(len(suffixes)))
    for depth in range(max(len(s) for s in suffixes)):
        tried = {p: suffixes[p][min(depth, len(suffixes[p]) - 1)] if suffixes[p] else "" for p in rest}
        times = Counter(tried.values())
        clear = [p for p in rest if tried[p] and times[tried[p]] == 1]
        for p in clear:
            found[p] = f"{name}.{tried[p]}"
        rest = [p for p in rest if p not in clear]
    for p in rest:
        found[p] = f"{name}.{report_digest(*least[p])}"
    return found
