"""What the graph stage writes of an article with every kind of fact breaks no shape."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kgculture import graph, resolve, validate
from kgculture.model import (
    AgreementFact,
    Article,
    ArticleFacts,
    EventFact,
    MeetingFact,
    OfficeFact,
    OrganizationFact,
    PartialDate,
    Participation,
    Passage,
    PersonFact,
    PlaceFact,
    ProposalFact,
    StatementFact,
    TenureFact,
    Violation,
    WorkFact,
)

TEXT = (
    "🎭 Minister of Culture Aina Serik of Kazakhstan met Bo Lee in Baku on 4 December 2023. "
    "The exhibition The Steppe opened with 46 works by Ann Dot and the film Golden Horse."
)
WHOLE = (Passage(0, len(TEXT)),)


def at(words: str) -> tuple[Passage, ...]:
    start = TEXT.index(words)
    return (Passage(start, start + len(words)),)


def full() -> ArticleFacts:
    """An article with every kind of entity and fact, and every field of a fact in use somewhere."""
    return ArticleFacts(
        Article("demo", TEXT, "en", published="2023-12-05", title=at("Minister of Culture")[0]),
        persons=(
            PersonFact("person-1", ("Aina Serik",), "Serik", "Aina", mentions=at("Aina Serik")),
            PersonFact("person-2", ("Bo Lee",), "Lee", "Bo", mentions=at("Bo Lee")),
            PersonFact("person-3", ("Ann Dot",), "Dot", "Ann", role="creator", mentions=at("Ann Dot")),
        ),
        organizations=(
            OrganizationFact("org-1", ("Steppe Hall",), "Venue", country="country-AZ", place="city-baku"),
            OrganizationFact("org-2", ("Joint Commission",), sector="Film"),
            OrganizationFact("org-3", ("Winds",), "Ensemble"),
        ),
        places=(
            PlaceFact("city-baku", at("Baku")),
            PlaceFact("country-KZ", at("Kazakhstan")),
            PlaceFact("region-central-asia"),
        ),
        offices=(
            OfficeFact("office-1", "Minister of Culture", "Minister of Culture", "country-KZ", ministerial=True),
            OfficeFact("office-2", "Rector", organization="org-2"),
        ),
        works=(WorkFact("work-1", "Golden Horse", "AnimatedFilm", ("person-3",), at("Golden Horse")),),
        tenures=(
            TenureFact(id="tenure-1", rule="r", passages=WHOLE, holder="person-1", office="office-1"),
            TenureFact(id="tenure-2", rule="r", passages=WHOLE, holder="person-2", office="office-2", status="Former"),
        ),
        meetings=(
            MeetingFact(
                id="meeting-1",
                rule="r",
                passages=WHOLE,
                participants=("person-1", "person-2"),
                chairs=("person-1",),
                heads_of_side=("person-1", "person-2"),
                participations=(
                    Participation("person-1", "country-KZ", "tenure-1"),
                    Participation("person-2", "country-AZ"),
                ),
                format="Session",
                session_of="org-2",
                ordinal=4,
                place="city-baku",
                start=PartialDate(2023, 12, 4),
                topics=("cinema",),
                topic_text="film",
            ),
            MeetingFact(
                id="meeting-2",
                rule="r",
                passages=WHOLE,
                participants=("country-KZ", "country-AZ"),
                status="Planned",
                start=PartialDate(None, 12),
                inferred=True,
            ),
        ),
        agreements=(
            AgreementFact(
                id="agreement-1",
                rule="r",
                passages=WHOLE,
                type="Roadmap",
                stage="UnderDiscussion",
                parties=("country-KZ", "country-AZ"),
                discussed_at="meeting-1",
                period_start=PartialDate(2024),
                period_end=PartialDate(2026),
            ),
        ),
        events=(
            EventFact(
                id="event-1",
                rule="r",
                passages=WHOLE,
                kind="Exhibition",
                title="The Steppe",
                presents=("country-KZ",),
                organizers=("org-2",),
                participants=("person-1",),
                performers=("org-3",),
                works=("work-1",),
                works_by=("person-3",),
                work_count=46,
                work_count_is_minimum=True,
                venue="org-1",
                place="city-baku",
                start=PartialDate(2023, 12, 4),
                end=PartialDate(2023, 12),
                part_of="event-2",
            ),
            EventFact(id="event-2", rule="r", passages=WHOLE, kind="DaysOfCulture", presents=("country-KZ",)),
        ),
        statements=(
            StatementFact(
                id="statement-1",
                rule="r",
                passages=WHOLE,
                speaker="person-1",
                text="It opened.",
                about=("country-KZ",),
                occasion="meeting-1",
            ),
        ),
        proposals=(
            ProposalFact(
                id="proposal-1",
                rule="r",
                passages=WHOLE,
                proposer="person-2",
                proposes="event-2",
                supporters=("person-1",),
                proposed_at="meeting-1",
            ),
        ),
    )


def violations(facts: ArticleFacts) -> list[Violation]:
    resolution = resolve.resolve([facts])
    context = graph.context_of(graph.ArticleGraph(facts, resolution), resolution)
    return validate.check_article([*graph.article_quads(facts, resolution), *context])


def test_an_article_with_every_kind_of_fact_breaks_no_shape() -> None:
    assert violations(full()) == []


def test_its_default_graph_raises_no_warning() -> None:
    facts = full()
    assert validate.check_union(graph.default_quads([facts], resolve.resolve([facts]))) == []


@pytest.mark.parametrize(
    ("field", "index", "change", "shape", "report"),
    [
        (
            "meetings",
            0,
            {"participants": ("person-1",), "heads_of_side": (), "participations": ()},
            "Meeting-sides",
            "meeting-1",
        ),
        ("events", 0, {"end": PartialDate(2023, 11)}, "StartBeforeEnd", "event-1"),
        ("events", 0, {"work_count": 0}, "Event-workCount", "event-1"),
        ("agreements", 0, {"period_end": PartialDate(2023)}, "PeriodInOrder", "agreement-1"),
        ("statements", 0, {"passages": ()}, "Report-evidence", "statement-1"),
        ("tenures", 1, {"holder": "org-3"}, "Tenure-holder", "tenure-2"),
    ],
)
def test_a_bad_fact_is_traced_to_its_report(
    field: str, index: int, change: dict[str, object], shape: str, report: str
) -> None:
    facts = full()
    found = list(getattr(facts, field))
    found[index] = replace(found[index], **change)
    changed: dict[str, Any] = {field: tuple(found)}
    broken = violations(replace(facts, **changed))
    assert any(v.shape.endswith(f"#{shape}") for v in broken)
    assert {(v.report or "").rpartition("#")[2] for v in broken} == {report}
