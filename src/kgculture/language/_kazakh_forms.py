"""Kazakh endings of cases: taking them off. Which endings there are and what they follow is `lexicon/kk/morphology.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_LONGEST = 5


@dataclass(frozen=True, slots=True)
class Form:
    """A word without its ending: `case` is a letter of `language.base.CASES`, or "b" for the ablative, which has none there."""

    stem: str
    case: str
    ending: str


class Endings:
    """Takes case endings off lower-case words."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._fixed = frozenset(data["fixed"])
        self._by_ending: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        for entry in data["endings"]:
            after = re.compile(f"(?:{entry['after']})$")
            for form in entry["forms"]:
                self._by_ending.setdefault(form, []).append((entry["case"], after))
        self.forms = lru_cache(maxsize=50_000)(self._forms)

    def _forms(self, word: str) -> tuple[Form, ...]:
        """Ways to take one ending off, the longest ending first. Empty for a word that has none."""
        if word in self._fixed:
            return ()
        found: list[Form] = []
        body, hyphen, tail = word.rpartition("-")
        if hyphen and tail in self._by_ending and len(body) > 1:  # ЮНЕСКО-ның
            return (Form(body, self._by_ending[tail][0][0], tail),)
        for length in range(min(_LONGEST, len(word) - 2), 0, -1):
            stem, ending = word[:-length], word[-length:]
            for case, after in self._by_ending.get(ending, ()):
                if after.search(stem):
                    found.append(Form(stem, case, ending))
        return tuple(found)

    def case(self, word: str) -> str:
        """The case of a lower-case common word: that of its longest ending, "n" without one."""
        forms = self.forms(word)
        return forms[0].case if forms else "n"

    def bare(self, word: str) -> str:
        """A lower-case common word without its case ending."""
        forms = self.forms(word)
        return forms[0].stem if forms else word
