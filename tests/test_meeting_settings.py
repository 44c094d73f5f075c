"""When and where a meeting was held, and who sat in it, where another sentence than the one that founds it says so. Invented people."""

from __future__ import annotations

import pytest

from kgculture.extract import extract
from kgculture.model import Article, MeetingFact

HOST = "Armenian Minister of Culture Aram Petrosyan"
GUEST = "Georgian Minister of Culture Irakli Beridze"
RU_HOST = "министр культуры Армении Арам Петросян"
RU_GUEST = "министром культуры Грузии Ираклием Беридзе"


def meetings_of(text: str, code: str = "en") -> list[tuple[MeetingFact, set[str]]]:
    facts = extract(Article("example", text, code, "2025-03-12"))  # type: ignore[arg-type]
    names = {p.id: p.names[0] for p in facts.persons}
    return [(m, {names.get(ref, ref) for ref in m.participants}) for m in facts.meetings]


@pytest.mark.parametrize(
    ("code", "text", "day", "place"),
    [
        (
            "en",
            f"The exhibition was opened in Tbilisi on Monday by {HOST}. Earlier in the day, he met with {GUEST}.",
            "2025-03-10",
            "city-tbilisi",
        ),
        (
            "en",
            f"The festival opened on March 5. The day before, {HOST} met with {GUEST} in Yerevan.",
            "2025-03-04",
            "city-yerevan",
        ),
        (
            "en",
            f"{HOST} met with {GUEST}. The talks, held at the ministry in Yerevan on Monday, were long.",
            "2025-03-10",
            "city-yerevan",
        ),
        ("en", f"On Monday a meeting was held in Yerevan. {HOST} received {GUEST}.", "2025-03-10", "city-yerevan"),
        ("en", f"{HOST} said on Monday at a meeting with {GUEST} that the museum would open.", "2025-03-10", None),
        (
            "ru",
            f"Выставка открылась 5 марта. В тот же день {RU_HOST} встретился с {RU_GUEST} в Ереване.",
            "2025-03-05",
            "city-yerevan",
        ),
        ("ru", f"Выставка открылась 5 марта. Днём ранее {RU_HOST} встретился с {RU_GUEST}.", "2025-03-04", None),
        (
            "ru",
            f"С 5 по 9 марта в Ереване проходят Дни культуры. В первый день {RU_HOST} провёл встречу с {RU_GUEST}.",
            "2025-03-05",
            None,
        ),
    ],
)
def test_day_and_place_stand_in_another_sentence(code: str, text: str, day: str, place: str | None) -> None:
    ((meeting, people),) = meetings_of(text, code)
    assert len(people) == 2
    assert meeting.start is not None
    assert meeting.start.lexical == day
    assert meeting.place == place


def test_a_day_to_come_is_not_the_same_day() -> None:
    ((meeting, _),) = meetings_of(
        f"The exhibition opened on March 5. It closes on May 20. Later that day, {HOST} met with {GUEST}."
    )
    assert meeting.start is not None
    assert meeting.start.lexical == "2025-03-05"


def test_no_day_is_told_no_day_is_given() -> None:
    ((meeting, _),) = meetings_of(f"The exhibition was opened. Earlier in the day, {HOST} met with {GUEST}.")
    assert meeting.start is None


@pytest.mark.parametrize(
    ("code", "text", "others"),
    [
        ("en", f"{HOST} met with {GUEST}. Ambassador of Georgia Nino Lomidze also attended.", {"Nino Lomidze"}),
        (
            "en",
            f"{HOST} met with {GUEST}. The historian Nino Lomidze, who heads the archives, took part in it.",
            {"Nino Lomidze"},
        ),
        (
            "en",
            f"{HOST} met with {GUEST}. Ambassador of Georgia Nino Lomidze was also present at the talks.",
            {"Nino Lomidze"},
        ),
        (
            "en",
            f"{HOST} met with {GUEST}. The Georgian minister was assisted by Ambassador Nino Lomidze, Director Giorgi Kalandadze.",
            {"Nino Lomidze", "Giorgi Kalandadze"},
        ),
        (
            "en",
            f"{HOST} met with {GUEST}. In negotiations participated also Ambassador of Georgia Nino Lomidze.",
            {"Nino Lomidze"},
        ),
        (
            "en",
            f"{HOST} met with {GUEST}. A concert was held. It was attended by Ambassador of Georgia Nino Lomidze.",
            set(),
        ),
        (
            "ru",
            f"{RU_HOST[0].upper()}{RU_HOST[1:]} встретился с {RU_GUEST}. С грузинской стороны в ней участвовала и посол Нино Ломидзе.",
            {"Нино Ломидзе"},
        ),
        (
            "ru",
            f"{RU_HOST[0].upper()}{RU_HOST[1:]} встретился с {RU_GUEST}. Посол Нино Ломидзе, также участвовавшая в беседе, одобрила.",
            {"Нино Ломидзе"},
        ),
        (
            "ru",
            f"{RU_HOST[0].upper()}{RU_HOST[1:]} встретился с {RU_GUEST}. На концерте присутствовала посол Грузии Нино Ломидзе.",
            set(),
        ),
    ],
)
def test_who_joined_is_told_afterwards(code: str, text: str, others: set[str]) -> None:
    hosts = {"en": {"Aram Petrosyan", "Irakli Beridze"}, "ru": {"Арам Петросян", "Ираклий Беридзе"}}[code]
    ((_, people),) = meetings_of(text, code)
    assert people == hosts | others


def test_two_names_in_two_cases_are_two_persons() -> None:
    ((_, people),) = meetings_of(f"На встрече с {RU_GUEST} Ольга Саркисян отметила рост обменов.", "ru")
    assert people == {"Ираклий Беридзе", "Ольга Саркисян"}
