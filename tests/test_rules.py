"""Every entry of the lexicon proves itself: its examples give what it promises, its counter-examples do not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kgculture.extract import extract
from kgculture.extract.context import Context, build_context
from kgculture.extract.document import Document
from kgculture.extract.documents import with_bodies, with_documents
from kgculture.extract.event_rules import event_matches
from kgculture.extract.events import EventFrame
from kgculture.extract.frames import Rule, matches, rules
from kgculture.extract.mentions import read_mentions
from kgculture.lexicon import load, read_yaml
from kgculture.model import Article
from kgculture.resources import folder

LANGUAGES = ("en", "ru", "kk")


def entries(name: str, key: str) -> Iterator[Any]:
    for code in LANGUAGES:
        for number, entry in enumerate(read_yaml(folder("lexicon") / code / f"{name}.yaml").get(key, ())):
            yield pytest.param(
                code, entry, id=f"{code}-{entry.get('id') or entry.get('en') or entry['forms'][0]}-{number}"
            )


def cases(name: str, key: str, kind: str) -> list[Any]:
    return [
        pytest.param(p.values[0], p.values[1], text, id=f"{p.id}-{k}")
        for p in entries(name, key)
        for k, text in enumerate(p.values[1].get(kind, ()))
    ]


def context_of(code: str, text: str) -> Context:
    article = Article("example", text, code, "2025-03-10")  # type: ignore[arg-type]
    return build_context(read_mentions(Document.of(article), load(code)))


@pytest.mark.parametrize(("code", "entry", "text"), cases("offices", "heads", "examples"))
def test_an_office_is_bound_to_its_holder(code: str, entry: dict[str, Any], text: str) -> None:
    verb = {"en": "spoke at the opening", "ru": "на открытии", "kk": "сөз сөйледі"}[code]
    context = context_of(code, f"{text} {verb}.")
    assert entry["en"] in {link.office.head.en for link in context.links}, context.skeletons[0].text
    assert any(p.mentions for p in context.persons.all)


@pytest.mark.parametrize(("code", "entry"), list(entries("offices", "heads")))
def test_every_office_has_an_example(code: str, entry: dict[str, Any]) -> None:
    assert entry["examples"], entry["en"]


@pytest.mark.parametrize(("code", "entry", "text"), cases("bodies", "heads", "examples"))
def test_a_body_is_named_whole(code: str, entry: dict[str, Any], text: str) -> None:
    context = context_of(
        code,
        {"en": f"She visited {text} yesterday.", "ru": f"Гостей принимает {text}.", "kk": f"Қонақтарды {text} күтеді."}[
            code
        ],
    )
    bare = text.removeprefix("the ")
    found = [name for body in context.organizations.all for name in body.names]
    assert any(bare.startswith(name) or name.startswith(bare) for name in found), (bare, found)


@pytest.mark.parametrize(
    ("code", "entry", "text"),
    [c for c in cases("meetings", "rules", "examples") if c.values[1].get("event", "meeting") == "meeting"],
)
def test_a_rule_finds_its_meeting(code: str, entry: dict[str, Any], text: str) -> None:
    meetings = extract(Article("example", text, code, "2025-03-10")).meetings  # type: ignore[arg-type]
    assert entry["id"] in {m.rule for m in meetings}, meetings
    assert {m.status for m in meetings} == {entry.get("status", "Held")}


@pytest.mark.parametrize(("code", "entry", "text"), cases("meetings", "rules", "counter"))
def test_a_counter_example_is_no_meeting(code: str, entry: dict[str, Any], text: str) -> None:
    assert not extract(Article("example", text, code, "2025-03-10")).meetings  # type: ignore[arg-type]


@pytest.mark.parametrize("code", LANGUAGES)
def test_rule_ids_are_unique(code: str) -> None:
    ids = [r.id for frame in ("meetings", "agreements", "events", "statements") for r in rules(code, frame)]
    assert len(ids) == len(set(ids))


# ------------------------------------------------------------------------------------------------ every rule of every file

FRAMES = ("meetings", "sides", "events", "agreements", "proposals", "statements")
#: what a rule's `event` is where the rule founds a fact itself; the others add to one, or only set the scene
FOUNDING = {"meetings": "meeting", "events": "happens", "agreements": "found", "proposals": "", "statements": ""}


def of_all(key: str) -> list[Any]:
    return [
        pytest.param(code, frame, rule, text, id=f"{rule.id}-{n}")
        for code in LANGUAGES
        for frame in FRAMES
        for rule in rules(code, frame)
        for n, text in enumerate(rule.get(key, ()))
    ]


def told_by(code: str, frame: str, text: str) -> set[str]:
    """The rules by which an article's facts of a frame were found."""
    return {fact.rule for fact in getattr(extract(Article("example", text, code, "2025-03-10")), frame)}  # type: ignore[arg-type]


