"""What is known of a language: YAML read once into a `Lexicon`. Knowledge lives in the data; this module only indexes it.

Forms in the data are lower-case words. `~` at a word's end stands for up to three more letters (an ending), `~~` for any number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from kgculture import resources
from kgculture.language.kept import KEPT, Kept

T = TypeVar("T")
_WORD = re.compile(r"[^\W_]+(?:[-&'.][^\W_]+)*|\S")


def read_yaml(path: Path) -> Any:
    """A YAML file's content, `{}` where there is no such file."""
    import yaml

    if not path.is_file():
        return {}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with path.open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=loader) or {}


class Phrases(Generic[T]):
    """Phrases of words and stems, matched longest first at a position of a list of lower-case words."""

    def __init__(self) -> None:
        self._exact: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        self._stems: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        self._lengths: tuple[int, ...] = ()
        self._begun: Kept[str, tuple[tuple[tuple[str, ...], T], ...]] = Kept(self._candidates)

    def add(self, form: str, value: T) -> None:
        words = tuple(form.split())
        first = words[0]
        self._begun.clear()
        if first.endswith("~"):
            self._stems.setdefault(first.rstrip("~"), []).append((words, value))
            self._lengths = tuple(sorted({len(s) for s in self._stems}, reverse=True))
        else:
            self._exact.setdefault(first, []).append((words, value))

    def match(self, words: Sequence[str], at: int) -> tuple[int, T] | None:
        """(number of words, value) of the longest phrase that begins at `at`."""
        best: tuple[int, T] | None = None
        longest = 0
        for phrase, value in self._begun[words[at]]:
            length = len(phrase)
            if length > longest and (length == 1 or _goes_on(phrase, words, at)):
                best, longest = (length, value), length
        return best

    def begins(self, word: str, least: int = 1) -> bool:
        """Whether a phrase of at least that many words may begin with a word."""
        return any(len(phrase) >= least for phrase, _ in self._begun[word])

    def _candidates(self, first: str) -> tuple[tuple[tuple[str, ...], T], ...]:
        """The phrases whose first word agrees, whole words before stems, long stems before short ones."""
        found = list(self._exact.get(first, ()))
        for length in self._lengths:
            if length <= len(first):
                found += [entry for entry in self._stems.get(first[:length], ()) if word_agrees(entry[0][0], first)]
        return tuple(found)


def _goes_on(phrase: tuple[str, ...], words: Sequence[str], at: int) -> bool:
    """Whether the words after the first agree, too."""
    if at + len(phrase) > len(words):
        return False
    for k in range(1, len(phrase)):
        pattern, word = phrase[k], words[at + k]
        if pattern != word and not (pattern[-1] == "~" and word_agrees(pattern, word)):
            return False
    return True


def word_agrees(pattern: str, word: str) -> bool:
    """Whether a lower-case word is the form or one of the forms that a pattern of the data stands for."""
    if pattern.endswith("~~"):
        return word.startswith(pattern[:-2])
    if pattern.endswith("~"):
        stem = pattern[:-1]
        return word.startswith(stem) and len(word) <= len(stem) + 3
    return word == pattern


@lru_cache(maxsize=KEPT)
def is_one_of(word: str, patterns: tuple[str, ...]) -> bool:
    """Whether a lower-case word agrees with one of the patterns of a list of the data."""
    return any(word_agrees(pattern, word) for pattern in patterns)


@lru_cache(maxsize=KEPT)
def alternatives(words: tuple[str, ...]) -> str:
    """Words of the data, as they are, as the alternatives of an expression; one that matches nothing where there are none."""
    return "|".join(map(re.escape, words)) or "(?!)"


@dataclass(frozen=True, slots=True)
class OfficeHead:
    """The head noun of an office: "Minister"; `of`, `to`, `for` tell what its complements are."""

    en: str
    complement: str = (
        "body"  # portfolio, body, country, free, whole (a body that stays in the title: "member of the Council")
    )
    to: str | None = None
    ministerial: bool = False
    employed: bool = False  # a post only where a body is named: "защитник «Арсенала»"; else a mere calling
    post: bool = True  # False: what no one is appointed to, as founder or candidate
    word: str | None = None  # the nominative, where the forms are those of another word as well
    case: str = "g"  # letters of the cases in which what belongs to it stands, where cases join names
    field: bool = False  # "for" and a field may follow


@dataclass(frozen=True, slots=True)
class OfficeModifier:
    """A word before an office: deputy, acting, former."""

    en: str
    deputy: bool = False
    status: str | None = None


