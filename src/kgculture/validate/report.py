"""A SHACL results graph as Violations, each with the article and the Report that it is about."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from kgculture import terms
from kgculture.model import Violation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad

SH = terms.PREFIXES["sh"]
_LEVELS = {"Violation": "Violation", "Warning": "Warning", "Info": "Info"}


class Reports:
    """Which Reports a node of an article's graph belongs to."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.article: str | None = None
        self._of: dict[str, set[str]] = defaultdict(set)
        self._reports: set[str] = set()
        inside: list[tuple[str, str]] = []
        for quad in quads:
            subject, value = str(getattr(quad.subject, "value", "")), str(getattr(quad.object, "value", ""))
            graph = str(getattr(quad.graph_name, "value", ""))
            if graph.startswith(terms.ARTICLE):
                self.article = graph
            if quad.predicate.value in (terms.kgc("reports"), terms.kgc("evidence")):
                self._of[value].add(subject)
                self._reports.add(subject)
            elif quad.predicate.value == terms.kgc("in"):
                inside.append((subject, value))
        for participation, meeting in inside:
            self._of[participation] |= self._of.get(meeting, set())

    @property
    def identifier(self) -> str | None:
        return unquote(self.article.removeprefix(terms.ARTICLE)) if self.article else None

    def of(self, focus: str) -> list[str]:
        """The Report itself, those of a thing or participation, those that rest on a passage; none for all else."""
        if focus in self._reports:
            return [focus]
        # a Report that lacks what ties it to its thing is still one: it is neither a passage nor the article
        if self.article and focus.startswith(self.article + "#") and not focus.startswith(self.article + "#char="):
            return [focus]
        return sorted(self._of.get(focus, ()))


def read_report(results: Any, quads: Iterable[Quad], shapes: str) -> list[Violation]:
    """The results of one run, sorted, each once; `shapes` "union" makes every violation a warning."""
    from rdflib import RDF, URIRef

    reports = Reports(quads)
    found: set[Violation] = set()
    for result in results.subjects(RDF.type, URIRef(SH + "ValidationResult")):

        def one(name: str, node: Any = result) -> str | None:
            values = sorted(str(v) for v in results.objects(node, URIRef(SH + name)))
            return values[0] if values else None

        level = (one("resultSeverity") or "").removeprefix(SH)
        severity: Any = _LEVELS.get(level, "Violation")
        if shapes == "union" and severity == "Violation":
            severity = "Warning"
        focus = one("focusNode") or ""
        path = one("resultPath")
        about: list[str | None] = [*reports.of(focus)] if severity == "Violation" else []
        for report in about or [None]:
            found.add(
                Violation(
                    severity=severity,
                    shape=_name(one("sourceShape"), results, one("sourceConstraintComponent")),
                    focus=focus,
                    path=path if path and path.startswith("http") else None,  # an inverse path has no IRI
                    value=one("value"),
                    message=" ".join((_message(results, result) or "").split()),
                    article=reports.identifier if shapes == "article" else None,
                    report=report,
                )
            )
    return sorted(found, key=order)


def order(violation: Violation) -> tuple[str, ...]:
    """A key to sort by: violations hold None, which does not compare."""
    return tuple(str(getattr(violation, name) or "") for name in Violation.__dataclass_fields__)


def _name(shape: str | None, results: Any, component: str | None) -> str:
    """The shape's IRI; a shape without one has only a label of the engine's making, so its kind of constraint is named."""
    if shape and shape.startswith("http"):
        return shape
    return component or "a shape without a name"


def _message(results: Any, result: Any) -> str | None:
    """The message in English if there is one, else the first."""
    from rdflib import URIRef

    values = sorted(results.objects(result, URIRef(SH + "resultMessage")), key=lambda m: (m.language != "en", str(m)))
    return str(values[0]) if values else None
