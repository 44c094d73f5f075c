"""Agreements: the examples of the lexicon, stages, parties, tellings of one document."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgculture.extract import extract
from kgculture.lexicon import load
from kgculture.model import AgreementFact, Article, ArticleFacts

SHARED = Path(__file__).resolve().parents[2] / "shared"


def facts(text: str, language: str = "en") -> ArticleFacts:
    return extract(Article("a", text, language))  # type: ignore[arg-type]


def agreements(text: str, language: str = "en") -> tuple[AgreementFact, ...]:
    return facts(text, language).agreements


def names(found: ArticleFacts, refs: tuple[str, ...]) -> list[str]:
    known = {o.id: o.names[0] for o in found.organizations} | {p.id: p.names[0] for p in found.persons}
    return sorted(known.get(r, r) for r in refs)


def entries(key: str) -> list[tuple[str, str, str]]:
    return [(c, r["id"], t) for c in ("en", "ru") for r in load(c).rules["agreements"]["rules"] for t in r.get(key, ())]


@pytest.mark.parametrize(("code", "rule", "text"), entries("examples"))
def test_examples(code: str, rule: str, text: str) -> None:
    (found,) = agreements(text, code)
    event = next(r.get("event") for r in load(code).rules["agreements"]["rules"] if r["id"] == rule)
    if rule.endswith(".signers"):  # adds to what another rule found
        assert len(found.signatories) == 2
    elif event == "signers":
        assert found.signatories or found.signed_on
    elif event == "dated":
        assert found.signed_on is not None and found.stage == "InPreparation"
    elif event == "ceremony":
        assert found.signed_on is not None and found.place is not None
    else:
        assert found.rule == rule
    assert len(found.parties) == 2


@pytest.mark.parametrize("frame", ["agreements", "statements", "proposals"])
@pytest.mark.parametrize("code", ["en", "ru"])
def test_every_rule_has_examples(code: str, frame: str) -> None:
    assert [r["id"] for r in load(code).rules[frame]["rules"] if not r.get("examples")] == []


@pytest.mark.parametrize(("code", "rule", "text"), entries("counter"))
def test_counter_examples(code: str, rule: str, text: str) -> None:
    assert agreements(text, code) == ()


def test_one_document_told_twice_is_one_fact() -> None:
    text = (
        "The National Library of Kazakhstan and the National Library of Georgia signed a memorandum.\n\n"
        "The document was signed by Director of the National Library of Kazakhstan Bakytzhamal Ospanova and Director "
        "of the National Library of Georgia Mirian Khositashvili. The memorandum covers book exchange and the digitisation of archives."
    )
    found = facts(text)
    (agreement,) = found.agreements
    assert names(found, agreement.parties) == ["National Library of Georgia", "National Library of Kazakhstan"]
    assert names(found, agreement.signatories) == ["Bakytzhamal Ospanova", "Mirian Khositashvili"]
    assert set(agreement.topics) == {"archives", "digitalisation", "exchange"}


def test_two_documents_of_one_sentence() -> None:
    text = (
        "The basis is two memorandums, one with the National Museum of Mongolia and one with the Capital Museum of China, "
        "which the National Museum of Georgia signed in May."
    )
    assert [len(a.parties) for a in agreements(text)] == [2, 2]


def test_ministers_sign_for_their_countries_and_directors_for_their_houses() -> None:
    ministers = facts(
        "Министр культуры РК Аида Балаева и министр культуры Франции Рашида Дати 4 ноября 2024 года "
        "подписали в Париже декларацию о намерениях.",
        "ru",
    )
    assert names(ministers, ministers.agreements[0].parties) == ["country-FR", "country-KZ"]
    assert ministers.agreements[0].signed_on is not None and ministers.agreements[0].signed_on.lexical == "2024-11-04"
    directors = facts(
        "Director of the National Museum of Georgia David Lordkipanidze and Director of the Capital Museum of China Han Zhanming "
        "signed a contract."
    )
    assert names(directors, directors.agreements[0].parties) == [
        "Capital Museum of China",
        "National Museum of Georgia",
    ]


def test_a_document_of_a_session_is_signed_during_it() -> None:
    text = (
        "В Москве прошло четвертое заседание Подкомиссии по культурному сотрудничеству между Казахстаном и Россией. "
        "По итогам заседания стороны подписали протокол."
    )
    found = facts(text, "ru")
    assert [a.signed_during for a in found.agreements] == [found.meetings[0].id]
    assert set(found.agreements[0].parties) == {"country-KZ", "country-RU"}


def test_years_that_a_programme_is_for_are_its_period() -> None:
    text = "Министерство культуры Беларуси и Министерство культуры Китая собираются подписать программу сотрудничества на 2024-2026 годы."
    (found,) = agreements(text, "ru")
    assert (found.period_start and found.period_start.year, found.period_end and found.period_end.year) == (2024, 2026)
    assert found.stage == "InPreparation" and found.signed_on is None


@pytest.mark.parametrize(
    "text",
    [
        "Work goes on within the framework of the memorandum between Kazakhstan and Georgia.",
        "Aida Balayeva presented a broad work plan to Kazakhstan and Georgia.",
        "Kazakhstan and Georgia reached an agreement on everything.",
        "The two sides discussed plans for the future of Kazakhstan and Georgia.",
    ],
)
def test_what_is_no_document_of_two_sides(text: str) -> None:
    assert agreements(text) == ()


@pytest.mark.skipif(not (SHARED / "articles" / "seeds").is_dir(), reason="the articles of ../shared are not here")
def test_the_seed_articles_have_three_agreements() -> None:
    from kgculture.sources import read

    found = [
        a
        for article in read([SHARED / "articles" / "seeds"])
        if isinstance(article, Article)
        for a in extract(article).agreements
    ]
    assert sorted((a.type, a.stage) for a in found) == [
        ("Plan", "InPreparation"),
        ("Roadmap", "Signed"),
        ("Roadmap", "UnderDiscussion"),
    ]


@pytest.mark.parametrize(
    ("code", "text", "parties"),
    [
        (
            "en",
            "Anna Reed is curator at the River Museum. The Hill Museum lent her a vase. In 2020 the two museums signed a contract.",
            ["Hill Museum", "River Museum"],
        ),
        ("en", "The River Museum and the Ateneum signed a memorandum.", ["Ateneum", "River Museum"]),
        (
            "en",
            "A memorandum between the River Museum and Estonia's Hill Museum is being drafted.",
            ["Hill Museum", "River Museum"],
        ),
        (
            "en",
            "The River Museum and the Hill Museum will exchange vases. An agreement on this was signed by Anna Reed and Mary Stone.",
            ["Hill Museum", "River Museum"],
        ),
        (
            "en",
            "The River Museum and Georgia's Silk Foundation will work together. "
            "Anna Reed, director of the museum, and Mary Stone, head of the foundation, signed a treaty.",
            ["River Museum", "Silk Foundation"],
        ),
        (
            "ru",
            "Русский музей и музей Гиме договорились о выставке. Два музея подписали меморандум.",
            ["Русский музей", "музей Гиме"],
        ),
        ("en", "The River Museum and UNESCO signed a contract.", ["River Museum", "UNESCO"]),
        (
            "ru",
            "Подписан меморандум между Государственным Эрмитажем и Русским музеем.",
            ["Государственный Эрмитаж", "Русский музей"],
        ),
        ("ru", "Подписано соглашение между министерствами культуры Казахстана и Грузии.", ["country-GE", "country-KZ"]),
        ("ru", "Программа сотрудничества Казахстана и Грузии находится на согласовании.", ["country-GE", "country-KZ"]),
        (
            "ru",
            "Ещё одно соглашение, об обмене студентами, готовят Академия искусств Казахстана и Русский музей.",
            ["Академия искусств Казахстана", "Русский музей"],
        ),
        (
            "kk",
            "Қазақстанның Ұлттық музейі мен Орыс музейі көрме ашты. Екі музей меморандумға қол қойды.",
            ["Орыс музейі", "Қазақстанның Ұлттық музейі"],
        ),
    ],
)
def test_parties_told_otherwise(code: str, text: str, parties: list[str]) -> None:
    found = facts(text, code)
    assert [names(found, a.parties) for a in found.agreements] == [sorted(parties)]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The River Museum, the Hill Museum and the Lake Museum lent vases. The two museums signed a contract."),
        ("en", "The River Museum opened a show. The two museums signed a contract."),
        ("ru", "Русский музей открыл выставку. Два музея подписали договор."),
    ],
)
def test_which_two_is_not_guessed(code: str, text: str) -> None:
    assert not [a for a in agreements(text, code) if a.parties]


def test_who_tells_of_a_signing_does_not_sign() -> None:
    text = (
        "A protocol between the River Museum and the Hill Museum is to be signed in May, director Anna Reed announced."
    )
    (found,) = agreements(text)
    assert found.signatories == ()


def test_who_signs_with_somebody() -> None:
    text = "Anna Reed, director of the River Museum, inked with Mary Stone, director of the Hill Museum, a memorandum."
    found = facts(text)
    (made,) = found.agreements
    assert names(found, made.signatories) == ["Anna Reed", "Mary Stone"]
    assert names(found, made.parties) == ["Hill Museum", "River Museum"]


def test_two_documents_share_their_parties() -> None:
    text = "Anna Reed and Mary Stone signed a protocol and an action plan between the River Museum and the Hill Museum."
    found = facts(text)
    assert [(a.type, names(found, a.parties)) for a in found.agreements] == [
        ("Protocol", ["Hill Museum", "River Museum"]),
        ("Plan", ["Hill Museum", "River Museum"]),
    ]
