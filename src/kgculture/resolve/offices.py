"""Offices and tenures, which are what their names say: title, country and body; holder, office and status.

An office of which an article gives neither country nor body is that of the same title which its holder has elsewhere, if that is
one only; so there are two kinds of units, and those without wait until the others are held by persons.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kgculture.resolve.context import Context, is_place
from kgculture.resolve.database import key_of
from kgculture.resolve.engine import Change
from kgculture.resolve.fold import slug
from kgculture.resolve.mentions import Mentions, Told, told
from kgculture.resolve.names import Draft, Form, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kgculture.model import OfficeFact
    from kgculture.resolve.database import Database
    from kgculture.resolve.things import Things
    from kgculture.resolve.upstream import Upstream

#: units: offices with a country or body; those without, by holders; English titles that those without bring; tenures of both
FULL, BARE, TITLE, TENURE, BARE_TENURE = "office", "post", "title", "tenure", "post-tenure"
SAME_HOLDER = "office.same-holder"


def _is_full(office: OfficeFact, context: Context) -> bool:
    return bool(context.office_country(office) or office.organization)


def _title(office: OfficeFact, context: Context) -> list[str | None]:
    return [context.facts.article.language, office.title, office.title_en]


def full(context: Context, upstream: Upstream) -> Iterator[Told]:
    for office in context.offices.values():
        if _is_full(office, context):
            country = context.office_country(office)
            parts = [country.removeprefix("country-")] if country else []
            # a minister is the country's, whichever ministry the article names
            if office.organization and not office.ministerial and not is_place(office.organization):
                parts.append(upstream.name(office.organization))
            yield told(office.id, [*_title(office, context), "-".join(["", *parts]), []])


def titles(context: Context) -> Iterator[Told]:
    for office in context.offices.values():
        if office.title_en and not _is_full(office, context):
            yield told(office.id, _title(office, context))


def bare(context: Context, upstream: Upstream) -> Iterator[Told]:
    holders: dict[str, set[str]] = {o.id: set() for o in context.offices.values() if not _is_full(o, context)}
    for tenure in context.facts.tenures:
        if tenure.office in holders:
            holders[tenure.office].add(upstream.name(tenure.holder))
    for office, names in holders.items():
        yield told(office, [*_title(context.offices[office], context), "", sorted(names)])


def tenures(context: Context, upstream: Upstream, *, of_full: bool) -> Iterator[Told]:
    for tenure in context.facts.tenures:
        if _is_full(context.offices[tenure.office], context) == of_full:
            yield told(tenure.id, [upstream.name(tenure.holder), upstream.name(tenure.office), tenure.status])


class Named:
    """Units whose thing is known by its name. `settle` gives what changed, as `Clusters.settle` does."""

    def __init__(self, db: Database, things: Things, kind: str) -> None:
        self.db = db
        self.things = things
        self.mentions = Mentions(db, kind)
        self._thing_kind = "tenure" if kind in (TENURE, BARE_TENURE) else "office"
        self._titles: dict[int, str | None] = {}

    def _name(self, content: list[Any]) -> tuple[str, str]:
        """(name, rule by which records are one)."""
        if self._thing_kind == "tenure":
            holder, office, status = content
            return f"tenure-{holder}-{office.removeprefix('office-')}-{status.lower()}", "tenure.holder-office-status"
        language, title, title_en, tail, holders = content
        name = f"office-{slug(title_en) if title_en else self._english(language, title)}{tail}"
        for target in self._held(name, holders) if holders else ():
            return target, SAME_HOLDER
        return name, "office.title-country-body"

    def _english(self, language: str, title: str) -> str:
        """A native title that the lexicon renders in English elsewhere, always the same, is that title."""
        key = key_of("title", language, slug(title))
        if key not in self._titles:
            self._titles[key] = english(self.db, key)
        return self._titles[key] or slug(title)

    def _held(self, name: str, holders: Iterable[str]) -> list[str]:
        fits = set()
        for holder in holders:
            rows = self.db.run(
                "SELECT u.content FROM shelf s JOIN unit u ON u.id = s.unit WHERE s.key = ? AND u.kind = ? AND u.n > 0",
                (key_of("holder", holder), TENURE),
            )
            # "minister-of-culture-…" must go on with a country, not with more of a title
            fits |= {
                office
                for (content,) in rows
                for office in json.loads(content)[1:2]
                if office.startswith(f"{name}-") and office[len(name) + 1 :].split("-")[0].isupper()
            }
        return sorted(fits) if len(fits) == 1 else []

    def keys(self, content: list[Any]) -> Iterator[int]:
        """The shelves on which other units look a unit up."""
        if self._thing_kind == "tenure":
            yield key_of("holder", content[0])
            return
        yield key_of("title", content[0], slug(content[1]))
        for holder in content[4] if len(content) > 4 else ():
            yield key_of("holder", holder)

    def moved(self) -> dict[int, set[int]]:
        """The shelves on which units appear, or from which they vanish, with these units."""
        found: dict[int, set[int]] = {}
        for unit in self.mentions.fresh | self.mentions.gone():
            for key in self.keys(json.loads(self.mentions.told(unit)[0])):
                found.setdefault(key, set()).add(unit)
        return found

    def shelve(self) -> set[int]:
        """Puts new units on their shelves, takes away those that went; gives the shelves."""
        moved, gone = self.moved(), self.mentions.gone()
        for key, units in moved.items():
            for unit in units:
                if unit in gone:
                    self.db.run("DELETE FROM shelf WHERE key = ? AND unit = ?", (key, unit))
                else:
                    self.db.run("INSERT OR IGNORE INTO shelf VALUES (?, x'', ?)", (key, unit))
        return set(moved)

    def on(self, keys: Iterable[int]) -> set[int]:
        """The units of this kind that stand on shelves."""
        return {
            row[0]
            for row in self.db.among(
                "SELECT s.unit FROM shelf s JOIN unit u ON u.id = s.unit WHERE u.kind = ? AND s.key IN ({})",
                keys,
                self.mentions.kind,
            )
        }

    def settle(self, again: Iterable[int] = ()) -> Change:
        """Names the new units, and those of `again`, whose names may be others now."""
        self._titles = {}
        gone = self.mentions.gone()
        change = Change(gone=gone)
        affected: set[int] = set()
        for unit in (self.mentions.fresh | set(again) | gone) - (self.mentions.fresh & gone):
            row = self.db.one("SELECT content, thing, rules FROM unit WHERE id = ?", unit)
            before, rules = row[1], row[2]
            thing = None
            if unit not in gone:
                name, rule = self._name(json.loads(row[0]))
                thing, told_rules = self._thing(name), json.dumps([rule])
                if (before, rules) == (thing, told_rules):
                    continue
                self.db.run("UPDATE unit SET thing = ?, rules = ? WHERE id = ?", (thing, told_rules, unit))
                if rules != told_rules:
                    change.rules.add(unit)
            else:
                self.db.run("UPDATE unit SET thing = NULL WHERE id = ?", (unit,))
            change.left[unit] = before
            affected |= {t for t in (before, thing) if t is not None}
        for (thing,) in self.db.among("SELECT thing FROM unit WHERE id IN ({})", self.mentions.least - gone):
            affected.add(thing)
        for thing in affected:
            self._describe(thing)
        return change

    def _thing(self, name: str) -> int:
        thing = self.things.find(self._thing_kind, name)
        if thing is None:
            thing = self.things.new(self._thing_kind)
            self.things.call(thing, name)
        return thing

    def _describe(self, thing: int) -> None:
        rows = self.db.run("SELECT content, rules, least FROM unit WHERE thing = ? AND n > 0", (thing,)).fetchall()
        if not rows:
            self.things.remove(thing)
            return
        (name,) = self.db.one("SELECT name FROM thing WHERE id = ?", thing)
        draft = Draft(name)
        if self._thing_kind == "office":
            own = [least for _, rules, least in rows if SAME_HOLDER not in rules]
            for content, rules, _ in rows:
                language, title, title_en, tail, _ = json.loads(content)
                if SAME_HOLDER in rules and own:
                    draft.special[SAME_HOLDER] = min(own)
                else:
                    draft.aliases.add(f"office-{slug(title)}{tail}")
                if title_en:
                    draft.forms.append(Form((0,), title_en, "en"))
                draft.forms.append(Form((1,), title, tag(title, language)))
            draft.aliases.discard(name)
        self.things.describe(thing, draft, min(least for _, _, least in rows))


def english(db: Database, key: int) -> str | None:
    """The English title, folded, that stands beside the native one of a shelf, if it is always the same."""
    rows = db.run(
        "SELECT u.content FROM shelf s JOIN unit u ON u.id = s.unit WHERE s.key = ? AND u.kind IN (?, ?)",
        (key, FULL, TITLE),
    )
    found = {slug(title) for (content,) in rows if (title := json.loads(content)[2])}
    return found.pop() if len(found) == 1 else None
