"""Agreements: type, parties and the days in which they may have been signed or spoken of."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from kgculture.resolve.names import report_iri
from kgculture.resolve.reports import (
    Report,
    kebab,
    levelled_title,
    passage_digest,
    spec,
    title_keys,
    titles_alike,
)
from kgculture.resolve.times import overlap, span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kgculture.model import PartialDate
    from kgculture.resolve.context import Context
    from kgculture.resolve.upstream import Upstream


@dataclass(frozen=True, slots=True)
class AgreementReport(Report):
    """`parties`: canonical parties, or the countries of the signatories where none are named."""

    type: str
    signed: bool
    parties: frozenset[str]
    signatories: frozenset[str]
    period: tuple[PartialDate | None, PartialDate | None] | None
    title: str
    topics: frozenset[str]
    occasion: str | None


def records(context: Context, upstream: Upstream) -> Iterator[AgreementReport]:
    """The agreements of an article in canonical terms."""
    article, name = context.facts.article, upstream.name
    for a in context.facts.agreements:
        parties = frozenset(name(p) for p in a.parties)
        if not parties:
            countries = {c for s in a.signatories if s in context.persons for c in upstream.countries(s)}
            parties = frozenset(countries) if len(countries) > 1 else frozenset()
        occasion = a.signed_during or a.discussed_at
        yield AgreementReport(
            iri=report_iri(context.id, a.id),
            record=(context.id, a.id),
            span=span(a.signed_on, None, article.published),
            language=article.language,
            text=passage_digest(context, a),
            label=a.label,
            stem=f"agreement-{kebab(a.type)}",
            type=a.type,
            signed=a.stage == "Signed",
            parties=parties,
            signatories=frozenset(name(s) for s in a.signatories),
            period=(a.period_start, a.period_end) if a.period_start or a.period_end else None,
            title=levelled_title(a.label),
            topics=frozenset(a.topics),
            occasion=upstream.known(occasion) if occasion else None,
        )


def clash(a: AgreementReport, b: AgreementReport) -> bool:
    """Whether two Reports cannot tell of one document."""
    if a.type != b.type or (a.period and b.period and a.period != b.period):
        return True
    if a.parties and b.parties and not (a.parties <= b.parties or b.parties <= a.parties):
        return True
    same_paper = titles_alike(a.title, b.title) or (a.period is not None and a.period == b.period)
    if a.title and b.title and a.language == b.language and not titles_alike(a.title, b.title):
        return True
    if a.signed != b.signed:
        return not same_paper
    # what is only spoken of may be spoken of for long
    return overlap(a.span, b.span) is False and (a.signed or not same_paper)


def agree(a: AgreementReport, b: AgreementReport) -> tuple[float, str] | None:
    """(score, rule) if the Reports speak for one document; None if not."""
    parties = len(a.parties & b.parties) > 1
    extra = (
        3.0 * titles_alike(a.title, b.title)
        + 2.0 * (a.occasion is not None and a.occasion == b.occasion)
        + 2.0 * bool(a.signatories & b.signatories)
        + 1.0 * (a.parties == b.parties)
        + 0.5 * bool(a.topics & b.topics)
    )
    if parties and a.period is not None and a.period == b.period:
        return 20 + extra, "agreement.type-parties-period"
    if a.occasion is not None and a.occasion == b.occasion and (parties or titles_alike(a.title, b.title)):
        return 15 + extra, "agreement.type-parties-occasion"
    if parties and overlap(a.span, b.span):
        return 10 + extra, "agreement.type-parties-date"
    return None


def keys(report: AgreementReport) -> Iterable[object]:
    """Type and pairs of parties; titles."""
    for a, b in combinations(sorted(report.parties)[:6], 2):
        yield report.type, a, b
    yield from title_keys(report.title)


SPEC = spec("agreement", keys, agree, clash, AgreementReport)
