"""Resolution is a function of the set of articles."""

from __future__ import annotations

import time
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgculture.errors import DuplicateArticle, KgcultureError
from kgculture.model import ArticleFacts, Resolution
from kgculture.resolve import resolve
from kgculture.resolve.fold import level, skeletons, slug, variant
from kgculture.resolve.times import overlap, span
from resolve_articles import Build

SURNAMES = ("Karimov", "Каримов", "Kerimov", "Balayeva", "Балаева", "Balaeva", "Tokayev", "Токаев", "Lee")
GIVEN = ("Adil", "Адиль", "Adyl", "Aida", "Аида", "A.", "", "Alisher")
COUNTRIES = (None, None, "KZ", "RU", "AZ")
BODIES = (
    "Guimet Museum",
    "Guimet National Museum of Asian Arts",
    "National Museum",
    "Astana Opera",
    "«Астана Опера»",
    "Guimet Library",
)
DATES = (None, "2025-10-11", "2025-10-14", "2025-11-20", "2024")


def invented(id: str, random: Random) -> ArticleFacts:
    """An article of few names, so that everything may be one with everything."""
    build = Build(id, random.choice(("en", "ru", "kk")), random.choice(("2025-10-12", "2025-11-21", None)))
    people = []
    for _ in range(random.randint(0, 4)):
        surname, first = random.choice(SURNAMES), random.choice(GIVEN)
        patronymic = random.choice(("", "", "Ivanovich", "Петрович")) or None
        name = " ".join(filter(None, (first, patronymic if first else None, surname)))
        people.append(
            build.person(
                name,
                surname=surname,
                given=first or None,
                patronymic=patronymic if first else None,
                country=random.choice(COUNTRIES),
            )
        )
    museum = build.org(
        random.choice(BODIES), country=random.choice(COUNTRIES), sector=random.choice((None, "Museum", "Theatre"))
    )
    if people:
        build.tenure(random.choice(people), build.office("Director", None, museum))
        title, english = random.choice(
            (("Minister", None), ("Министр", "Minister"), ("Министр", None), ("Министр", "Head"))
        )
        post = build.office(title, random.choice(("KZ", "RU", None, None)), en=english)
        build.tenure(random.choice(people), post, random.choice(("Current", "Former")))
    for _ in range(random.randint(0, 3)):
        sides = random.sample([*people, "KZ", "RU", museum], k=2)
        build.meeting(
            *sides,
            start=random.choice(DATES),
            place=random.choice((None, "@baku", "@moscow", "RU")),
            format=random.choice((None, None, "Session", "Bilateral")),
            ordinal=random.choice((None, None, 4)),
            session_of=random.choice((None, museum)),
        )
    for kind in random.sample(("DaysOfCulture", "Exhibition", "Concert", "CulturalEvent"), k=2):
        build.event(
            kind,
            random.choice(("--10", *DATES)),
            presents=random.choice(((), ("KZ",))),
            place=random.choice((None, "@moscow", "RU")),
            title=random.choice((None, "Golden Man of the Steppe", "Silk Road")),
            venue=random.choice((None, museum)),
            works=(build.work(random.choice(("Abai", "Абай")), random.choice(("Work", "Opera", "Film"))),),
        )
    build.agreement(
        random.choice(("Roadmap", "Protocol")),
        random.choice(("Signed", "Proposed")),
        "KZ",
        "RU",
        signed=random.choice(DATES),
    )
    if people:
        build.statement(people[0], "So it is.")
        build.proposal(people[0], "event-1")
    return build.facts


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 25), st.randoms(use_true_random=False))
def test_order_does_not_matter(seed: int, count: int, shuffle: Random) -> None:
    random = Random(seed)
    facts = [invented(f"article {n}", random) for n in range(count)]
    shuffled = list(facts)
    shuffle.shuffle(shuffled)
    found = resolve(facts)
    assert resolve([*shuffled, facts[0]]) == found
    check(facts, found)


