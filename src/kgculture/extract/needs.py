"""Which rules a sentence may hold at all: those of which one of the needed words stands in it. What was found of a word is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

#: words that are kept; a corpus has more, and memory must not grow with it
KEPT = 50_000


class Needs:
    """The needed words of the rules of one frame. A rule without any is always possible."""

    def __init__(self, needs: Iterable[tuple[str, Sequence[str]]]) -> None:
        self._parts: list[tuple[str, str]] = []  # word, rule
        self._phrases: list[tuple[str, str]] = []  # of several words: looked for in the whole
        self._always: set[str] = set()
        for rule, words in needs:
            for word in words:
                (self._phrases if " " in word else self._parts).append((word, rule))
            if not words:
                self._always.add(rule)
        self._within: dict[str, frozenset[str]] = {}
        self._begin: dict[str, frozenset[str]] = {}

    def within(self, text: str) -> set[str]:
        """Ids of the rules of which a needed word stands anywhere in the text, be it within another word."""
        found = set(self._always)
        for word in text.split(" "):
            rules = self._within.get(word)
            if rules is None:
                rules = self._keep(self._within, word, {rule for part, rule in self._parts if part in word})
            if rules:
                found |= rules
        return found | {rule for phrase, rule in self._phrases if phrase in text}

    def begin(self, text: str) -> set[str]:
        """Ids of the rules of which a needed word begins a word of the text."""
        found = set(self._always)
        for word in text.split(" "):
            rules = self._begin.get(word)
            if rules is None:
                rules = self._keep(self._begin, word, {rule for part, rule in self._parts if word.startswith(part)})
            if rules:
                found |= rules
        return found | {rule for phrase, rule in self._phrases if f" {phrase}" in f" {text}"}

    @staticmethod
    def _keep(known: dict[str, frozenset[str]], word: str, rules: set[str]) -> frozenset[str]:
        if len(known) >= KEPT:
            known.clear()
        known[word] = frozenset(rules)
        return known[word]
