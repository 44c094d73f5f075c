"""Topics: the examples of the lexicon; no topics from names; topics of meetings."""

from __future__ import annotations

import pytest

from kgculture.extract import extract
from kgculture.extract.context import build_context
from kgculture.extract.document import Document
from kgculture.extract.mentions import read_mentions
from kgculture.extract.topics import topics_of
from kgculture.lexicon import load
from kgculture.model import Article, Passage
from kgculture.terms import TOPICS


def examples() -> list[tuple[str, str, tuple[str, ...]]]:
    return [(c, e["text"], tuple(e["topics"])) for c in ("en", "ru") for e in load(c).rules["topics"]["examples"]]


@pytest.mark.parametrize(("code", "text", "topics"), examples())
def test_examples(code: str, text: str, topics: tuple[str, ...]) -> None:
    article = Article("a", text, code)  # type: ignore[arg-type]
    context = build_context(read_mentions(Document.of(article), load(code)))
    assert topics_of(context, [Passage(0, len(text))]) == topics


@pytest.mark.parametrize("code", ["en", "ru"])
def test_every_topic_has_words(code: str) -> None:
    assert set(load(code).rules["topics"]["words"]) - {"none"} == TOPICS


def test_a_meeting_has_the_topics_that_its_sides_discussed() -> None:
    text = (
        "Minister of Culture of Kazakhstan Aida Balayeva met with Minister of Culture of Azerbaijan Adil Karimli in Baku. "
        "The sides discussed joint work of libraries and archives.\n\nThe city has many theatres."
    )
    (meeting,) = extract(Article("a", text, "en")).meetings
    assert meeting.topics == ("archives", "libraries")
    assert any("libraries" in p.of(text) for p in meeting.passages)


def test_two_meetings_keep_their_topics_apart() -> None:
    text = (
        "Министр культуры РК Аида Балаева встретилась с министром культуры РФ Ольгой Любимовой. Стороны обсудили гастроли.\n\n"
        "Затем Аида Балаева встретилась с министром культуры Азербайджана Адилем Керимли. "
        "Министры обсудили издание книг и библиотечное дело."
    )
    first, second = extract(Article("a", text, "ru")).meetings
    assert first.topics == ("tours",)
    assert second.topics == ("libraries", "publishing")