def check(facts: list[ArticleFacts], found: Resolution) -> None:
    """What holds of every resolution."""
    for f in facts:
        for record in (*f.persons, *f.organizations, *f.offices, *f.works, *f.facts):
            thing = found.things[found.name(f.article.id, record.id)]
            assert thing.name == found.name(f.article.id, record.id)
        for several in (f.meetings, f.agreements, f.events, f.statements):
            names = [found.name(f.article.id, fact.id) for fact in several]
            assert len(set(names)) == len(names), "facts of one article never merge"
    aliases = [a for t in found.things.values() for a in t.aliases]
    assert len(set(aliases)) == len(aliases), "an alias stands for one thing"
    assert not set(aliases) & set(found.things)
    assert set(found.canonical.values()) == set(found.things)
    for merge in found.merges:
        assert {found.canonical[r] for r in merge.records} == {merge.thing}
        assert len(merge.records) > 1
    merged = {m.thing for m in found.merges}
    several_records = {n for n in found.things if sum(c == n for c in found.canonical.values()) > 1}
    assert {n for n in several_records if found.things[n].kind != "place"} == merged, "every merge has a reason"
    for a, b in found.maybe_same:
        assert a < b
        assert {a, b} <= set(found.things)
    for thing in found.things.values():
        languages = [language for language, _ in thing.labels]
        assert len(set(languages)) == len(languages)


def test_places_stand_for_themselves() -> None:
    build = Build("a")
    build.meeting("KZ", "RU", place="@moscow")
    found = resolve([build.facts])
    assert found.name("a", "city-moscow") == "city-moscow"
    assert found.things["country-KZ"].kind == "place"


def test_one_identifier_for_two_texts() -> None:
    with pytest.raises(DuplicateArticle, match="a: two different"):
        resolve([Build("a", text="one").facts, Build("a", text="two").facts])


def test_a_ref_that_the_article_does_not_list() -> None:
    build = Build("a")
    build.meeting("person-1", "KZ")
    with pytest.raises(KgcultureError, match="article a: meeting-1 names person-1"):
        resolve([build.facts])


def test_nothing_gives_nothing() -> None:
    assert resolve([]) == Resolution({}, {})


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Балаева", "balayeva"),
        ("Керимли", "kerimli"),
        ("Любимова", "lyubimova"),
        ("Токаев", "tokayev"),
        ("Швыдкой", "shvydkoy"),
        ("Қасым-Жомарт", "kasym-zhomart"),
        ("Воробьёв", "vorobyov"),
        ("Дмитрий", "dmitry"),
        ("Ерлан", "yerlan"),
        ("Kərimli", "karimli"),
        ("Jänes", "janes"),
        ("Paşazadə", "pashazada"),
        ("O’Neil & Sons", "oneil-sons"),
    ],
)
def test_slugs(text: str, folded: str) -> None:
    assert slug(text) == folded


def test_a_text_without_letters_still_has_a_slug() -> None:
    assert slug("…") == slug("…") != slug("!")


@given(st.text(max_size=20), st.text(max_size=20))
def test_variant_is_symmetric_and_folding_never_fails(a: str, b: str) -> None:
    assert slug(a)
    x, y = level(a), level(b)
    assert variant(x, y) == variant(y, x)
    assert skeletons(x) == tuple(sorted(skeletons(x)))


def test_seasons_and_spans() -> None:
    from resolve_articles import day

    october, winter = span(day("--10-10"), day("--10-13"), None), span(day("--12-20"), day("2026-01-10"), None)
    assert overlap(october, span(day("2025-10-12"), None, None))
    assert overlap(october, span(day("2025-11-12"), None, None)) is False
    assert overlap(october, span(day("--10-11"), None, None)) is None
    assert overlap(october, span(None, None, None)) is None
    assert overlap(winter, span(day("2025-12-31"), None, None))
    assert overlap(span(day("--12-30"), None, "2026-01-02"), span(day("2025-12-30"), None, None))
    assert overlap(span(day("--02-29"), None, "2025-03-01"), span(day("2025-02-28"), None, None))


def syllables(random: Random, count: int) -> str:
    return "".join("".join(map(random.choice, ("bdgklmnrst", "aeiou", "bdgklmnr"))) for _ in range(count))


def test_a_thousand_articles_take_seconds() -> None:
    random = Random(7)
    facts = []
    for n in range(1000):
        build = Build(f"a{n}", published=f"20{random.randint(10, 25)}-0{random.randint(1, 9)}-1{random.randint(0, 9)}")
        names = [f"{syllables(random, 1).title()}ar {syllables(random, 2).title()}ov" for _ in range(6)]
        people = [build.person(name, country=random.choice(("KZ", "RU", "AZ", None))) for name in names]
        build.org(f"{random.choice(names).split()[1]} Museum", sector="Museum")
        build.meeting(*people[:2])
        build.meeting("KZ", "RU")
        build.event("DaysOfCulture", presents=("KZ",), place="@moscow")
        facts.append(build.facts)
    start = time.process_time()
    resolve(facts)
    assert time.process_time() - start < 20  # some six seconds
