"""Results of validation as Violations, each with the article and the Report that it is about."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from kgculture import terms
from kgculture.model import Violation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of validation, from whichever engine. `message` None: the shape has none, and pyshacl makes one up.

    `nested` results stand below another one (sh:detail). `root` is the shape whose target led here, where that is known.
    """

    severity: str
    shape: str
    component: str
    focus: str
    path: str | None
    value: str | None
    message: str | None
    nested: bool = False
    root: Any = None


def read_findings(findings: Iterable[Finding], quads: Iterable[Quad], shapes: str) -> list[Violation]:
    """Findings on one graph as violations, sorted, each once; `shapes` "union" makes every violation a warning."""
    findings = list(findings)
    if not findings:
        return []
    reports = Reports(quads if shapes == "article" else ())
    found: set[Violation] = set()
    for one in findings:
        severity: Any = _LEVELS.get(one.severity.removeprefix(SH), "Violation")
        if shapes == "union" and severity == "Violation":
            severity = "Warning"
        about: list[str | None] = [*reports.of(one.focus)] if severity == "Violation" else []
        for report in about or [None]:
            found.add(
                Violation(
                    severity=severity,
                    # a shape without an IRI has only a label of the engine's making, so its kind of constraint is named
                    shape=one.shape if one.shape.startswith("http") else one.component,
                    focus=one.focus,
                    path=one.path if one.path and one.path.startswith("http") else None,  # an inverse path has no IRI
                    value=one.value,
                    message=" ".join((one.message or "").split()),
                    article=reports.identifier if shapes == "article" else None,
                    report=report,
                )
            )
    return sorted(found, key=order)


def order(violation: Violation) -> tuple[str, ...]:
    """A key to sort by: violations hold None, which does not compare."""
    return tuple(str(getattr(violation, name) or "") for name in Violation.__dataclass_fields__)


def worded(messages: Iterable[tuple[str, str | None]]) -> str | None:
    """Of (text, language) the one in English if there is one, else the first; None where there is none."""
    found = sorted(messages, key=lambda message: (message[1] != "en", message[0]))
    return found[0][0] if found else None


def filled(
    own: Sequence[tuple[str, str | None]],
    of_shape: Sequence[tuple[str, str | None]],
    values: Mapping[str, Any],
    focus: Any,
    value: Any,
) -> str:
    """The message of a sh:sparql constraint with its variables filled in, as pyshacl does it: one after the other, $this late."""
    texts = [text for text, language in (*(m for m in own if m not in of_shape), *of_shape)]
    filled_in = {**values, "this": focus, **({} if value is None else {"value": value})}
    found = []
    for text in texts:
        for name, term in filled_in.items():
            place = f"{{[?$]{name}}}"
            try:
                text = re.sub(place, term.value, text)
            except (re.error, IndexError):  # a backslash that is no escape: pyshacl stops here
                text = re.sub(place, term.value.replace("\\", r"\\"), text)
        found.append(text)
    return min(found, default="")
