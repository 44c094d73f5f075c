"""How English news words offices and meetings: kinds of sentences, with invented people, and what must not be read into them."""

from __future__ import annotations

import pytest

from kgculture.extract import extract
from kgculture.model import Article, ArticleFacts, MeetingFact


def facts_of(text: str, published: str | None = "2025-03-12") -> ArticleFacts:
    return extract(Article("example", text, "en", published))


def names(facts: ArticleFacts, meeting: MeetingFact) -> set[str]:
    known = {p.id: p.names[0] for p in facts.persons}
    return {known.get(ref, ref) for ref in meeting.participants}


def posts(text: str) -> set[tuple[str, str | None, str | None, str]]:
    """(holder, title, country, status) of every tenure."""
    facts = facts_of(text)
    holders = {p.id: p.names[0] for p in facts.persons}
    offices = {o.id: o for o in facts.offices}
    return {(holders[t.holder], offices[t.office].title_en, offices[t.office].country, t.status) for t in facts.tenures}


MINISTER = "Minister of Culture"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Latvian Minister of Culture Ilze Kalnina spoke.", ("Ilze Kalnina", MINISTER, "country-LV", "Current")),
        ("Latvia's culture minister Ilze Kalnina spoke.", ("Ilze Kalnina", MINISTER, "country-LV", "Current")),
        ("Latvia`s Minister of Culture Ilze Kalnina spoke.", ("Ilze Kalnina", MINISTER, "country-LV", "Current")),
        (
            "The Minister of Culture of the Republic of Cuba, Rosa Almeida, spoke.",
            ("Rosa Almeida", MINISTER, "country-CU", "Current"),
        ),
        (
            "Ilze Kalnina, Minister of Culture from the Republic of Latvia, spoke.",
            ("Ilze Kalnina", MINISTER, "country-LV", "Current"),
        ),
        (
            "Ilze Kalnina, the Latvian minister for culture and media, spoke.",
            ("Ilze Kalnina", "Minister for Culture and Media", "country-LV", "Current"),
        ),
        (
            "Latvian Culture, Sports and Tourism Minister Ilze Kalnina spoke.",
            ("Ilze Kalnina", "Minister of Culture, Sports and Tourism", "country-LV", "Current"),
        ),
        (
            "Minister of Education, Culture, Sports, Science and Technology of Japan Kenji Arakawa spoke.",
            (
                "Kenji Arakawa",
                "Minister of Education, Culture, Sports, Science and Technology",
                "country-JP",
                "Current",
            ),
        ),
        (
            "Foreign and European Integration Minister of Moldova Ion Rusu spoke.",
            ("Ion Rusu", "Minister of Foreign and European Integration", "country-MD", "Current"),
        ),
        (
            "Caretaker Minister of Culture of Lebanon, Judge Omar El-Hadi, spoke.",
            ("Omar El-Hadi", MINISTER, "country-LB", "Acting"),
        ),
        ("Former Latvian Minister of Culture Ilze Kalnina spoke.", ("Ilze Kalnina", MINISTER, "country-LV", "Former")),
        (
            "Lithuanian Vice-Minister of Culture Rasa Petraite spoke.",
            ("Rasa Petraite", "Vice Minister of Culture", "country-LT", "Current"),
        ),
        (
            "Assistant Minister of Foreign Affairs of Vietnam Pham Duc Thu spoke.",
            ("Pham Duc Thu", "Assistant Minister of Foreign Affairs", "country-VN", "Current"),
        ),
        (
            "Omar Nasri was appointed Minister of Culture of Tunisia.",
            ("Omar Nasri", MINISTER, "country-TN", "Current"),
        ),
        (
            "H.E. Sheikh Salman bin Rashid bin Omar Al Said, Minister of Culture of Oman, spoke.",
            ("Salman bin Rashid bin Omar Al Said", MINISTER, "country-OM", "Current"),
        ),
        (
            "Belarus Ambassador to the country Ivan Rudko spoke.",
            ("Ivan Rudko", "Ambassador", "country-BY", "Current"),
        ),
        (
            "Deputy Governor of Atyrau region of Kazakhstan Marat Seitov spoke.",
            ("Marat Seitov", "Deputy Governor of Atyrau Region", None, "Current"),
        ),
        (
            "Minister of Culture of Finland Olive Lucas spoke.",
            ("Olive Lucas", MINISTER, "country-FI", "Current"),
        ),
    ],
)
def test_an_office(text: str, expected: tuple[str, str, str | None, str]) -> None:
    holder, title, country, status = expected
    found = posts(text)
    assert any(
        h == holder and t == title and s == status and (country is None or c == country) for h, t, c, s in found
    ), found


