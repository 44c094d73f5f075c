"""The wording of page furniture: each example in the lexicon is masked in an article, each counter-example stays."""

from __future__ import annotations

from typing import Any

import pytest

from kgculture.sources import furniture
from kgculture.sources.layout import lay_out

HEAD = "The two ministers met in the capital and spoke of archives, films and theatres for an hour."
BODY = "They agreed that the museums would lend each other paintings and that the restorers would be trained together."
ENTRIES = furniture.entries()
KINDS = {"button", "label", "credit", "aside", "end", "notice", "bio", "byline", "role"}
EXAMPLES = [(entry, line) for entry in ENTRIES for line in entry["examples"]]
COUNTER = [(entry, line) for entry in ENTRIES for line in entry["counter_examples"]]


def _visible(text: str) -> str:
    pieces: list[str] = []
    position = 0
    for mask in lay_out(text).masks:
        pieces.append(text[position : mask.start])
        position = max(position, mask.end)
    return "".join([*pieces, text[position:]])


def test_every_entry_is_whole() -> None:
    ids = [entry["id"] for entry in ENTRIES]
    assert len(ids) == len(set(ids))
    for entry in ENTRIES:
        assert entry["kind"] in KINDS, entry["id"]
        assert entry["wording"], entry["id"]
        assert entry["examples"], entry["id"]
        assert entry["counter_examples"], entry["id"]


@pytest.mark.parametrize(("entry", "line"), EXAMPLES, ids=[f"{e['id']}: {x}" for e, x in EXAMPLES])
def test_example_is_masked(entry: dict[str, Any], line: str) -> None:
    if entry["kind"] == "role":
        text = f"Museums lend paintings to each other\n\nJane Example\n{line}\n\n{HEAD}\n\n{BODY}\n"
    else:
        text = f"{HEAD}\n\n{BODY}\n\n{line}\n"
    seen = _visible(text)
    assert line.strip() not in seen
    assert HEAD in seen
    assert BODY in seen


@pytest.mark.parametrize(("entry", "line"), COUNTER, ids=[f"{e['id']}: {x}" for e, x in COUNTER])
def test_counter_example_stays(entry: dict[str, Any], line: str) -> None:
    assert line in _visible(f"{HEAD}\n\n{line}\n\n{BODY}\n")
    assert line in _visible(f"{HEAD}\n\n{BODY}\n\n{line}\n")


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e["kind"] == "credit"], ids=lambda e: e["id"])
def test_credit_at_the_end_of_a_paragraph(entry: dict[str, Any]) -> None:
    credit = next(x for x in entry["examples"] if ":" in x)
    text = f"{HEAD} {credit}\n\n{BODY}\n"
    seen = _visible(text)
    assert credit not in seen
    assert HEAD in seen
    assert BODY in seen
