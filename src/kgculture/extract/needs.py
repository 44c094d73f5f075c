"""Which rules a sentence may hold at all, so that few of them are tried: one look at its words settles it for the rules of all frames.

Every token of a skeleton has some bits: of the rules of whose `needs` it has a word, and of the demands of patterns that it fulfils (a
pattern cannot hold unless the words and kinds of units that it must have are there). The bits of a sentence are those of its tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kgculture.extract.patterns import word_expression
from kgculture.language.kept import Kept


class Sieve:
    """The bits of one language. Rules and patterns are made known before the first sentence is asked about."""

    def __init__(self) -> None:
        self._count = 0
        self._always = 0  # bits of rules that need no word
        self._demands: dict[frozenset[str], int] = {}
        self._within: list[tuple[str, int]] = []  # a needed word anywhere in a token
        self._begin: list[tuple[str, int]] = []  # a needed word with which a token begins
        self._phrases: list[tuple[str, int]] = []  # needed words with a space: looked for in the whole text
        self._exact: dict[str, int] = {}  # words and kinds of units that patterns have
        self._stems: dict[str, list[tuple[re.Pattern[str], int]]] = {}  # what stands before the first `~` of a word
        self._known: Kept[str, int] = Kept(self._of_token)

    def _bit(self) -> int:
        self._count += 1
        return 1 << (self._count - 1)

    def rule(self, needs: Sequence[str], begin: bool) -> int:
        """The bit of a rule that needs one of some words, if any: within a token or, with `begin`, where one begins. Later rules have
        higher bits."""
        bit = self._bit()
        if not needs:
            self._always |= bit
        for word in needs:
            if " " in word:
                self._phrases.append((f" {word}" if begin else word, bit))
            else:
                (self._begin if begin else self._within).append((word, bit))
        return bit

    def demand(self, demands: Iterable[frozenset[str]]) -> int:
        """The bits that a sentence must have for a pattern with these demands to hold; see `patterns.demands_of`."""
        bits = 0
        for demand in demands:
            if demand not in self._demands:
                bit = self._demands[demand] = self._bit()
                for word in demand:
                    stem, tilde, _ = word.partition("~")
                    if tilde:
                        self._stems.setdefault(stem, []).append((re.compile(word_expression(word)), bit))
                    else:
                        self._exact[word] = self._exact.get(word, 0) | bit
            bits |= self._demands[demand]
        return bits

    def bits(self, text: str) -> int:
        """The bits of a skeleton's text."""
        known, found = self._known, self._always
        for token in text.split(" "):
            found |= known[token]
        for phrase, bit in self._phrases:
            if phrase in f" {text}":
                found |= bit
        return found

    def _of_token(self, token: str) -> int:
        if token.startswith("@") and token[2:].isdecimal():
            found = self._exact.get(token[:2], 0)
        else:
            found = self._exact.get(token, 0)
            for length in range(len(token) + 1):
                for expression, bit in self._stems.get(token[:length], ()):
                    if expression.fullmatch(token):
                        found |= bit
        for word, bit in self._within:
            if word in token:
                found |= bit
        for word, bit in self._begin:
            if token.startswith(word):
                found |= bit
        return found
