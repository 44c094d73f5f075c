"""Statements and proposals: the examples of the lexicon, quotations over several sentences, what they speak of."""

from __future__ import annotations

import pytest

from kgculture.extract import extract
from kgculture.lexicon import load
from kgculture.model import Article, ArticleFacts

#: what the examples presuppose: who is who
LEAD = {
    "en": "Minister of Culture and Information of Kazakhstan Aida Balayeva and Minister of Culture of Azerbaijan Adil Karimli attended. "
    "Minister of Culture of Russia Olga Lyubimova and President Kassym-Jomart Tokayev spoke later.",
    "ru": "В открытии участвовали министр культуры и информации РК Аида Балаева и министр культуры Азербайджана Адиль Керимли, "
    "министр культуры РФ Ольга Любимова и президент Казахстана Касым-Жомарт Токаев.",
}


def facts(text: str, language: str = "en") -> ArticleFacts:
    return extract(Article("a", text, language))  # type: ignore[arg-type]


def entries(frame: str, key: str) -> list[tuple[str, str, str]]:
    found = []
    for code in ("en", "ru"):
        for rule in (load(code).rules.get(frame) or {}).get("rules", ()):
            found += [(code, rule["id"], text) for text in rule.get(key, ())]
    return found


@pytest.mark.parametrize(("code", "rule", "text"), entries("statements", "examples"))
def test_examples_state_something(code: str, rule: str, text: str) -> None:
    found = facts(f"{LEAD[code]}\n\n{text}", code).statements
    assert [s.rule for s in found if s.passages[-1].end > len(LEAD[code])] == [rule]


@pytest.mark.parametrize(("code", "rule", "text"), entries("statements", "counter"))
def test_counter_examples_do_not(code: str, rule: str, text: str) -> None:
    assert rule not in [s.rule for s in facts(f"{LEAD[code]}\n\n{text}", code).statements]


def test_a_quotation_of_several_sentences_has_the_speaker_of_its_end() -> None:
    text = LEAD["en"] + "\n\n“We met in Baku. Our countries are friends. We shall go on,” said Adil Karimli."
    (statement,) = facts(text).statements
    assert statement.mode == "Quoted"
    assert statement.text == "We met in Baku. Our countries are friends. We shall go on"
    assert len(statement.passages) >= 3


def test_dialogue_after_a_dash() -> None:
    text = LEAD["en"] + "\n\n– Museums matter. We hope for constructive cooperation in this field, said Adil Karimli."
    (statement,) = facts(text).statements
    assert statement.text == "Museums matter. We hope for constructive cooperation in this field"
    assert statement.topics == ("museums",)


def test_words_of_the_narrator_are_cut_out_of_russian_speech() -> None:
    text = LEAD["ru"] + "\n\n«Наши музеи давно дружат, — отметила Аида Балаева. — Мы продолжим эту работу и дальше»."
    (statement,) = facts(text, "ru").statements
    assert "Балаева" not in statement.text
    assert statement.text.startswith("Наши музеи давно дружат")


def test_the_two_countries_are_those_of_the_article() -> None:
    text = "Министр культуры РК Аида Балаева посетила Россию.\n\nАида Балаева отметила, что культурные связи двух стран крепнут."
    (statement,) = facts(text, "ru").statements
    assert set(statement.about) == {"country-KZ", "country-RU"}


def test_a_statement_at_a_meeting_has_it_as_its_occasion() -> None:
    text = (
        "Minister of Culture of Kazakhstan Aida Balayeva met with Minister of Culture of Azerbaijan Adil Karimli in Baku.\n\n"
        "During the meeting, Balayeva noted that cooperation was growing."
    )
    found = facts(text)
    assert [s.occasion for s in found.statements] == [found.meetings[0].id]


@pytest.mark.parametrize(
    ("code", "rule", "text"), [e for e in entries("proposals", "examples") if e[1].endswith("put-forward")]
)
def test_examples_propose_something(code: str, rule: str, text: str) -> None:
    found = facts(f"{LEAD[code]}\n\n{text}", code)
    assert [p.rule for p in found.proposals] == [rule]
    assert found.proposals[0].proposes in {f.id for f in found.facts}


@pytest.mark.parametrize(("code", "rule", "text"), entries("proposals", "counter"))
def test_counter_examples_propose_nothing(code: str, rule: str, text: str) -> None:
    assert not facts(f"{LEAD[code]}\n\n{text}", code).proposals


@pytest.mark.parametrize(
    ("code", "rule", "text"), [e for e in entries("proposals", "examples") if e[1].endswith("supported")]
)
def test_supporters_are_not_proposers(code: str, rule: str, text: str) -> None:
    (proposal,) = facts(f"{LEAD[code]}\n\n{text}", code).proposals
    assert len(proposal.supporters) == 1 and proposal.proposer not in proposal.supporters
