"""Folds names over scripts and spellings: readable ASCII, levelled sounds, and skeletons by which names are put side by side.

The tables are `lexicon/shared/translit.yaml`. Three strengths, from fine to coarse: `slug` keeps the spelling, `level` drops what only a
convention of transliteration makes different (Kassym-Jomart, Касым-Жомарт), `skeletons` keep consonants by class. `variant`
says whether two levelled words may be one name misspelt or heard otherwise (Karimli, Kerimli).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Any

from rapidfuzz.distance import Levenshtein

from kgculture.errors import ResourceError
from kgculture.resources import folder

_CACHE = 1 << 15


@cache
def table(name: str) -> dict[str, Any]:
    """The YAML table `lexicon/shared/<name>.yaml`. Raises ResourceError where it is missing or not a mapping."""
    import yaml

    path = folder("lexicon") / "shared" / f"{name}.yaml"
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, yaml.YAMLError) as error:
        raise ResourceError(f"{path.name}: cannot be read ({error})", "install the package again") from error
    if not isinstance(data, dict):
        raise ResourceError(f"{path.name}: not a mapping", "install the package again")
    return data


@dataclass(frozen=True, slots=True)
class _Rules:
    context: tuple[tuple[re.Pattern[str], str], ...]
    letters: dict[int, str]
    level: tuple[tuple[re.Pattern[str], str], ...]
    vowels: frozenset[str]
    classes: dict[str, tuple[str, ...]]
    confusions: frozenset[tuple[str, str]]
    loose: dict[str, str]  # letter -> the letters that may follow it, "" for any
    filiation: frozenset[str]


@cache
def _rules() -> _Rules:
    data = table("translit")
    pairs = {(p[0], p[1]) for p in data["confusions"]}
    return _Rules(
        context=tuple((re.compile(p), r) for p, r in data["context"]),
        letters={ord(k): str(v) for k, v in data["letters"].items()},
        level=tuple((re.compile(p), r) for p, r in data["level"]),
        vowels=frozenset(data["vowels"]),
        classes={k: tuple(v) for k, v in data["classes"].items()},
        confusions=frozenset(pairs | {(b, a) for a, b in pairs}),
        loose=dict(data["loose"]),
        filiation=frozenset(data["filiation"]),
    )


def digest(text: str) -> str:
    """Eight hexadecimal digits of the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]


@lru_cache(_CACHE)
def is_cyrillic(text: str) -> bool:
    """Whether a letter of the text is Cyrillic."""
    return any("Ѐ" <= c <= "ԯ" for c in text)


@lru_cache(_CACHE)
def slug(text: str) -> str:
    """Readable lower-case ASCII with hyphens: `Балаева` gives `balayeva`. Never empty: a text without letters gives a digest."""
    rules = _rules()
    folded = unicodedata.normalize("NFC", text).lower()
    for pattern, replacement in rules.context:
        folded = pattern.sub(replacement, folded)
    folded = folded.translate(rules.letters)
    folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    folded = re.sub(r"['’ʼ‘`´ʹʻ]", "", folded)
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-") or f"n{digest(text)}"


@lru_cache(_CACHE)
def level(word: str) -> str:
    """The word without differences of convention: `Kassym-Jomart` and `Қасым-Жомарт` are one. Hyphens fall away, spaces stay."""
    if not word.strip():
        return ""
    levelled = []
    for part in word.split():
        folded = slug(part).replace("-", "")
        for pattern, replacement in _rules().level:
            folded = pattern.sub(replacement, folded)
        levelled.append(folded)
    return " ".join(levelled)


@lru_cache(_CACHE)
def plain_surname(surname: str) -> str:
    """A surname without "son of" and the name after it: `bin Khalid Al Qassimi` is `Al Qassimi`."""
    words = surname.split()
    while len(words) > 2 and words[0].lower() in _rules().filiation:
        words = words[2:]
    return " ".join(words)


@lru_cache(_CACHE)
def surname_level(surname: str) -> str:
    """`level` of a plain surname, in one word."""
    return level("-".join(plain_surname(surname).split()))


@lru_cache(_CACHE)
def skeletons(levelled: str) -> tuple[str, ...]:
    """Consonants by class, one string per way to read them, least first. A word without consonants stands for itself."""
    rules = _rules()
    sounds = [rules.classes.get(c, (c,)) for c in levelled if c not in rules.vowels and c != " "]
    # beyond three doubtful letters the first reading must do
    doubtful = 0
    for index, options in enumerate(sounds):
        doubtful += len(options) > 1
        if doubtful > 3:
            sounds[index] = options[:1]
    return tuple(sorted({"".join(choice) or levelled for choice in product(*sounds)}))


@lru_cache(_CACHE)
def variant(a: str, b: str) -> bool:
    """Whether two levelled words may be one name in two spellings: few differences, each of a kind that occurs, none at the end."""
    if a == b:
        return True
    if not a or not b:
        return False
    rules = _rules()
    a, b = min(a, b), max(a, b)
    if (a[-1] in rules.vowels) != (b[-1] in rules.vowels):
        return False  # Alim is not Alima
    steps = Levenshtein.editops(a, b)
    if len(steps) > (1 if min(len(a), len(b)) <= 5 else 2):
        return False
    for step in steps:
        tag, source, target = step.tag, step.src_pos, step.dest_pos
        if tag == "replace":
            if (a[source], b[target]) not in rules.confusions:
                return False
        else:
            word, place = (a, source) if tag == "delete" else (b, target)
            if place in (0, len(word) - 1):
                return False
            follows = rules.loose.get(word[place])
            if follows is None or (follows and word[place + 1] not in follows):
                return False
    return True


@lru_cache(_CACHE)
def one_slip(a: str, b: str) -> bool:
    """Whether two levelled surnames differ by one letter, of any kind, but not in the first one and not by a last vowel (gender)."""
    if a == b:
        return True
    if (
        min(len(a), len(b)) < 4
        or a[0] != b[0]
        or ((a[-1] in _rules().vowels) != (b[-1] in _rules().vowels) and (a.rstrip("aeiou") == b.rstrip("aeiou")))
    ):
        return False
    return Levenshtein.distance(a, b, score_cutoff=1) <= 1
