"""Articles in, a new generation of the store out. The one module that knows the order of the stages."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kgculture import __version__
from kgculture._workers import Workers
from kgculture.errors import InputError, KgcultureError
from kgculture.model import Article, ArticleFacts, Skipped, Violation
from kgculture.stages import Guarded, Stages, duplicate, place_of, stages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kgculture.growth import Growth
    from kgculture.store import Records, Store, Writer

    #: called as progress(stage, done, total); stages in order: extract, resolve, check, store; total None: not known
    Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did. `read` counts articles read from the given paths: new + changed + unchanged.

    `refreshed` had facts of older rules and got new ones, `stale` still have such: a build with `refresh` reads them again.
    """

    read: int
    new: int
    changed: int
    unchanged: int
    removed: int
    refreshed: int
    stale: int
    skipped: tuple[Skipped, ...]
    withheld: tuple[Violation, ...]
    warnings: tuple[Violation, ...]
    generation: str
    changed_anything: bool

    @property
    def complete(self) -> bool:
        """Whether nothing was skipped and nothing withheld: the CLI then ends with 0, else with 3."""
        return not self.skipped and not self.withheld


def build(
    paths: str | Path | Iterable[str | Path],
    store: str | Path,
    *,
    workers: int = 1,
    ids: str = "stem",
    refresh: bool = False,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
) -> BuildResult:
    """Adds articles to a store, or makes it; gives what was done.

    `paths` are files, folders, globs or `-`; `ids` is "stem" or "path"; `workers` processes extract and check. Articles
    already there with the same text are left alone, those with another text from the same path get new facts. With `refresh`, all
    whose facts older rules made are extracted again, from the text that the store keeps; a store of an older format becomes one of
    this. The store changes as a whole at the very end, or not at all: whatever is raised, it is as it was.

    Raises DuplicateArticle where one identifier has two texts, InputError for a path that cannot be read at all,
    StoreError where the store is locked, damaged or cannot be written.
    """
    chosen = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    with _building(store, workers, progress, upgrade=refresh, needed=not chosen) as building:
        return building.run(chosen, ids, stdin, refresh=refresh)


def forget(
    articles: Iterable[str], store: str | Path, *, workers: int = 1, progress: Progress | None = None
) -> BuildResult:
    """Takes articles, by identifier, out of a store, with all that only they say; gives what was done.

    Raises InputError for an identifier that the store does not have (nothing is changed then), StoreError as `build` does.
    """
    with _building(store, workers, progress, needed=True) as building:
        return building.forget(list(articles))


@contextmanager
def _building(
    store: str | Path, workers: int, progress: Progress | None, *, upgrade: bool = False, needed: bool = False
) -> Iterator[_Build]:
    from kgculture.store import Folder, Store, missing, upgraded

    folder = Folder(store)
    if needed and folder.current() is None:
        raise missing(folder.path)
    with folder.writing() as lock, Workers(workers, close=(lock,)) as pool:
        old, inherited = None, None
        if folder.current() is not None:
            inherited = upgraded(folder) if upgrade else None
            old = Store.open(folder.path) if inherited is None else None
        try:
            yield _Build(stages(), folder, old, inherited, pool, progress or _silent)
        finally:
            if old is not None:
                old.close()


def _silent(stage: str, done: int, total: int | None) -> None:
    return None


#: articles that are resolved together: more cost memory, fewer time
BATCH = 1000


