"""Saved queries: `.rq` files whose leading comment says in YAML what they answer and which parameters they take.

    # title: Who met whom
    # description: One row per pair …
    # parameters:
    #   since: {type: date-from, default: "", doc: only meetings from this day on}
    # example: kgculture query who-met-whom -p since=2023

Types: string, integer, date, date-from, date-to (a year or month stands for its first or last day), iri, term (`Film` or
`kgc:Film`), country (ISO code or name), and person, body, place, venue, work, thing: an IRI, a CURIE or a name, which must mean
one thing of the store. A parameter without `default` must be given; one whose default is empty may be left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgculture import resources
from kgculture.errors import InputError, QueryError, UsageError
from kgculture.query import names
from kgculture.query.sparql import XSD, run, variables
from kgculture.terms import CLASSES, INDIVIDUALS, KGC, KGR, PROPERTIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kgculture.query.labels import Labels

#: types that name a thing of the store -> the classes it may have
KINDS: dict[str, tuple[str, ...]] = {
    "person": ("Person", "Creator"),
    "body": ("Organization",),
    "country": ("Country",),
    "place": ("City", "Country", "Region"),
    "venue": ("Venue", "Organization"),
    "work": ("Work",),
    "thing": (),
}
TYPES = ("string", "integer", "date", "date-from", "date-to", "iri", "term", *KINDS)


@dataclass(frozen=True, slots=True)
class Parameter:
    """`default` None: must be given; "": may be left out, the query then holds an empty string."""

    name: str
    type: str
    default: str | None
    doc: str

    def term(self, value: str, store: Any, labels: Labels | None = None) -> Any:
        """The RDF term for what was typed. Raises UsageError for a value that is not of the type, QueryError for an unknown name."""
        from pyoxigraph import Literal, NamedNode

        value = value.strip()
        if value == "":
            return Literal("")
        if self.type == "integer":
            if not re.fullmatch(r"[+-]?\d+", value):
                raise self._wrong(value, "a whole number")
            return Literal(int(value))
        if self.type.startswith("date"):
            return Literal(self._day(value), datatype=NamedNode(XSD + "date"))
        if self.type == "iri":
            iri = names.expand(value)
            if iri is None:
                raise self._wrong(value, "an IRI or a CURIE such as kgr:baku")
            return NamedNode(iri)
        if self.type == "term":
            local = value.removeprefix(KGC).removeprefix("kgc:")
            if local not in CLASSES | INDIVIDUALS | PROPERTIES:
                raise self._wrong(value, "a term of the vocabulary; kgculture ref lists them")
            return NamedNode(KGC + local)
        if self.type == "country" and re.fullmatch(r"[A-Za-z]{2}", value):
            return NamedNode(f"{KGR}country-{value.upper()}")
        if self.type in KINDS:
            return NamedNode(names.resolve(store, value, KINDS[self.type], labels))
        return Literal(value)

    def _day(self, value: str) -> str:
        from kgculture.model import PartialDate

        try:
            when = PartialDate.parse(value)
        except ValueError:
            when = PartialDate(month=1)
        day = when.latest if self.type == "date-to" else when.earliest
        if day is None or (self.type == "date" and len(value) < len(day)):
            raise self._wrong(value, "a date: 2023-12-04" + ("" if self.type == "date" else ", 2023-12 or 2023"))
        return day

    def _wrong(self, value: str, what: str) -> UsageError:
        return UsageError(f"parameter {self.name}: {value!r} is not {what}")


@dataclass(frozen=True, slots=True)
class SavedQuery:
    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    example: str
    text: str

    def terms(self, store: Any, given: Mapping[str, str] | None = None, labels: Labels | None = None) -> dict[str, Any]:
        """All parameters as terms, defaults filled in. Raises UsageError for a missing, unknown or ill-typed one."""
        given = dict(given or {})
        known = {p.name for p in self.parameters}
        for name in given:
            if name not in known:
                raise UsageError(
                    f"{self.name} has no parameter {name!r}", "its parameters: " + (", ".join(sorted(known)) or "none")
                )
        found = {}
        for parameter in self.parameters:
            value = given.get(parameter.name, parameter.default)
            if value is None:
                raise UsageError(f"{self.name} needs -p {parameter.name}=… ({parameter.doc})", self.example)
            found[parameter.name] = parameter.term(str(value), store, labels)
        return found

    def run(self, store: Any, given: Mapping[str, str] | None = None, labels: Labels | None = None) -> Any:
        """The answer on a store, as `query.run` gives it. `labels` is the store's index of names, if it has one."""
        return run(store, self.text, self.terms(store, given, labels))


def parse(name: str, text: str, source: str) -> SavedQuery:
    """Reads the text of a `.rq` file; a file without a header is a query without parameters. Raises InputError naming `source`."""
    import yaml

    lines = []
    for line in text.lstrip("\ufeff").splitlines():
        if not line.startswith("#"):
            break
        lines.append(line[1:].removeprefix(" "))
    try:
        header = yaml.safe_load("\n".join(lines)) or {}
    except yaml.YAMLError as error:
        raise InputError(f"{source}: the comment at its head is not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(header, dict):
        header = {"title": " ".join(lines)}
    described = header.get("parameters") or {}
    if not isinstance(described, dict):
        raise InputError(f"{source}: `parameters` must map names to type, default and doc")
    parameters = tuple(_parameter(source, key, value) for key, value in described.items())
    written = variables(text)[0]
    for odd in sorted(written ^ {p.name for p in parameters}):
        raise InputError(
            f"{source}: ${odd} stands " + ("in the text only" if odd in written else "among its parameters only")
        )
    title = " ".join(str(header.get("title", name)).split())
    return SavedQuery(
        name=name,
        title=title,
        description=" ".join(str(header.get("description", title)).split()),
        parameters=parameters,
        example=str(header.get("example", f"kgculture query {name}")).strip(),
        text=text,
    )


def _parameter(source: str, name: Any, value: Any) -> Parameter:
    value = value if isinstance(value, dict) else {}
    kind = str(value.get("type", "string"))
    if kind not in TYPES:
        raise InputError(f"{source}: parameter {name}: no type {kind!r}; there are {', '.join(TYPES)}")
    default = value.get("default")
    return Parameter(str(name), kind, None if default is None else str(default), str(value.get("doc", "")))


@lru_cache(maxsize=256)
def _read(path: Path, changed: int) -> SavedQuery:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text") from error
    return parse(path.stem, text, str(path))


def _files(folders: Iterable[Path]) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for folder in (resources.folder("queries"), *folders):
        files.update((path.stem, path) for path in sorted(folder.glob("*.rq")))
    return dict(sorted(files.items()))


def saved(folders: Iterable[Path] = ()) -> list[SavedQuery]:
    """The saved queries of the installation and of further folders, whose files win over ours of the same name, by name."""
    return [_read(path, path.stat().st_mtime_ns) for path in _files(folders).values()]


def load(name: str, folders: Iterable[Path] = ()) -> SavedQuery:
    """One saved query. Raises QueryError for an unknown name, with those that come near."""
    from difflib import get_close_matches

    files = _files(folders)
    if name not in files:
        near = get_close_matches(name, files, n=3, cutoff=0.5)
        raise QueryError(
            f"no saved query {name!r}",
            ("did you mean " + ", ".join(near) + "? " if near else "") + "kgculture queries lists them",
        )
    path = files[name]
    return _read(path, path.stat().st_mtime_ns)
