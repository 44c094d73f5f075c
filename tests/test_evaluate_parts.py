"""The parts of the measures: names, pairs, sentences with spans."""

from __future__ import annotations

import random

import pytest

from kgculture.evaluate.alike import alike, body_alike, fold, name_alike, title_alike
from kgculture.evaluate.assign import align, assign
from kgculture.evaluate.drawing import draw, locate, marks, sentences
from kgculture.model import Passage

# ------------------------------------------------------------------------------------------------------------- names


def test_spellings_of_one_name_fold_to_one() -> None:
    assert fold("Қасым-Жомарт Тоқаев") == fold("Kassym-Jomart Tokayev")
    assert name_alike("Аида Балаева", "Aida Balayeva") and name_alike("Balayeva", "Aida Balayeva")
    assert not name_alike("Aida Balayeva", "Olga Lyubimova")
    assert not name_alike("Aida Balayeva", "Rustam Balayev")


def test_titles_and_bodies() -> None:
    assert title_alike("Vice Minister of Culture", "Deputy Minister of Culture")
    assert title_alike("Ambassador", "Ambassador Extraordinary and Plenipotentiary to France")
    assert not title_alike("Minister", "Minister of Culture")
    assert body_alike("National Museum", "National Museum of Kazakhstan")
    assert not body_alike("National Museum of Kazakhstan", "National Library of Azerbaijan")
    assert alike("Baku", "Баку") and not alike("Baku", "Astana")


def test_pairing_is_scipys() -> None:
    optimize = pytest.importorskip("scipy.optimize")
    chance = random.Random(1)
    for _ in range(400):
        rows, columns = chance.randint(1, 7), chance.randint(1, 7)
        # few different values: ties must fall alike too
        costs = [[-chance.choice((0, 0, 0.5, 1, 1.5)) for _ in range(columns)] for _ in range(rows)]
        theirs = [(int(i), int(j)) for i, j in zip(*optimize.linear_sum_assignment(costs), strict=True)]
        assert assign(costs) == theirs


def test_pairs_without_score_are_left_out() -> None:
    assert align(["a", "b"], ["b", "c"], lambda x, y: float(x == y)) == [(1, 0)]
    assert align([], ["b"], lambda x, y: 1.0) == []


# ----------------------------------------------------------------------------------------------------------- drawing


def test_spans_stand_under_their_words() -> None:
    text = "Посол Йоэль Лион признался."
    lines = draw(text, Passage(0, len(text)), marks(text, Passage(0, len(text)), [("PER", ("Йоэль Лион",))])).split(
        "\n"
    )
    assert lines == [text, "      PER───────"]


def test_inflected_names_are_found_and_long_sentences_wrapped() -> None:
    text = "Аида Балаева встретилась с Адилем Каримли и поблагодарила Каримли."
    found = marks(text, Passage(0, len(text)), [("k", ("Адиль Каримли",)), ("b", ("Балаева",))])
    assert [text[s:e] for s, e, _ in found] == ["Балаева", "Адилем Каримли", "Каримли"]
    drawn = draw(text, Passage(0, len(text)), found, width=30).split("\n")
    assert all(len(line) <= 30 for line in drawn) and "".join(drawn[::2]).replace(" ", "") == text.replace(" ", "")


def test_marks_that_overlap_have_lines_of_their_own() -> None:
    drawn = draw("Ann Lee met Bob", Passage(0, 15), [(0, 7, "A"), (4, 7, "L"), (12, 15, "B")]).split("\n")
    assert drawn == ["Ann Lee met Bob", "A──────     B──", "    L──"]


def test_the_sentence_that_names_most() -> None:
    text = "Ann Lee came. Ann Lee met Bob Ray.\nBob Ray left."
    passage = locate(text, [("a", ("Ann Lee",)), ("b", ("Bob Ray",))])
    assert passage is not None and passage.of(text) == "Ann Lee met Bob Ray."
    assert locate(text, [("c", ("Carl Orff",))]) is None
    assert [p.of(text) for p in sentences(text)] == ["Ann Lee came.", "Ann Lee met Bob Ray.", "Bob Ray left."]
