"""What page furniture looks like: the wording of `lexicon/*/furniture.yaml` as compiled patterns.

The lists of all languages apply to every page, because pages mix languages ("Print" under a Russian article).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from kgculture import resources
from kgculture.errors import ResourceError

_ANYTHING = r".{1,120}?"
#: Signs that lists, buttons and headings are decorated with.
ORNAMENT = " \t\u00a0•·▪▫●○■□►▶→←»«>*#|_=~+–—-"
SEPARATOR = re.compile(r"\s*[|·•›»▪]+\s*|\s+>+\s+|\s+/+\s+|\t+|\s{3,}|\s+[–—-]\s+(?=\d)")


_WORD_LISTS = ("weekdays", "year_words", "clock_words", "zones", "number_units", "day_words", "published", "updated")


@dataclass(frozen=True, slots=True)
class DateWords:
    """Words of dates in all languages, in lower case."""

    months: dict[str, int]
    weekdays: tuple[str, ...]
    year_words: tuple[str, ...]
    clock_words: tuple[str, ...]
    zones: tuple[str, ...]
    number_units: tuple[str, ...]
    day_words: tuple[str, ...]
    published: tuple[str, ...]
    updated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Furniture:
    """Compiled wording. Every pattern is matched against a line as `norm` gives it."""

    button: re.Pattern[str]
    label: re.Pattern[str]
    credit: re.Pattern[str]
    aside: re.Pattern[str]
    aside_inline: re.Pattern[str]
    end: re.Pattern[str]
    notice: re.Pattern[str]
    bio: re.Pattern[str]
    byline: re.Pattern[str]
    role: re.Pattern[str]
    dates: DateWords

    def is_button(self, segment: str) -> bool:
        """True for a button, a counter or a share link, with or without its number."""
        return bool(self.button.fullmatch(segment.strip(ORNAMENT + ":.…()")) or self.button.fullmatch(segment))


def entries() -> list[dict[str, Any]]:
    """All entries of all languages as they stand in the files, each with its `id`, `kind`, `wording` and examples."""
    return [entry for data in _files() for entry in data.get("entries") or ()]


@cache
def _files() -> tuple[dict[str, Any], ...]:
    import yaml

    folder = resources.folder("lexicon")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*/furniture.yaml")):
        try:
            found.append(yaml.load(path.read_text("utf-8"), Loader=loader) or {})
        except (OSError, yaml.YAMLError) as error:
            reason = str(error).splitlines()[0]
            raise ResourceError(f"{path.parent.name}/{path.name}: {reason}", "install the package again") from error
    return tuple(found)


def norm(line: str) -> str:
    """A line for comparing: lower case, single spaces, one kind of dash and of ё."""
    return " ".join(line.split()).lower().replace("ё", "е").replace("―", "—").replace("‑", "-")


def parts(line: str) -> list[str]:
    """The pieces of a row of buttons: what stands between bars, dots, slashes and wide gaps, each as `norm` gives it."""
    return [norm(part) for part in SEPARATOR.split(line.strip()) if part.strip()]


@cache
def _number() -> str:
    """A number with its unit, as counters show it: "1 204", "2,5K", "12+"."""
    units = "|".join(re.escape(unit) for unit in _date_words().number_units)
    return rf"\d[\d\s.,'’]*(?:{units})?\+?"


def _pattern(wording: str) -> str:
    escaped = re.escape(norm(wording)).replace("\\ ", r"\s")
    return escaped.replace("…", _ANYTHING).replace(r"\#", _number())


def _any(kinds: dict[str, list[str]], *names: str, open_end: bool | None = None) -> str:
    """One alternative of all wordings of these kinds; `open_end` picks those with (or without) a final `…`."""
    chosen = [w for n in names for w in kinds.get(n, ()) if open_end is None or w.endswith("…") is open_end]
    ordered = sorted(set(chosen), key=lambda w: (-len(w), w))
    return "|".join(_pattern(w) for w in ordered) or r"(?!)"


@cache
def load() -> Furniture:
    """The furniture of all languages. Raises ResourceError where a file is missing or broken."""
    kinds: dict[str, list[str]] = {}
    for entry in entries():
        kinds.setdefault(entry["kind"], []).extend(str(w) for w in entry["wording"])
    number = rf"(?:\s*[:(]?\s*{_number()}\s*\)?)"
    closed, opened = (_any(kinds, "label", "credit", open_end=flag) for flag in (False, True))
    credit, credit_open = (_any(kinds, "credit", open_end=flag) for flag in (False, True))
    heading = rf"(?:{{}})\s*(?:[:.…»>→]|{_number()})*"
    return Furniture(
        button=re.compile(rf"(?:{_number()}\s*)?(?:{_any(kinds, 'button')}){number}?[.:!…»→]*"),
        label=re.compile(rf"(?:{closed})\s*[:/]\s*\S.*|(?:{opened}).*|(?:{closed})\s*:"),
        credit=re.compile(
            rf"[.!?…][»”\"’')\]]*\s+\(?((?:{credit})\s*:\s*[^.!?\n]{{2,120}}\.?\)?|(?:{credit_open})[^.!?\n]{{0,80}}\.?\)?)$",
            re.IGNORECASE,
        ),
        aside=re.compile(heading.format(_any(kinds, "aside"))),
        aside_inline=re.compile(rf"(?:{_any(kinds, 'aside')})\s*[:→>]\s*\S.*"),
        end=re.compile(heading.format(_any(kinds, "end"))),
        notice=re.compile(rf"(?:{_any(kinds, 'notice')}).*"),
        bio=re.compile(rf"(?:{_any(kinds, 'bio')}).*"),
        byline=re.compile(rf"(?:{_any(kinds, 'byline')})\s+", re.IGNORECASE),
        role=re.compile(rf"(?:{_any(kinds, 'role')})(?:\s*[,–—-]\s*{_ANYTHING})?\.?"),
        dates=_date_words(),
    )


@cache
def _date_words() -> DateWords:
    months: dict[str, int] = {}
    words: dict[str, dict[str, None]] = {}
    for data in _files():
        dates = data.get("dates") or {}
        for number, forms in (dates.get("months") or {}).items():
            months.update({norm(form): int(number) for form in forms})
        for key in _WORD_LISTS:
            words.setdefault(key, {}).update(dict.fromkeys(norm(word) for word in dates.get(key) or ()))
    ordered = {key: tuple(sorted(found, key=lambda w: (-len(w), w))) for key, found in words.items()}
    return DateWords(months, **{key: ordered.get(key, ()) for key in _WORD_LISTS})