def test_titles_and_names_in_turn() -> None:
    found = posts(
        "She met the Head of the Book Chamber, Umut Altan, the Minister of Sports of Turkey, Kemal Aras, and others."
    )
    assert {(holder, title) for holder, title, _, _ in found} >= {
        ("Umut Altan", "Head"),
        ("Kemal Aras", "Minister of Sports"),
    }
    assert len(found) == 2


def test_an_abbreviation_names_the_body() -> None:
    facts = facts_of(
        "UNESCO Director-General Marta Silva and the Secretary General of the League of Museums (LOM) Rui Lobo spoke."
    )
    holders = {p.id: p.names[0] for p in facts.persons}
    bodies = {o.id: o.names[0] for o in facts.organizations}
    offices = {o.id: o for o in facts.offices}
    found = {holders[t.holder]: bodies.get(offices[t.office].organization or "") for t in facts.tenures}
    assert found == {"Marta Silva": "UNESCO", "Rui Lobo": "League of Museums"}


@pytest.mark.parametrize(
    "text",
    [
        "The concert marked the 150th anniversary of the birth of the great poet Akan Seitov.",
        "Wreaths were laid at the monument to Akan Seitov.",
        "The evening was dedicated to the outstanding composer Akan Seitov.",
    ],
)
def test_who_is_honoured_does_not_act(text: str) -> None:
    assert not facts_of(text).persons


A, B = "Latvian Minister of Culture Ilze Kalnina", "Estonian Minister of Culture Tiina Saar"
BOTH = {"Ilze Kalnina", "Tiina Saar"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (f"{A} met with {B}.", "Held"),
        (f"{A} met Wednesday with {B}.", "Held"),
        (f"{A} has met with {B} to discuss libraries.", "Held"),
        (f"{A} met and conferred with {B}.", "Held"),
        (f"{A}, who is on a visit to Estonia, met {B}.", "Held"),
        (f"{A} met with a delegation led by {B}.", "Held"),
        (f"{A} held an official session of talks in Riga on Sunday with {B}.", "Held"),
        (f"{A} had, last week, a meeting with {B}.", "Held"),
        (f"{A} and {B} held a meeting on Thursday.", "Held"),
        (f"{A} and the delegation led by {B} held a meeting on Thursday.", "Held"),
        (f"{A}, Chairperson of the Book Council, received {B}.", "Held"),
        (
            "Ilze Kalnina, Latvian Minister of Culture, Chairperson of the Book Council, received Tiina Saar, Ambassador of Estonia.",
            "Held",
        ),
        (f"{A} received {B}.", "Held"),
        (f"{A} received in her office here today {B}.", "Held"),
        (f"{A} on Monday welcomed in her office at the National Museum of Latvia, {B}.", "Held"),
        (f"{A} was received by {B}.", "Held"),
        (f"{A} called on {B} here.", "Held"),
        (f"{A} paid a courtesy call on {B}.", "Held"),
        (f"A meeting was held between {A} and {B}.", "Held"),
        (f"Libraries matter to both, {A} said in the course of the meeting with {B}.", "Held"),
        (f"At a meeting with {B}, {A} spoke of libraries.", "Held"),
        (f"{A} will meet with {B}.", "Planned"),
        (f"{A} and {B} are scheduled to meet in Riga.", "Planned"),
        (f"{A} intends to meet with {B}.", "Planned"),
        (f"A meeting between {A} and {B} is planned for May.", "Planned"),
        (f"{A} cancelled her meeting with {B}.", "Cancelled"),
    ],
)
def test_a_meeting(text: str, status: str) -> None:
    facts = facts_of(text)
    assert [(names(facts, m), m.status) for m in facts.meetings] == [(BOTH, status)]