def fires(rule: Rule, code: str, frame: str, text: str) -> bool:
    """Whether a rule is found in a text, read as the rule's frame reads it."""
    if frame == "statements":
        return rule.id in told_by(code, frame, text)
    context = context_of(code, text)
    if frame == "agreements":
        read = [with_documents(s, code, text) for s in context.skeletons]
        spoken = [with_bodies(context, s) if s else plain for s, plain in zip(read, context.skeletons, strict=True)]
        return any(m for s in spoken for m in matches(s, (rule,)))
    if frame != "events":
        return any(m for s in context.skeletons for m in matches(s, (rule,)))
    events = EventFrame(context)
    events.read()
    if rule.get("event") == "noun":
        return any(u.value.rule.id == rule.id for s in events.skeletons for u in s.of_kind("V"))
    spoken = context.skeletons if rule.get("event") == "based" else events.skeletons
    return any(m for s in spoken for m in event_matches(s, (rule,)))


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_rule_has_an_example(code: str, frame: str) -> None:
    assert [rule.id for rule in rules(code, frame) if not rule.get("examples")] == []


@pytest.mark.parametrize(("code", "frame", "rule", "text"), of_all("examples"))
def test_a_rule_is_found_in_its_examples(code: str, frame: str, rule: Rule, text: str) -> None:
    assert fires(rule, code, frame, text), [s.text for s in context_of(code, text).skeletons]


@pytest.mark.parametrize(("code", "frame", "rule", "text"), of_all("counter"))
def test_a_rule_is_not_found_in_its_counter_examples(code: str, frame: str, rule: Rule, text: str) -> None:
    """A rule that founds a fact founds none (another rule may forbid it); any other is not found at all."""
    founding = FOUNDING.get(frame)
    if founding is not None and rule.get("event", founding) in (founding, "noun"):
        assert rule.id not in told_by(code, frame, text)
    else:
        assert not fires(rule, code, frame, text)


@pytest.mark.parametrize(
    ("code", "rule", "text"),
    [
        pytest.param(p.values[0], p.values[2], p.values[3], id=p.id)
        for p in of_all("examples")
        if p.values[1] == "meetings" and p.values[2].get("event") == "more"  # type: ignore[attr-defined]
    ],
)
def test_more_is_told_of_the_meeting_before(code: str, rule: Rule, text: str) -> None:
    article = Article("example", text, code, "2025-03-10")  # type: ignore[arg-type]
    (meeting,) = extract(article).meetings
    role = rule.get("role")
    more = {"chair": meeting.chairs, "head": meeting.heads_of_side}.get(role, meeting.participants[2:])
    assert more, meeting


@pytest.mark.parametrize(
    "text",
    [
        "Министр культуры Грузии Гиви Маисурадзе провел переговоры с министром культуры Латвии Янисом Озолсом.",
        "Министр культуры Грузии Гиви Маисурадзе провёл переговоры с министром культуры Латвии Янисом Озолсом.",
    ],
)
def test_a_letter_that_writers_leave_out_at_will_changes_nothing(text: str) -> None:
    (meeting,) = extract(Article("example", text, "ru", "2025-03-10")).meetings
    assert len(meeting.participants) == 2