class _Build:
    """One build. `old` is the generation that stands, `inherited` articles of one in an older format; the new one is begun when the
    first change is met."""

    def __init__(
        self,
        stages: Stages,
        folder: Any,
        old: Store | None,
        inherited: Iterable[tuple[ArticleFacts, str | None]] | None,
        pool: Workers,
        progress: Progress,
    ) -> None:
        self.stages = stages
        self.folder = folder
        self.store = old
        self.old = old.records if old is not None else None
        self.inherited = inherited
        self.generation = old.generation if old is not None else None
        self.pool = pool
        self.progress = progress
        self.made_by = self._made_by()
        #: whether what stands can be grown: else all is resolved and written anew from the facts
        self.grows = self.old is not None and self.old.meta("made_by") == self.made_by
        self.writer: Writer | None = None
        self.index: Any = None
        self.batch: list[ArticleFacts] = []
        self.skipped: list[Skipped] = []
        self.seen: dict[str, tuple[str | None, str]] = {}
        self.new: set[str] = set()
        self.changed: set[str] = set()
        self.refreshed: set[str] = set()
        self.removed: list[str] = []
        self.failed: set[str] = set()

    def run(self, paths: list[Any], ids: str, stdin: BinaryIO | None, *, refresh: bool) -> BuildResult:
        def build() -> None:
            if self.inherited is not None:
                self._inherit(self.inherited)
            for facts, path in self._extract(self._todo(paths, ids, stdin, refresh=refresh)):
                identifier = facts.article.id
                stale = identifier in self.refreshed and self._known is not None
                if stale and self._known.facts_of(identifier) == facts:  # type: ignore[union-attr]
                    self._begin().records.mark(identifier, facts.extractor)
                    continue
                self._begin().records.put(facts, path)
                self._resolve(facts)

        return self._guarded(build)

    def forget(self, identifiers: list[str]) -> BuildResult:
        missing = [i for i in identifiers if self.old is None or self.old.entry(i) is None]
        if missing:
            more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
            raise InputError(f"{', '.join(missing[:3])}{more}: no such article in the store", "nothing was removed")
        self.removed = sorted(set(identifiers))

        def build() -> None:
            for start in range(0, len(self.removed), BATCH):
                part = self.removed[start : start + BATCH]
                records = self._begin().records
                for identifier in part:
                    records.remove(identifier)
                if self.grows:
                    self.index.update((), part)

        return self._guarded(build)

    def _guarded(self, build: Callable[[], None]) -> BuildResult:
        """Does the work and makes it seen, or throws away what was begun."""
        try:
            build()
            if self.writer is None and self.grows:
                assert self.old is not None
                return self._result(tuple(self.old.violations()), changed=False)
            return self._write()
        except BaseException:
            if self.writer is not None:
                self.writer.abort()
            raise

    def _begin(self) -> Writer:
        if self.writer is None:
            from kgculture.graph import Ledger
            from kgculture.resolve import Index
            from kgculture.store import Writer

            self.writer = Writer(self.folder, self.store if self.grows else None)
            records = self.writer.records
            if not self.grows:
                Index.create(records.database)
                Ledger.create(records.database)
                if self.old is not None:
                    records.take(self.old)
            self.index = Index(records.database, records.facts_of)
        return self.writer

    def _inherit(self, articles: Iterable[tuple[ArticleFacts, str | None]]) -> None:
        for facts, path in articles:
            self._begin().records.put(facts, path)

    def _resolve(self, facts: ArticleFacts) -> None:
        """Resolves new facts, many together; where all is made anew, at the end."""
        if self.grows or (self.old is None and self.inherited is None):
            self.batch.append(facts)
            if len(self.batch) >= BATCH:
                self._update()

    def _update(self) -> None:
        self.progress("resolve", 0, None)
        self.index.update(self.batch)
        self.batch = []

    def _made_by(self) -> str:
        """A digest of all that decides what graph the facts become: where it differs, the graph is made anew."""
        from kgculture.resources import folder
        from kgculture.store import FORMAT
        from kgculture.validate import shapes_digest

        parts = [str(FORMAT), __version__, self.stages.resolver, shapes_digest()]
        parts += [hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder("ontology").glob("*.ttl"))]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    # ---------------------------------------------------------------------------------------------- reading, extracting

    def _todo(self, paths: list[Any], ids: str, stdin: BinaryIO | None, *, refresh: bool) -> Iterator[Article]:
        """The articles whose facts must be extracted: new or changed ones, and those that are stale, if they are given or asked for."""
        for item in self.stages.read(paths, ids=ids, stdin=stdin) if paths else ():
            if isinstance(item, Skipped):
                self.skipped.append(item)
            elif self._is_news(item):
                yield item
        if refresh and self._known is not None:
            for entry in list(self._known.stale(self.stages.extractor)):
                article = self._known.article(entry.id) if entry.id not in self.seen else None
                if article is not None:
                    self.refreshed.add(article.id)
                    yield article

    @property
    def _known(self) -> Records | None:
        """The records of the articles that were there before."""
        return self.writer.records if self.inherited is not None and self.writer is not None else self.old

    def _is_news(self, article: Article) -> bool:
        """Whether an article must be extracted. Raises DuplicateArticle."""
        from kgculture.store.codec import digest

        found, where = digest(article), place_of(article.path)
        if article.id in self.seen:
            if self.seen[article.id][1] != found:
                raise duplicate(article.id, self.seen[article.id][0], article.path)
            return False  # the same text a second time
        self.seen[article.id] = (article.path, found)
        before = self._known.entry(article.id) if self._known is not None else None
        if before is None:
            self.new.add(article.id)
            return True
        if before.digest != found:
            if place_of(before.path) != where:
                raise duplicate(article.id, before.path, article.path)
            self.changed.add(article.id)
            return True
        if before.extractor != self.stages.extractor:
            self.refreshed.add(article.id)
            return True
        return False

    def _extract(self, articles: Iterator[Article]) -> Iterator[tuple[ArticleFacts, str | None]]:
        job = Guarded(self.stages.extract)
        for number, (article, facts) in enumerate(self.pool.map(job, articles, lambda article: article), 1):
            self.progress("extract", number, None)
            if isinstance(facts, ArticleFacts):
                yield replace(facts, extractor=self.stages.extractor), self._path(article)
                continue
            reason = facts if isinstance(facts, str) else "internal error: its process died"
            self.skipped.append(Skipped(article.path or article.id, reason))
            for group in (self.new, self.changed, self.refreshed):
                group.discard(article.id)
            self.failed.add(article.id)

    def _path(self, article: Article) -> str | None:
        """Where an article was read from: now, or, if only its facts are new, when it came into the store."""
        before = self._known.entry(article.id) if self._known is not None and article.id not in self.changed else None
        return before.path if before is not None else place_of(article.path)

    # --------------------------------------------------------------------------------------------------------- writing

    def _write(self) -> BuildResult:
        from kgculture.growth import Growth

        writer = self._begin()
        records = writer.records
        records.set_meta("made_by", self.made_by)
        if (self.old is not None or self.inherited is not None) and not self.grows:
            self._resolve_all(records)
        self._update()
        growth = Growth(writer, self.old if self.grows else None, self.old, self.pool, self.progress)
        growth.write()
        self.progress("store", 0, None)
        growth.check_union()
        self._name(writer, growth)
        violations = tuple(records.violations())
        stale = self._stale(records)
        self.generation = writer.commit()
        self.writer = None
        return self._result(violations, changed=True, stale=stale)

    def _name(self, writer: Writer, growth: Growth) -> None:
        """Brings the index of names up to what the triples say."""
        from kgculture.query import labels, names

        path = writer.place / labels.FILE
        before = self.store.place / labels.FILE if self.grows and self.store is not None else None
        if before is None or not before.is_file():
            labels.fill(path, writer.triples)
            return
        shutil.copyfile(before, path)
        with labels.writing(path) as index:
            for node in growth.focus():
                index.drop([node])
                index.put(names.forms_of(writer.triples, node))

    def _resolve_all(self, records: Records) -> None:
        for facts in records.facts():
            self.batch.append(facts)
            if len(self.batch) >= BATCH:
                self._update()

    def _stale(self, records: Records) -> int:
        return sum(1 for _ in records.stale(self.stages.extractor))

    def _result(self, violations: tuple[Violation, ...], *, changed: bool, stale: int | None = None) -> BuildResult:
        if self.generation is None:  # pragma: no cover
            raise KgcultureError("the build wrote nothing")
        read = len(self.seen.keys() - self.failed)
        return BuildResult(
            read=read,
            new=len(self.new),
            changed=len(self.changed),
            unchanged=read - len(self.new) - len(self.changed),
            removed=len(self.removed),
            refreshed=len(self.refreshed),
            stale=self._stale(self.old) if stale is None and self.old is not None else stale or 0,
            skipped=tuple(self.skipped),
            withheld=tuple(v for v in violations if v.severity == "Violation"),
            warnings=tuple(v for v in violations if v.severity != "Violation"),
            generation=self.generation,
            changed_anything=changed,
        )
