"""Persons and meetings as people annotated them, resolved: what is one must be one, over both languages."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from kgculture.resolve import resolve
from resolve_articles import Build

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason="the annotated articles are not here")


def annotated(gold: dict[str, Any]) -> tuple[Build, dict[str, str]]:
    build = Build(gold["id"], gold["language"], str(gold["published"]) if gold["published"] else None)
    refs = {}
    for key, person in (gold["persons"] or {}).items():
        refs[key] = build.person(*sorted(person["names"], key=lambda n: -len(n.split())))
        for office in person["offices"]:
            body = build.org(office["organization"]) if office["organization"] else None
            build.tenure(refs[key], build.office(office["title"], office["country"], body))
    for meeting in gold["meetings"] or []:
        sides = [s for s in meeting["sides"] if len(s) == 2]
        build.meeting(
            *[refs[p] for p in meeting["participants"]], *sides, start=str(meeting["date"]) if meeting["date"] else None
        )
    return build, refs


def test_persons_and_meetings_of_the_annotated_articles() -> None:
    import yaml

    files = [f for part in ("seeds", "dev") for f in sorted((GOLD / part).glob("*.yaml")) if f.stem != "groups"]
    articles = [annotated(yaml.safe_load(f.read_text(encoding="utf-8"))) for f in files]
    found = resolve(build.facts for build, _ in articles)
    names: dict[str, set[str]] = defaultdict(set)
    keys: dict[str, set[str]] = defaultdict(set)
    for build, refs in articles:
        for key, ref in refs.items():
            name = found.name(build.article.id, ref)
            names[key].add(name)
            keys[name].add(key)
    assert not {k: v for k, v in names.items() if len(v) > 1}, "one person, two things"
    assert not {k: v for k, v in keys.items() if len(v) > 1}, "two persons, one thing"
    meetings: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for build, _ in articles:
        for number, meeting in enumerate(build.facts.meetings):
            meetings[found.name(build.article.id, meeting.id)].add((build.article.id, number))
    groups = yaml.safe_load((GOLD / "dev" / "groups.yaml").read_text(encoding="utf-8"))
    assert [sorted(m) for m in meetings.values() if len(m) > 1] == [sorted((a, n) for a, n in g) for g in groups]