@pytest.mark.parametrize(
    "text",
    [
        f"{A} welcomed {B}'s proposal.",
        f"{A} called on {B} to sign the treaty.",
        f"{A} and {B} attended the concert.",
        f"{A} congratulated {B} on the opening.",
        f"{A} spoke at a joint press conference with {B}.",
        f"The initiatives of {A} were discussed with librarians, and {B} wrote to them.",
        f"{A} met the deadline that {B} had set.",
        f"{A} proposed a meeting with {B}.",
    ],
)
def test_no_meeting(text: str) -> None:
    assert not [m for m in facts_of(text).meetings if m.status == "Held"]


def test_each_of_several_meetings() -> None:
    facts = facts_of(f"{A} met, separately, on Monday with {B} and Finnish Minister of Culture Sari Lahti.")
    assert [names(facts, m) for m in facts.meetings] == [BOTH, {"Ilze Kalnina", "Sari Lahti"}]


@pytest.mark.parametrize(
    ("text", "place", "date"),
    [
        (f"{A} met with {B} in Tallinn on March 4.", "city-tallinn", "2025-03-04"),
        (f"{A} met with {B}, the embassy in Tallinn reports.", None, None),
        (f"{A} met with {B}, according to a statement released in Riga.", None, None),
        (f"{A} met with {B} to discuss the festival to be held in Paris on May 4.", None, None),
        (f"{A} met with {B}, and they spoke of the plans of their ministries for the current year.", None, None),
        (f"RIGA, March 3 – {A} met with {B}.", None, None),
    ],
)
def test_when_and_where(text: str, place: str | None, date: str | None) -> None:
    (meeting,) = facts_of(text).meetings
    assert (meeting.place, meeting.start and meeting.start.lexical) == (place, date)


def test_a_session_and_its_chairs_are_one_meeting() -> None:
    facts = facts_of(
        "The second meeting of the Joint Commission on Culture of the Republic of Latvia and the Republic of Estonia was held in Riga.\n"
        f"The meeting was co-chaired by {A} and {B}."
    )
    (meeting,) = facts.meetings
    assert names(facts, meeting) == BOTH
    assert (meeting.format, meeting.ordinal, meeting.place, len(meeting.chairs)) == ("Session", 2, "city-riga", 2)


def test_a_given_name_with_an_honorific() -> None:
    facts = facts_of(
        f"Dr. Salman bin Rashid Al Harthy, Minister of Information of Oman, received {A}.\nDr. Salman welcomed the guest.\n"
        "Wei Lan, Charge d'Affaires of the Embassy of China in Latvia, was also present at the meeting."
    )
    assert {p.names[0] for p in facts.persons} == {"Salman bin Rashid Al Harthy", "Ilze Kalnina", "Wei Lan"}


def test_who_else_attended() -> None:
    facts = facts_of(f"{A} met with {B}.\nDeputy Minister of Culture of Estonia Mati Tamm also attended the meeting.")
    assert names(facts, facts.meetings[0]) == {*BOTH, "Mati Tamm"}


def test_a_colleague_holds_the_post_of_whom_the_sentence_speaks() -> None:
    found = posts(
        "Minister of Culture of Azerbaijan Anar Mammadov arrived. The minister met Chairman of the Art Foundation Gulnora "
        "Umarova. Tomorrow the minister is expected to see his Uzbek colleague Dilshod Karimov."
    )
    assert ("Dilshod Karimov", MINISTER, "country-UZ", "Current") in found


def test_its_president_is_the_president_of_the_body_named_before() -> None:
    found = posts("Minister Dana Omarova met with a delegation from the Louvre led by its president Louis Verne.")
    assert ("Louis Verne", "President", "country-FR", "Current") in found


def test_a_citys_name_after_a_title_is_a_given_name() -> None:
    facts = facts_of(
        "The Ambassador met with H.E. Haifa Najm, Minister of Culture of Jordan, and French Ambassador Florence Dupont."
    )
    assert {"Haifa Najm", "Florence Dupont"} <= {n for p in facts.persons for n in p.names}


def test_ministers_each_with_a_country_of_their_own_after_the_name() -> None:
    found = posts(
        "Talks were attended by culture ministers Gia Lomidze of Georgia, Inga Kalnina of Latvia and Ara Hayk (Armenia)."
    )
    assert {(name, country) for name, title, country, _ in found if title == MINISTER} == {
        ("Gia Lomidze", "country-GE"),
        ("Inga Kalnina", "country-LV"),
        ("Ara Hayk", "country-AM"),
    }