@dataclass(frozen=True, slots=True)
class BodyHead:
    """The head noun of a body's name."""

    kind: str = "Organization"
    sector: str | None = None
    lower: bool = False
    commission: bool = False
    alone: bool = False  # a name by itself, with a capital: "Госдума"
    named: bool = False  # its own name follows it as it stands, as in another language: "Teatro di San Carlo"
    ministry: bool = False
    mission: bool = False  # of one state in another: an embassy
    own: bool = False  # a proper name by itself: "the Hermitage"
    personal: bool = False  # bears the name of a person: «дом-музей Пушкина»
    country: str | None = None  # where such a body is, which no text needs to say
    apposed: bool = False  # its name may follow it though it has a small letter: "the ensemble Saltanat"


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All that is known of one language. `rules` holds the frames' rule files by name.

    `levels` is a table for str.translate: letters that writers put or leave out at will, as rules and skeletons spell them.
    """

    code: str
    offices: Phrases[OfficeHead]
    modifiers: Phrases[OfficeModifier]
    bodies: Phrases[BodyHead]
    classes: Phrases[str]  # small words by class letter
    callings: Phrases[bool]  # True: a maker whose works are shown
    dictionary: frozenset[str]
    given_names: frozenset[str]
    common_names: frozenset[str]  # given names that alone do not make a person of a capital
    east_surnames: frozenset[str]  # surnames that stand before the given name
    particles: frozenset[str]
    joiners: tuple[str, ...]
    glossary: Phrases[str]
    settings: dict[str, Any] = field(repr=False)
    rules: dict[str, Any] = field(repr=False)
    levels: dict[int, str] = field(repr=False)

    def is_given_name(self, word: str, base_forms: Callable[[str], frozenset[str]]) -> bool:
        """Whether a lower-case word is a known given name, or a form of one."""
        forms = base_forms(word) | {word}
        return not (self.given_names.isdisjoint(forms) and self.common_names.isdisjoint(forms))

    def institutional(self, word: str) -> bool:
        """Whether a lower-case adjective marks an institution: national, state."""
        return any(word_agrees(p, word) for p in self.settings.get("institutional", ()))


def _lines(path: Path) -> Iterable[str]:
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                yield from line.split()


def _words(value: Any) -> list[str]:
    return value.split() if isinstance(value, str) else list(value or ())


@cache
def load(code: str) -> Lexicon:
    """The lexicon of a language. A language without a folder has an empty one."""
    folder = resources.folder("lexicon") / code
    offices_yaml, bodies_yaml, words = (read_yaml(folder / f"{n}.yaml") for n in ("offices", "bodies", "words"))
    names = read_yaml(folder / "names.yaml")
    offices: Phrases[OfficeHead] = Phrases()
    for entry in offices_yaml.get("heads", ()):
        head = OfficeHead(
            entry["en"],
            entry.get("of", "body"),
            entry.get("to"),
            bool(entry.get("ministerial")),
            bool(entry.get("employed")),
            bool(entry.get("post", True)),
            entry.get("word"),
            entry.get("case", "g"),
            bool(entry.get("for")),
        )
        for form in entry["forms"]:
            offices.add(form, head)
    modifiers: Phrases[OfficeModifier] = Phrases()
    for entry in offices_yaml.get("modifiers", ()):
        for form in entry["forms"]:
            modifiers.add(form, OfficeModifier(entry["en"], bool(entry.get("deputy")), entry.get("status")))
    bodies: Phrases[BodyHead] = Phrases()
    for entry in bodies_yaml.get("heads", ()):
        body = BodyHead(
            entry.get("kind", "Organization"),
            entry.get("sector"),
            bool(entry.get("lower")),
            bool(entry.get("commission")),
            bool(entry.get("alone")),
            bool(entry.get("named")),
            ministry=bool(entry.get("ministry")),
            mission=bool(entry.get("mission")),
            own=bool(entry.get("own")),
            personal=bool(entry.get("personal")),
            country=f"country-{entry['country']}" if entry.get("country") else None,
            apposed=bool(entry.get("apposed")),
        )
        for form in entry["forms"]:
            bodies.add(form, body)
    classes: Phrases[str] = Phrases()
    for letter, forms in (words.get("classes") or {}).items():
        for form in forms:
            classes.add(form, letter)
    for letter, forms in (
        ("b", bodies_yaml.get("named", ())),
        ("F", words.get("portfolio", ())),
        ("m", offices_yaml.get("honorifics", ())),
        ("q", words.get("relative", ())),
    ):
        for form in forms:
            classes.add(form, letter)
    callings: Phrases[bool] = Phrases()
    for name in ("callings", "creators"):
        for form in offices_yaml.get(name, ()):
            callings.add(form, name == "creators")
    glossary: Phrases[str] = Phrases()
    for form, english in (read_yaml(folder / "glossary.yaml").get("words") or {}).items():
        glossary.add(form, english)
    levels = str.maketrans(words.get("levelled", {}))
    rules = {
        path.stem: _levelled(read_yaml(path), levels)
        for path in sorted(folder.glob("*.yaml"))
        if path.stem in ("meetings", "agreements", "events", "statements", "proposals", "topics", "sides")
    }
    return Lexicon(
        code,
        offices,
        modifiers,
        bodies,
        classes,
        callings,
        frozenset(_lines(folder / "dictionary.txt")),
        frozenset(w.lower() for key in ("given_m", "given_f") for w in _words(names.get(key))),
        frozenset(w.lower() for w in _words(names.get("given_common"))),
        frozenset(w.lower() for w in _words(names.get("east_surnames"))),
        frozenset(words.get("particles", ())),
        tuple(
            f"{j}{a}" for j in words.get("joiners", (",",)) for a in ("", *(f" {x}" for x in words.get("articles", ())))
        ),
        glossary,
        words,
        rules,
        levels,
    )


def _levelled(plain: Any, levels: dict[int, str]) -> Any:
    """The rules of a file as they are compared with levelled sentences; examples stay as they are written."""
    if isinstance(plain, str):
        return plain.translate(levels)
    if isinstance(plain, list):
        return [_levelled(part, levels) for part in plain]
    if isinstance(plain, dict):
        return {k: v if k in ("examples", "counter") else _levelled(v, levels) for k, v in plain.items()}
    return plain
