"""Floors: the least figures that a set of articles may have, per language and row, in a YAML file; and how they are raised.

    allowance: {row: 0.02, overall: 0.01}
    floors:
      examples:
        en: {overall: 0.94, person: 0.98}
    lowered:
      - {set: examples, group: en, row: person, from: 0.98, to: 0.95, reason: two forms of one name were annotated wrongly}

A floor lies a little below what was measured, so that a gain in one kind of sentence may cost one fact of another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgculture.errors import InputError
from kgculture.evaluate.measure import ENOUGH, IDENTITY, OVERALL, RARE, SAME_MEETING, Figures

ALLOWANCE = {"row": 0.02, "overall": 0.01}
_HEAD = """\
# Least F1 per set of articles, language and row: held by tests/test_evaluate.py, raised by scripts/update_floors.py.
# Never lower a figure by hand: `scripts/update_floors.py --lower REASON` does it and says so under `lowered`, and a test compares
# this file with all its committed versions.
"""


@dataclass(frozen=True, slots=True)
class Breach:
    """A figure below its floor."""

    group: str
    row: str
    floor: float
    measured: float

    def __str__(self) -> str:
        return f"{self.group}: {self.row} is {self.measured:.3f}, its floor {self.floor:.3f}"


def read_floors(path: str | Path) -> dict[str, Any]:
    """The file, or an empty one where there is none. Raises InputError for one that is not as described."""
    import yaml

    empty: dict[str, Any] = {"allowance": dict(ALLOWANCE), "floors": {}, "lowered": []}
    try:
        plain = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return empty
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(f"{path}: cannot be read as YAML: {' '.join(str(error).split())}") from error
    if not isinstance(plain, dict) or not isinstance(plain.get("floors"), dict):
        raise InputError(f"{path}: must have `floors`")
    return {**empty, **plain}


def write_floors(path: str | Path, floors: Mapping[str, Any]) -> None:
    import yaml

    text = yaml.safe_dump(dict(floors), sort_keys=False, allow_unicode=True, default_flow_style=None, width=130)
    Path(path).write_text(_HEAD + text, encoding="utf-8")


def breaches(figures: Mapping[str, Figures], floors: Mapping[str, Mapping[str, float]]) -> list[Breach]:
    """What lies below its floor. A row that is gone counts as 0."""
    found = []
    for group, rows in floors.items():
        for name, floor in rows.items():
            measured = _measured(figures.get(group), name)
            if measured < floor - 1e-9:
                found.append(Breach(group, name, floor, measured))
    return found


def raised(
    figures: Mapping[str, Figures], floors: Mapping[str, Mapping[str, float]], allowance: Mapping[str, float]
) -> dict[str, dict[str, float]]:
    """The floors that the figures bear: higher ones where they rose, never lower ones."""
    new: dict[str, dict[str, float]] = {}
    for group, told in figures.items():
        old = dict(floors.get(group, {}))
        found = {}
        for name in (OVERALL, *(row.name for row in told.rows if _counts(row.name, row.gold))):
            less = allowance["overall" if name == OVERALL else "row"]
            found[name] = max(old.get(name, 0.0), _down(_measured(told, name) - less))
        new[group] = {**old, **found}
    return {**{group: dict(rows) for group, rows in floors.items() if group not in new}, **new}


def lowered(
    name: str,
    figures: Mapping[str, Figures],
    floors: Mapping[str, Mapping[str, float]],
    allowance: Mapping[str, float],
    reason: str,
) -> tuple[dict[str, dict[str, float]], list[dict[str, Any]]]:
    """The floors of set `name` with those that are not reached put below what is measured, and the entries that say why."""
    new = {group: dict(rows) for group, rows in floors.items()}
    told = []
    for breach in breaches(figures, floors):
        to = _down(breach.measured - allowance["overall" if breach.row == OVERALL else "row"])
        new[breach.group][breach.row] = to
        entry = {"set": name, "group": breach.group, "row": breach.row, "from": breach.floor, "to": to}
        told.append({**entry, "reason": reason})
    return new, told


def unexplained(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Floors of an older version of the file that a newer one lowers or drops without saying why."""
    told: dict[tuple[Any, ...], float] = {}
    for entry in new.get("lowered") or ():
        if str(entry.get("reason") or "").strip():
            key = (entry.get("set"), entry.get("group"), entry.get("row"))
            told[key] = min(told.get(key, 1.0), float(entry.get("to", 1.0)))
    found = []
    for name, groups in (old.get("floors") or {}).items():
        for group, rows in groups.items():
            for row, floor in rows.items():
                now = new["floors"].get(name, {}).get(group, {}).get(row)
                least = min(floor, told.get((name, group, row), floor))
                if now is None or now < least:
                    found.append(f"{name}, {group}: {row} was {floor}, is {now}")
    return found


def _counts(name: str, gold: int) -> bool:
    return (gold >= ENOUGH and name != RARE) or (name in (IDENTITY, SAME_MEETING) and gold > 0)


def _measured(figures: Figures | None, name: str) -> float:
    if figures is None:
        return 0.0
    if name == OVERALL:
        return figures.overall
    row = figures.row(name)
    return row.f1 if row is not None else 0.0


def _down(value: float) -> float:
    return max(0.0, int(value * 1000 + 1e-6) / 1000)