def test_a_minister_and_the_director_of_a_museum_are_two() -> None:
    text = "Minister of Culture Giorgos Nikitas and British Museum director Neil Hill met on Monday."
    facts = facts_of(text)
    assert [names(facts, m) for m in facts.meetings] == [{"Giorgos Nikitas", "Neil Hill"}]
    assert ("Neil Hill", "Director", "country-GB", "Current") in posts(text)


def test_a_minister_counsellor_is_no_minister() -> None:
    found = posts("Minister Counsellor of the Embassy of Brazil Paulo de Tarso Lima e Silva spoke.")
    assert found == {("Paulo de Tarso Lima e Silva", "Minister-Counsellor", "country-BR", "Current")}


def test_a_body_that_was_visited_did_not_meet() -> None:
    facts = facts_of(
        "Georgian Minister of Culture Irakli Beridze also visited the Museum of Carpets and met with "
        "Rector of the Music Academy Juris Berzins."
    )
    assert [names(facts, m) for m in facts.meetings] == [{"Irakli Beridze", "Juris Berzins"}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Georgian Minister of Culture Irakli Beridze was to have met Armenian Minister of Culture Aram Petrosyan on Tuesday, "
            "but the meeting fell through.",
            [("Cancelled", {"Irakli Beridze", "Aram Petrosyan"})],
        ),
        (
            "Georgian Minister of Culture Irakli Beridze could have met Armenian Minister of Culture Aram Petrosyan in Paris.",
            [],
        ),
        (
            "The call between Georgian Minister of Culture Irakli Beridze and Armenian Minister of Culture Aram Petrosyan "
            "has been put off.",
            [("Cancelled", {"Irakli Beridze", "Aram Petrosyan"})],
        ),
        (
            "Georgian Minister of Culture Irakli Beridze had talks with Ambassador of India Rajesh Kapoor. "
            "Joining them was Rector of the Academy Anna Blum.",
            [("Held", {"Irakli Beridze", "Rajesh Kapoor", "Anna Blum"})],
        ),
        (
            "Georgian Minister of Culture Irakli Beridze opened a museum on Monday. His Armenian counterpart, Aram Petrosyan, "
            "came on Tuesday; the two ministers held talks in Tbilisi.",
            [("Held", {"Irakli Beridze", "Aram Petrosyan"})],
        ),
        (
            "Georgian Minister of Culture Irakli Beridze and Ambassador of India Rajesh Kapoor had a working breakfast in Tbilisi.",
            [("Held", {"Irakli Beridze", "Rajesh Kapoor"})],
        ),
        (
            "Ambassador of India Rajesh Kapoor was hosted by Georgian Minister of Culture Irakli Beridze.",
            [("Held", {"Irakli Beridze", "Rajesh Kapoor"})],
        ),
    ],
)
def test_who_met_or_did_not(text: str, expected: list[tuple[str, set[str]]]) -> None:
    facts = facts_of(text)
    assert [(m.status, names(facts, m)) for m in facts.meetings] == expected


def test_the_country_of_an_embassy_is_no_ones_else() -> None:
    found = posts("Culture Minister Anna Blum spoke at the Embassy of Portugal.")
    assert found == {("Anna Blum", MINISTER, None, "Current")}


def test_a_counterpart_talked_to_by_video() -> None:
    facts = facts_of(
        '"We agree", wrote Indian culture minister Rajesh Kapoor after a video call with his Armenian colleague Aram Petrosyan.'
    )
    assert [names(facts, m) for m in facts.meetings] == [{"Rajesh Kapoor", "Aram Petrosyan"}]


def test_the_minister_of_a_land_is_the_counterpart_from_there() -> None:
    facts = facts_of(
        "Culture Minister Aram Petrosyan met his Georgian counterpart Irakli Beridze. Earlier the Georgian minister was received by "
        "Prime Minister Hayk Saryan."
    )
    assert [names(facts, m) for m in facts.meetings] == [
        {"Aram Petrosyan", "Irakli Beridze"},
        {"Irakli Beridze", "Hayk Saryan"},
    ]
