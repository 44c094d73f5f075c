"""Finds the thing that a person means by a name: typed in any script, in part, without diacritics.

The spellings that count as equal are data: `folding.tsv`. What is compared are the labels, other forms and titles of the
default graph, so a name is found by any form that any article uses.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kgculture.errors import QueryError
from kgculture.terms import ARTICLE, KGC, KGR, PREFIXES, SUPERCLASSES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kgculture.query.labels import Labels

RDF_TYPE = PREFIXES["rdf"] + "type"
LABEL = PREFIXES["rdfs"] + "label"
#: where a thing's names stand
NAMING = (LABEL, PREFIXES["skos"] + "altLabel", PREFIXES["skos"] + "prefLabel", KGC + "officeTitle")
SAME_AS = PREFIXES["owl"] + "sameAs"
#: languages of labels, best first, where a reader asked for none
LANGUAGES = ("en", "ru", "kk")
#: how many candidates an error names
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Match:
    """A thing whose name fits: its IRI, its label, the classes it has; `rank` 0 is the name itself, 3 a part of words."""

    iri: str
    label: str
    classes: frozenset[str]
    rank: int

    def __str__(self) -> str:
        return f"{self.label} ({curie(self.iri)})"


@lru_cache(maxsize=1)
def _rules() -> tuple[dict[int, str], tuple[tuple[str, str], ...]]:
    letters: dict[int, str] = {}
    levels: list[tuple[str, str]] = []
    for line in (Path(__file__).parent / "folding.tsv").read_text(encoding="utf-8").splitlines():
        kind, _, rest = line.partition("\t")
        given, _, kept = rest.partition("\t")
        if kind == "letter":
            letters[ord(given)] = kept
        elif kind == "level":
            levels.append((given, kept))
    return letters, tuple(levels)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The words of `text` in Latin letters, lower case, without diacritics, spellings levelled: `Аиды` -> `aidi`."""
    letters, levels = _rules()
    text = unicodedata.normalize("NFC", text).lower().translate(letters)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = " ".join(re.findall(r"[^\W_]+", text))
    for given, kept in levels:
        text = text.replace(given, kept)
    return re.sub(r"([^\W\d])\1", r"\1", text)


def curie(iri: str) -> str:
    """The short form of an IRI with a prefix of the vocabulary, or the IRI as it is."""
    for prefix, start in PREFIXES.items():
        if iri.startswith(start) and re.fullmatch(r"[\w.-]+", iri[len(start) :]):
            return f"{prefix}:{iri[len(start) :]}"
    return iri


def expand(text: str) -> str | None:
    """The IRI that an IRI (`<…>` or bare) or a CURIE with a known prefix stands for, else None."""
    text = text.strip()
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    if re.match(r"(?i)(https?|urn):\S+$", text):
        return text
    prefix, colon, local = text.partition(":")
    if colon and prefix in PREFIXES and local and not re.search(r"[\s<>\"{}|\\^`]", local):
        return PREFIXES[prefix] + local
    return None


def local(iri: str) -> str:
    """What stands behind the last `#` or `/` of an IRI, for a thing without a label."""
    return re.split(r"[#/]", iri.rstrip("#/"))[-1]


def _objects(store: Any, subject: str, predicate: str) -> Iterator[Any]:
    from pyoxigraph import DefaultGraph, NamedNode

    for quad in store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None, DefaultGraph()):
        yield quad.object


def classes(store: Any, iri: str) -> frozenset[str]:
    """Local names of the classes that the default graph gives a thing; empty for one it does not know."""
    return frozenset(
        term.value.removeprefix(KGC) for term in _objects(store, iri, RDF_TYPE) if term.value.startswith(KGC)
    )


def label(store: Any, iri: str, languages: tuple[str, ...] = LANGUAGES) -> str:
    """The label of a thing in the first of `languages` that it has, else in any, else a title, else the end of its IRI."""

    def order(term: Any) -> tuple[int, str]:
        tag = term.language or ""
        return (languages.index(tag) if tag in languages else len(languages), term.value)

    for predicate in (LABEL, PREFIXES["skos"] + "prefLabel", KGC + "officeTitle", PREFIXES["dcterms"] + "identifier"):
        found = sorted(_objects(store, iri, predicate), key=order)
        if found:
            return str(found[0].value)
    return local(iri)


def canonical(store: Any, iri: str) -> str | None:
    """The thing that an IRI stands for, over owl:sameAs if it is an alias; None where the store does not know it."""
    from pyoxigraph import DefaultGraph, NamedNode

    # topics have no class of ours, but a name
    if classes(store, iri) or any(True for name in NAMING for _ in _objects(store, iri, name)):
        return iri
    for term in _objects(store, iri, SAME_AS):
        if classes(store, term.value):
            return str(term.value)
    for quad in store.quads_for_pattern(None, NamedNode(SAME_AS), NamedNode(iri), DefaultGraph()):
        if classes(store, quad.subject.value):
            return str(quad.subject.value)
    return None


def forms(store: Any) -> Iterator[tuple[str, str]]:
    """(IRI, name) of all things that the default graph names."""
    from pyoxigraph import DefaultGraph, NamedNode

    for predicate in NAMING:
        for quad in store.quads_for_pattern(None, NamedNode(predicate), None, DefaultGraph()):
            yield quad.subject.value, quad.object.value


def forms_of(store: Any, iri: str) -> Iterator[tuple[str, str]]:
    """(IRI, name) of one thing."""
    from pyoxigraph import DefaultGraph, NamedNode

    for predicate in NAMING:
        for quad in store.quads_for_pattern(NamedNode(iri), NamedNode(predicate), None, DefaultGraph()):
            yield iri, quad.object.value


