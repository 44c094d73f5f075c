"""Gold facts as people annotated them: one YAML file per article, named after it, and groups of articles that tell of one meeting."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgculture.errors import InputError

GROUPS = "groups"


@dataclass(frozen=True, slots=True)
class Gold:
    """The facts of one article. Lists and mappings are as the file has them; absent ones are empty."""

    id: str
    language: str
    persons: dict[str, dict[str, Any]]
    meetings: list[dict[str, Any]]
    agreements: list[dict[str, Any]]
    exhibitions: list[dict[str, Any]]
    events: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Annotated articles, and the groups of (article, index of the meeting) that are one meeting; `groups` None: not annotated."""

    articles: tuple[Gold, ...]
    groups: tuple[tuple[tuple[str, int], ...], ...] | None


def read_gold(folder: str | Path) -> GoldSet:
    """The gold facts of a folder. Raises InputError for a folder without any, and for a file that is not as described."""
    root = Path(folder)
    if not root.is_dir():
        raise InputError(f"{root}: no such folder of gold facts")
    articles = []
    for path in sorted(root.glob("*.yaml")):
        if path.stem != GROUPS:
            plain = _load(path)
            if isinstance(plain, dict) and "persons" in plain:
                articles.append(_gold(path, plain))
    if not articles:
        raise InputError(f"{root}: no gold facts here", "one YAML file per article, with `persons`, `meetings`, …")
    groups = root / f"{GROUPS}.yaml"
    return GoldSet(tuple(articles), _groups(groups) if groups.is_file() else None)


def _load(path: Path) -> Any:
    import yaml

    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(f"{path}: cannot be read as YAML: {' '.join(str(error).split())}") from error


def _gold(path: Path, plain: dict[str, Any]) -> Gold:
    persons = plain.get("persons") or {}
    lists = {name: plain.get(name) or [] for name in ("meetings", "agreements", "exhibitions", "events")}
    if not isinstance(persons, dict) or not all(isinstance(p, dict) and p.get("names") for p in persons.values()):
        raise InputError(f"{path}: `persons` must map keys to names and offices")
    for key, person in persons.items():
        if not all(isinstance(office, dict) and office.get("title") for office in person.get("offices") or []):
            raise InputError(f"{path}: an office of {key} has no title")
    for name, values in lists.items():
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise InputError(f"{path}: `{name}` must be a list of mappings")
    for name, needed in (("meetings", "participants"), ("agreements", "type"), ("events", "type")):
        if not all(needed in value for value in lists[name]):
            raise InputError(f"{path}: one of the `{name}` has no `{needed}`")
    for name, field in (("meetings", "participants"), ("agreements", "signatories")):
        for value in lists[name]:
            if unknown := sorted({str(key) for key in value.get(field) or []} - set(persons)):
                raise InputError(f"{path}: `{name}` speak of {unknown[0]}, who is not among the persons")
    return Gold(path.stem, str(plain.get("language") or path.stem[:2]), persons, **lists)


def _groups(path: Path) -> tuple[tuple[tuple[str, int], ...], ...]:
    plain = _load(path) or []
    try:
        return tuple(tuple((str(article), int(index)) for article, index in group) for group in plain)
    except (TypeError, ValueError) as error:
        raise InputError(f"{path}: must be a list of lists of [article, index]") from error
