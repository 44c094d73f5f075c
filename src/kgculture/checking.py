"""Graph and shapes together: each article's graph without the Reports that break a shape, and why they are missing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kgculture import terms
from kgculture._workers import Died
from kgculture.model import ArticleFacts, Violation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kgculture._workers import Workers
    from kgculture.graph import ArticleGraph
    from kgculture.model import Resolution
    from kgculture.store import Records

#: stands for the whole article among what is withheld
WHOLE = ""


def checked(
    records: Records, old: Records | None, resolution: Resolution, pool: Workers
) -> Iterator[tuple[ArticleGraph | None, list[Violation]]]:
    """For each article, by identifier: its graph (None where all of it is withheld) and what the shapes found.

    A graph that an earlier build checked against the same shapes is not checked again: verdicts are kept by digest.
    """
    checker = _Checker(records, old, resolution)
    jobs = (checker.job(facts) for facts in records.facts())
    for job, verdict in pool.map(check_bytes, jobs, lambda job: job.data if job.verdict is None else None):
        yield checker.settle(job, verdict)


def check_bytes(data: bytes) -> tuple[Violation, ...]:
    """`check_article` for N-Quads: what a worker process is given."""
    from pyoxigraph import RdfFormat, parse

    from kgculture.validate import check_article

    return tuple(check_article(parse(data, RdfFormat.N_QUADS)))


@dataclass(slots=True)
class _Job:
    """One article on its way: its graph, what is shown to the shapes, and their verdict if it is known."""

    facts: ArticleFacts
    graph: ArticleGraph | None
    data: bytes = b""
    key: str = ""
    verdict: tuple[Violation, ...] | None = None


class _Checker:
    def __init__(self, records: Records, old: Records | None, resolution: Resolution) -> None:
        self._records = records
        self._old = old
        self._resolution = resolution

    def job(self, facts: ArticleFacts, withheld: Iterable[str] = ()) -> _Job:
        from pyoxigraph import RdfFormat, serialize

        from kgculture.graph import ArticleGraph, context_of, quads_of
        from kgculture.validate import shapes_digest

        try:
            graph = ArticleGraph(facts, self._resolution, withheld)
            quads = [*quads_of(graph), *context_of(graph, self._resolution)]
        except (KeyError, ValueError) as error:  # a fault of ours in one article must not cost the others
            reason = f"internal error: {type(error).__name__}: {' '.join(str(error).split())}"
            return _Job(facts, None, verdict=(_whole(facts, reason),))
        data = serialize(quads, format=RdfFormat.N_QUADS) or b""
        key = hashlib.sha256(shapes_digest().encode() + data).hexdigest()
        return _Job(facts, graph, data, key, self._old.verdict(key) if self._old is not None else None)

    def settle(
        self, job: _Job, verdict: tuple[Violation, ...] | Died | None
    ) -> tuple[ArticleGraph | None, list[Violation]]:
        """Withholds, and looks again, until the shapes have nothing more to say against what is left."""
        serious: list[Violation] = []
        withheld: set[str] = set()
        while True:
            judged = job.verdict if job.verdict is not None else verdict
            if isinstance(judged, Died):
                return None, [*serious, _whole(job.facts, "internal error: the process that checked it died")]
            if judged is None:
                judged = check_bytes(job.data)
            if job.graph is None:
                return None, [*serious, *judged]
            self._records.put_verdict(job.key, judged)
            causes = {v: self._refs(job, v) for v in judged if v.severity == "Violation"}
            more: set[str] = set().union(*causes.values())
            serious += [v for v, refs in causes.items() if refs]
            if WHOLE in more:
                return None, serious
            if not more:
                # what is left speaks of the context (a label of a place), not of what the article says
                mild = [replace(v, severity="Warning") if v in causes else v for v in judged]
                return job.graph, [*serious, *self._dragged(job), *mild]
            if more <= withheld:
                return None, [
                    *serious,
                    _whole(job.facts, "still breaks a shape when the Reports concerned are withheld"),
                ]
            withheld |= more
            job, verdict = self.job(job.facts, withheld), None

    def _refs(self, job: _Job, violation: Violation) -> set[str]:
        """What must go for a violation: ids of facts, references of entities, or the whole article."""
        assert job.graph is not None
        article = job.graph.iri.value
        if violation.report is not None:
            return {violation.report.removeprefix(article + "#")}
        if violation.focus == article:
            return {WHOLE}
        name = violation.focus.removeprefix(terms.KGR)
        identifier = job.facts.article.id
        known = {*job.graph.scope.refs, *job.graph.scope.fact_ids}
        return {ref for ref in known if self._resolution.canonical.get((identifier, ref), ref) == name}

    def _dragged(self, job: _Job) -> list[Violation]:
        """The Reports that went because they need what a shape withheld."""
        assert job.graph is not None
        ids = {fact.id for fact in job.facts.facts}
        return [
            Violation(
                "Violation",
                "needs",
                job.graph.node(ref).value,
                None,
                None,
                f"needs {cause}, which is withheld",
                job.facts.article.id,
                f"{job.graph.iri.value}#{ref}",
            )
            for ref, cause in sorted(job.graph.scope.dragged.items())
            if ref in ids
        ]


def _whole(facts: ArticleFacts, reason: str) -> Violation:
    """A whole article is withheld."""
    from kgculture.graph import article_iri

    identifier = facts.article.id
    return Violation("Violation", "article", article_iri(identifier).value, None, None, reason, identifier)
