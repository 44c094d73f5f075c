"""Articles in, a new generation of the store out. The one module that knows the order of the stages."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kgculture import __version__
from kgculture._workers import Workers
from kgculture.errors import DuplicateArticle, KgcultureError, ResourceError
from kgculture.model import Article, ArticleFacts, Skipped, Violation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kgculture.model import Resolution
    from kgculture.store import Records, Store, Writer

    #: called as progress(stage, done, total); stages in order: extract, resolve, check, store; total None: not known
    Progress = Callable[[str, int, int | None], None]

#: `articles.jsonl:12`
_RECORD = re.compile(r"^(.+\.\w+):\d+$")


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did. `read` counts articles read from the given paths: new + changed + unchanged."""

    read: int
    new: int
    changed: int
    unchanged: int
    skipped: tuple[Skipped, ...]
    withheld: tuple[Violation, ...]
    warnings: tuple[Violation, ...]
    generation: str
    changed_anything: bool

    @property
    def complete(self) -> bool:
        """Whether nothing was skipped and nothing withheld: the CLI then ends with 0, else with 3."""
        return not self.skipped and not self.withheld


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages that a build calls, so that tests can put others in their place.

    `extractor` and `resolver` name the rules and code at work: where they differ from what made a store, it is made anew.
    """

    read: Callable[..., Iterable[Article | Skipped]]
    extract: Callable[[Article], ArticleFacts]
    resolve: Callable[[Iterable[ArticleFacts]], Resolution]
    extractor: str
    resolver: str


def stages() -> Stages:
    from kgculture import extract, resolve, sources

    return Stages(
        sources.read,
        extract.extract,
        resolve.resolve,
        f"{extract.VERSION}+{_fingerprint('lexicon', 'language', 'extract')}",
        _fingerprint("lexicon", "resolve", "graph"),
    )


def _fingerprint(*packages: str) -> str:
    """A digest of the files of some packages: whoever improves a lexicon gets the better facts at the next build."""
    found = hashlib.sha256()
    root = Path(__file__).parent
    for package in packages:
        for path in sorted((root / package).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                found.update(f"{path.relative_to(root).as_posix()}\n".encode())
                found.update(path.read_bytes())
    return found.hexdigest()[:16]


def build(
    paths: str | Path | Iterable[str | Path],
    store: str | Path,
    *,
    workers: int = 1,
    ids: str = "stem",
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
) -> BuildResult:
    """Adds articles to a store, or makes it; gives what was done.

    `paths` are files, folders, globs or `-`; `ids` is "stem" or "path"; `workers` processes extract and check. Articles
    already there with the same text are left alone, those with another text from the same path get new facts. The store
    changes as a whole at the very end, or not at all: whatever is raised, it is as it was.

    Raises DuplicateArticle where one identifier has two texts, InputError for a path that cannot be read at all,
    StoreError where the store is locked, damaged or cannot be written.
    """
    from kgculture.store import Folder

    chosen = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    folder = Folder(store)
    with folder.writing() as lock, Workers(workers, close=(lock,)) as pool:
        old = _open(folder)
        try:
            return _Build(stages(), folder, old, pool, progress or _silent).run(chosen, ids, stdin)
        finally:
            if old is not None:
                old.close()


def _open(folder: Any) -> Store | None:
    from kgculture.store import Store

    return Store.open(folder.path) if folder.current() is not None else None


def _silent(stage: str, done: int, total: int | None) -> None:
    return None


class _Build:
    """One build. `old` is the generation that stands; the new one is begun when the first change is met."""

    def __init__(self, stages: Stages, folder: Any, old: Store | None, pool: Workers, progress: Progress) -> None:
        self.stages = stages
        self.folder = folder
        self.old = old.records if old is not None else None
        self.generation = old.generation if old is not None else None
        self.pool = pool
        self.progress = progress
        self.writer: Writer | None = None
        self.skipped: list[Skipped] = []
        self.seen: dict[str, tuple[str | None, str]] = {}
        self.new: set[str] = set()
        self.changed: set[str] = set()
        self.done: set[str] = set()
        self.failed: set[str] = set()

    def run(self, paths: list[Any], ids: str, stdin: BinaryIO | None) -> BuildResult:
        try:
            for facts, path in self._extract(self._todo(paths, ids, stdin)):
                self._begin().records.put(facts, path)
                self.done.add(facts.article.id)
            made_by = self._made_by()
            if self.writer is None and self.old is not None and self.old.meta("made_by") == made_by:
                return self._result(tuple(self.old.violations()), changed=False)
            return self._write(made_by)
        except BaseException:
            if self.writer is not None:
                self.writer.abort()
            raise

    def _begin(self) -> Writer:
        if self.writer is None:
            from kgculture.store import Writer

            self.writer = Writer(self.folder)
        return self.writer

    def _made_by(self) -> str:
        """A digest of all that decides what graph the facts become: where it differs, the graph is made anew."""
        from kgculture.resources import folder
        from kgculture.store import FORMAT
        from kgculture.validate import shapes_digest

        parts = [str(FORMAT), __version__, self.stages.resolver, shapes_digest()]
        parts += [hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder("ontology").glob("*.ttl"))]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    # ---------------------------------------------------------------------------------------------- reading, extracting

    def _todo(self, paths: list[Any], ids: str, stdin: BinaryIO | None) -> Iterator[Article]:
        """The articles whose facts must be extracted: new or changed ones, and those that older rules read."""
        for item in self.stages.read(paths, ids=ids, stdin=stdin):
            if isinstance(item, Skipped):
                self.skipped.append(item)
            elif self._is_news(item):
                yield item
        if self.old is not None:
            for entry in self.old.entries():
                if entry.id not in self.seen and entry.extractor != self.stages.extractor:
                    article = self.old.article(entry.id)
                    if article is not None:
                        yield article

    def _is_news(self, article: Article) -> bool:
        """Whether an article must be extracted. Raises DuplicateArticle."""
        from kgculture.store.codec import digest

        found, where = digest(article), _where(article.path)
        if article.id in self.seen:
            if self.seen[article.id][1] != found:
                raise _duplicate(article.id, self.seen[article.id][0], article.path)
            return False  # the same text a second time
        self.seen[article.id] = (article.path, found)
        before = self.old.entry(article.id) if self.old is not None else None
        if before is None:
            self.new.add(article.id)
            return True
        if before.digest != found:
            if _where(before.path) != where:
                raise _duplicate(article.id, before.path, article.path)
            self.changed.add(article.id)
            return True
        return before.extractor != self.stages.extractor

    def _extract(self, articles: Iterator[Article]) -> Iterator[tuple[ArticleFacts, str | None]]:
        job = _Guarded(self.stages.extract)
        for number, (article, facts) in enumerate(self.pool.map(job, articles, lambda article: article), 1):
            self.progress("extract", number, None)
            if isinstance(facts, ArticleFacts):
                yield replace(facts, extractor=self.stages.extractor), self._path(article)
                continue
            reason = facts if isinstance(facts, str) else "internal error: its process died"
            self.skipped.append(Skipped(article.path or article.id, reason))
            for group in (self.new, self.changed):
                group.discard(article.id)
            self.failed.add(article.id)

    def _path(self, article: Article) -> str | None:
        """Where an article was read from: now, or, if only its facts are new, when it came into the store."""
        before = self.old.entry(article.id) if self.old is not None and article.id not in self.changed else None
        return before.path if before is not None else _where(article.path)

    # --------------------------------------------------------------------------------------------------------- writing

    def _write(self, made_by: str) -> BuildResult:
        from kgculture.graph import DefaultGraph
        from kgculture.query import labels
        from kgculture.validate import check_union, order

        writer = self._begin()
        records = writer.records
        if self.old is not None:
            records.copy(self.old, (entry.id for entry in self.old.entries() if entry.id not in self.done))
        records.set_meta("made_by", made_by)
        total = records.count()
        self.progress("resolve", 0, None)
        resolution = self.stages.resolve(records.facts())
        default = DefaultGraph(resolution)
        violations: list[Violation] = []
        writer.load(self._quads(records, resolution, default, violations, total))
        # without Reports: with them it takes as long as all articles' shapes, at every build; `validate` looks at those too
        violations += check_union(writer.triples)
        violations.sort(key=order)
        records.put_violations(violations)
        self.progress("store", 0, None)
        labels.fill(writer.place / labels.FILE, writer.triples)
        self.generation = writer.commit()
        self.writer = None
        return self._result(tuple(violations), changed=True)

    def _quads(
        self, records: Records, resolution: Resolution, default: Any, violations: list[Violation], total: int
    ) -> Iterator[Any]:
        """The quads of all articles that the shapes let through, then those of the default graph."""
        from pyoxigraph import DefaultGraph, Quad

        from kgculture.checking import checked

        for number, (graph, found) in enumerate(checked(records, self.old, resolution, self.pool), 1):
            self.progress("check", number, total)
            violations += found
            if graph is None:
                continue
            for triple in graph.stated | graph.provenance:
                yield Quad(triple.subject, triple.predicate, triple.object, graph.iri)
            for triple in default.add(graph):
                yield Quad(triple.subject, triple.predicate, triple.object, DefaultGraph())
        for triple in default.derived():
            yield Quad(triple.subject, triple.predicate, triple.object, DefaultGraph())

    def _result(self, violations: tuple[Violation, ...], *, changed: bool) -> BuildResult:
        if self.generation is None:  # pragma: no cover
            raise KgcultureError("the build wrote nothing")
        read = len(self.seen.keys() - self.failed)
        return BuildResult(
            read=read,
            new=len(self.new),
            changed=len(self.changed),
            unchanged=read - len(self.new) - len(self.changed),
            skipped=tuple(self.skipped),
            withheld=tuple(v for v in violations if v.severity == "Violation"),
            warnings=tuple(v for v in violations if v.severity != "Violation"),
            generation=self.generation,
            changed_anything=changed,
        )


@dataclass(frozen=True, slots=True)
class _Guarded:
    """Extraction that gives a reason instead of raising: one article never costs the others."""

    extract: Callable[[Article], ArticleFacts]

    def __call__(self, article: Article) -> ArticleFacts | str:
        try:
            return self.extract(article)
        except ResourceError:  # what every article would lack
            raise
        except KgcultureError as error:
            return error.message
        except Exception as error:
            return f"internal error: {type(error).__name__}: {' '.join(str(error).split())}"


def _where(path: str | None) -> str | None:
    """A place by which two readings of one input compare: absolute, without the number of a record's line in its file."""
    if path is None or path.startswith("-"):
        return path
    return os.path.abspath(_RECORD.sub(r"\1", path))  # noqa: PTH100  (no look at the disk)


def _duplicate(identifier: str, one: str | None, other: str | None) -> DuplicateArticle:
    return DuplicateArticle(
        f"{identifier}: two articles have this identifier and other texts: {one or 'standard input'} and "
        f"{other or 'standard input'}",
        "rename one, or take paths for identifiers: --id path",
    )
