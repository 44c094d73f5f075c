"""Graph and shapes together: each article's graph without the Reports that break a shape, and why they are missing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from kgculture import terms
from kgculture._workers import Died
from kgculture.model import ArticleFacts, Violation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import Quad

    from kgculture._workers import Workers
    from kgculture.graph import ArticleGraph
    from kgculture.model import Resolution
    from kgculture.store import Records

#: stands for the whole article among what is withheld
WHOLE = ""


def checked(
    articles: Iterable[tuple[ArticleFacts, Resolution]], records: Records, old: Records | None, pool: Workers
) -> Iterator[tuple[ArticleGraph | None, list[Violation]]]:
    """For each article, in their order: its graph (None where all of it is withheld) and what the shapes found.

    A graph that an earlier build checked against the same shapes is not checked again: verdicts are kept by digest.
    """
    checker = _Checker(records, old)
    jobs = (checker.job(facts, resolution) for facts, resolution in articles)
    for batch, verdicts in pool.map(check_batch, _batches(jobs), lambda batch: _shown(batch, pool)):
        if isinstance(verdicts, Died) and len(batch) > 1:  # nobody knows for which: each is shown alone
            alone: list[Any] = []
            for _, one in pool.map(check_batch, [[job] for job in batch], lambda batch: _shown(batch, pool)):
                alone += [one] if isinstance(one, Died) else one or []
            found: Iterator[Any] = iter(alone)
        else:
            found = iter([verdicts] if isinstance(verdicts, Died) else verdicts or [])
        for job in batch:
            yield checker.settle(job, next(found) if job.verdict is None else None)


def check_batch(graphs: Sequence[bytes | list[Quad]]) -> list[tuple[Violation, ...]]:
    """`check_articles` for quads, or for N-Quads: what a worker process is given."""
    from pyoxigraph import RdfFormat, parse

    from kgculture.validate import check_articles

    quads = [list(parse(g, RdfFormat.N_QUADS)) if isinstance(g, bytes) else g for g in graphs]
    return [tuple(found) for found in check_articles(quads)]


#: graphs judged together: the queries are parsed once for all of them
_BATCH = 32


def _batches(jobs: Iterable[_Job]) -> Iterator[list[_Job]]:
    batch: list[_Job] = []
    waiting = 0
    for job in jobs:
        batch.append(job)
        waiting += job.verdict is None
        if waiting == _BATCH or len(batch) == 4 * _BATCH:
            yield batch
            batch, waiting = [], 0
    if batch:
        yield batch


def _shown(batch: list[_Job], pool: Workers) -> list[bytes | list[Quad]] | None:
    """What of a batch must be judged: quads as they are in this process, bytes for another one."""
    return [job.quads if pool.alone else job.data for job in batch if job.verdict is None] or None


@dataclass(slots=True)
class _Job:
    """One article on its way: its graph, what is shown to the shapes, and their verdict if it is known."""

    facts: ArticleFacts
    resolution: Resolution
    graph: ArticleGraph | None
    data: bytes = b""
    quads: list[Quad] = field(default_factory=list)
    key: str = ""
    verdict: tuple[Violation, ...] | None = None


class _Checker:
    def __init__(self, records: Records, old: Records | None) -> None:
        self._records = records
        self._old = old

    def job(self, facts: ArticleFacts, resolution: Resolution, withheld: Iterable[str] = ()) -> _Job:
        from pyoxigraph import RdfFormat, serialize

        from kgculture.graph import ArticleGraph, context_of, quads_of
        from kgculture.validate import shapes_digest

        try:
            graph = ArticleGraph(facts, resolution, withheld)
            quads = [*quads_of(graph), *context_of(graph, resolution)]
        except (KeyError, ValueError) as error:  # a fault of ours in one article must not cost the others
            reason = f"internal error: {type(error).__name__}: {' '.join(str(error).split())}"
            return _Job(facts, resolution, None, verdict=(_whole(facts, reason),))
        data = serialize(quads, format=RdfFormat.N_QUADS) or b""
        key = hashlib.sha256(shapes_digest().encode() + data).hexdigest()
        verdict = self._old.verdict(facts.article.id, key) if self._old is not None else None
        return _Job(facts, resolution, graph, data, quads, key, verdict)

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
                (judged,) = check_batch([job.quads])
            if job.graph is None:
                return None, [*serious, *judged]
            self._records.put_verdict(job.facts.article.id, job.key, judged)
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
            job, verdict = self.job(job.facts, job.resolution, withheld), None

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
        return {ref for ref in known if job.resolution.canonical.get((identifier, ref), ref) == name}

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