def _with_class(match: Match) -> str:
    """A match among several: what it is tells it from another of the same name."""
    narrow = match.classes - {broader for name in match.classes for broader in SUPERCLASSES.get(name, ())}
    kinds = ", ".join(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower() for name in sorted(narrow))
    return f"{match.label}, {kinds or 'topic'} ({curie(match.iri)})"


def _is_a(found: frozenset[str], kinds: Collection[str]) -> bool:
    if not kinds:
        return bool(found)
    return any(c in kinds or any(s in kinds for s in SUPERCLASSES.get(c, ())) for c in found)


def _rank(wanted: list[str], name: list[str]) -> int | None:
    """0: the same words; 1: all words of the wish stand in the name; 2: as beginnings of words; 3: inside words; None: no."""
    if sorted(wanted) == sorted(name):
        return 0
    for rank, fits in ((1, str.__eq__), (2, str.startswith), (3, str.__contains__)):
        left = list(name)
        for word in wanted:
            hit = next((n for n in left if fits(n, word) and (rank < 3 or len(word) > 2)), None)
            if hit is None:
                break
            left.remove(hit)
        else:
            return rank
    return None


def _folded(store: Any, labels: Labels | None, wanted: list[str]) -> Iterator[tuple[str, list[str]]]:
    """(IRI, words of a folded name): those that the index has for the wish, or all without an index."""
    if labels is not None:
        yield from ((iri, form.split()) for iri, form in labels.lookup(wanted))
    else:
        yield from ((iri, fold(form).split()) for iri, form in forms(store))


def _ranked(store: Any, name: str, labels: Labels | None) -> dict[int, set[str]]:
    """Rank -> IRIs of all things that a name may mean, each under its best rank."""
    wanted = fold(name).split()
    ranks: dict[str, int] = {}
    for iri, words in _folded(store, labels, wanted) if wanted else ():
        rank = _rank(wanted, words)
        if rank is not None and rank < ranks.get(iri, 9):
            ranks[iri] = rank
    found: dict[int, set[str]] = {}
    for iri, rank in ranks.items():
        found.setdefault(rank, set()).add(iri)
    return found


def _matches(store: Any, iris: set[str], rank: int, kinds: Collection[str]) -> list[Match]:
    found = ((iri, classes(store, iri)) for iri in iris)
    matches = [Match(iri, label(store, iri), its, rank) for iri, its in found if _is_a(its, kinds)]
    return sorted(matches, key=lambda m: (m.label, m.iri))


def search(store: Any, name: str, kinds: Collection[str] = (), labels: Labels | None = None) -> list[Match]:
    """All things of `kinds` (local names of classes; none means any) that `name` may mean, best first, each once.

    `labels` is the store's index of names, if it has one."""
    ranked = _ranked(store, name, labels)
    return [match for rank in sorted(ranked) for match in _matches(store, ranked[rank], rank, kinds)]


def _best(store: Any, name: str, kinds: Collection[str], labels: Labels | None) -> list[Match]:
    """Of these, the ones of the best rank that has any."""
    ranked = _ranked(store, name, labels)
    return next((found for rank in sorted(ranked) if (found := _matches(store, ranked[rank], rank, kinds))), [])


def nearest(
    store: Any, name: str, kinds: Collection[str] = (), count: int = SHOWN, labels: Labels | None = None
) -> list[Match]:
    """The things of `kinds` whose names look most like `name`, where none fits."""
    from rapidfuzz import fuzz

    wanted = fold(name)
    scores: dict[str, float] = {}
    folded_forms = labels.all() if labels is not None else ((iri, fold(form)) for iri, form in forms(store))
    for iri, folded in folded_forms:
        score = max(fuzz.ratio(wanted, folded), *(fuzz.ratio(wanted, word) for word in folded.split() or [""]))
        if score >= 60:
            scores[iri] = max(score, scores.get(iri, 0))
    near = []
    for iri in sorted(scores, key=lambda i: (-scores[i], i)):
        found = classes(store, iri)
        if _is_a(found, kinds):
            near.append(Match(iri, label(store, iri), found, 4))
        if len(near) == count:
            break
    return near


def resolve(store: Any, name: str, kinds: Collection[str] = ("Person",), labels: Labels | None = None) -> str:
    """The IRI of the one thing of `kinds` that `name` (an IRI, a CURIE, a name, without kinds an article's identifier) means.

    Raises QueryError for an unknown name, the nearest ones in the hint, and for one that several things share.
    """
    what = " or ".join(kinds) if kinds else "thing"
    if not name.strip():
        raise QueryError("an empty name means nothing")
    iri = expand(name)
    if iri is None and re.fullmatch(r"[a-z0-9]+(-[A-Za-z0-9.]+)+", name.strip()) and classes(store, KGR + name.strip()):
        iri = KGR + name.strip()
    if iri is None and not kinds and "Article" in classes(store, article := ARTICLE + quote(name.strip(), safe="-._~")):
        iri = article
    if iri is not None:
        known = canonical(store, iri)
        if known is None:
            raise QueryError(f"{name}: the store knows nothing of this IRI", "kgculture show NAME finds things by name")
        return known
    best = _best(store, name, kinds, labels)
    if not best:
        near = nearest(store, name, kinds, labels=labels)
        hint = "nearest: " + "; ".join(map(str, near)) if near else "no name in the store comes near"
        raise QueryError(f"{name}: no {what} of this name in the store", hint)
    if len(best) > 1:
        shown = "; ".join(_with_class(m) for m in best[:SHOWN]) + (
            f"; and {len(best) - SHOWN} more" if len(best) > SHOWN else ""
        )
        raise QueryError(f"{name}: {len(best)} things may be meant", f"say more of the name, or give the IRI: {shown}")
    return best[0].iri
