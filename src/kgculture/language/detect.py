"""Tells the language of a text by its letters and commonest words; what these are is data, `lexicon/shared/languages.yaml`.

A text of another language, of no language, or too short to say gives None: a wrong guess would send it through wrong rules.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

from kgculture import resources
from kgculture.errors import ResourceError

#: The languages that kgculture reads.
READ = ("en", "ru", "kk")
#: As much of a text is looked at: enough for every article, and a long file costs no more than a short one.
_SAMPLE = 1500
_WORD = re.compile(r"[^\W\d_]+(?:['’ʻ‘-][^\W\d_]+)*")
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz")
#: A language must explain this much more than the next one.
_MARGIN = 0.02
#: How much a letter weighs that the language does not write, and how much the lack of those that it does.
_STRANGE = 6.0
_LACK = 0.35
_HITS = 2.0
_ENDINGS = 0.6


@dataclass(frozen=True, slots=True)
class _Profile:
    code: str
    name: str
    script: str
    letters: frozenset[str]
    expected: frozenset[str]
    share: float


@dataclass(frozen=True, slots=True)
class _Profiles:
    by_code: dict[str, _Profile]
    by_word: dict[str, tuple[str, ...]]
    by_ending: dict[str, tuple[str, ...]]
    letters: dict[str, frozenset[str]]  # of each script
    varied: dict[str, frozenset[str]]  # those of them that not all its languages write


@cache
def _profiles() -> _Profiles:
    import yaml

    path = resources.folder("lexicon") / "shared" / "languages.yaml"
    try:
        data: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, yaml.YAMLError) as error:
        raise ResourceError(f"{path.name}: {str(error).splitlines()[0]}", "install the package again") from error
    core = {"Latin": _LATIN, "Cyrillic": frozenset(data["cyrillic_core"])}
    profiles: dict[str, _Profile] = {}
    words: dict[str, list[str]] = {}
    endings: dict[str, list[str]] = {}
    for code, entry in data["languages"].items():
        expects = entry.get("expects") or {"letters": "", "share": 0.0}
        profiles[code] = _Profile(
            code,
            entry["name"],
            entry["script"],
            (core[entry["script"]] | frozenset(entry["letters"])) - frozenset(entry.get("without", "")),
            frozenset(expects["letters"]),
            expects["share"] / 100,
        )
        for word in dict.fromkeys(entry["words"].split()):
            words.setdefault(word, []).append(code)
        for ending in dict.fromkeys(entry.get("endings", "").split()):
            endings.setdefault(ending, []).append(code)
    letters = {
        script: frozenset().union(*(p.letters for p in profiles.values() if p.script == script)) for script in core
    }
    by_word, by_ending = ({key: tuple(codes) for key, codes in d.items()} for d in (words, endings))
    varied = {
        script: letters[script] - frozenset.intersection(*(p.letters for p in profiles.values() if p.script == script))
        for script in core
    }
    return _Profiles(profiles, by_word, by_ending, letters, varied)


def detect(text: str) -> str | None:
    """The language of a text: "en", "ru" or "kk"; None for every other one, for no language, and where it cannot be told."""
    code = identify(text)
    return code if code in READ else None


def familiarity(text: str) -> float:
    """The share of words that are among the commonest of the languages read: near 0 for bytes decoded by the wrong table."""
    known = _profiles().by_word
    words = _WORD.findall(text[:_SAMPLE].lower())
    return sum(any(code in READ for code in known.get(word, ())) for word in words) / max(1, len(words))


def name(code: str) -> str:
    """English name of a language that `identify` knows. Raises KeyError for another."""
    return _profiles().by_code[code].name


def identify(text: str) -> str | None:
    """As `detect`, but tells the languages too that kgculture does not read (code as in `languages.yaml`); None where unknown."""
    known = _profiles()
    sample = text[:_SAMPLE].lower()
    letters = Counter(sample)
    total = sum(count for letter, count in letters.items() if letter.isalpha())
    if not total:
        return None
    share = {script: sum(letters[c] for c in own) / total for script, own in known.letters.items()}
    script = max(share, key=lambda s: share[s])
    if share[script] < 0.6:  # another script, or two in equal parts
        return None
    words = _WORD.findall(sample)
    hits: dict[str, int] = dict.fromkeys(known.by_code, 0)
    ends: dict[str, int] = dict.fromkeys(known.by_code, 0)
    for word, count in Counter(words).items():
        for code in known.by_word.get(word, ()):
            hits[code] += count
        if len(word) >= 5:
            for size in (4, 3, 2):  # the longest ending counts
                if codes := known.by_ending.get(word[-size:]):
                    for code in codes:
                        ends[code] += count
                    break
    of_script = share[script] * total
    telling = {letter: letters[letter] for letter in known.varied[script] if letter in letters}
    scores: list[tuple[float, str]] = []
    for code, profile in known.by_code.items():
        if profile.script != script:
            continue
        strange = sum(n for c, n in telling.items() if c not in profile.letters) / of_script
        lack = 0.0
        if profile.share:
            found = sum(n for c, n in telling.items() if c in profile.expected) / of_script
            lack = max(0.0, 1 - found / profile.share)
        evidence = (_HITS * hits[code] + _ENDINGS * ends[code]) / len(words)
        score = evidence - _STRANGE * strange - _LACK * lack
        scores.append((score, code))
    scores.sort(key=lambda pair: (-pair[0], pair[1]))
    (best, code), (second, _) = scores[0], scores[1]
    profile = known.by_code[code]
    if best - second < _MARGIN or (
        not hits[code] and not ends[code] and not (profile.share and best > -_LACK / 2 and total >= 12)
    ):
        return None
    return code
