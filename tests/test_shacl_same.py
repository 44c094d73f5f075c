"""Compiled shapes say what pyshacl says, violation by violation: of sound graphs and of broken ones."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse

from broken_graphs import broken
from kgculture import terms
from kgculture.errors import KgcultureError
from kgculture.model import Violation
from kgculture.validate import check_articles, check_store, check_union, order, union_part
from kgculture.validate import engine as engine_module
from kgculture.validate.engine import Judge, look
from kgculture.validate.files import parse_file
from kgculture.validate.report import read_findings

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (ROOT / "examples" / "articles", ROOT / "tests" / "heldout" / "articles")
Parts = list[list[Quad]]
Verdicts = list[tuple[list[Quad], list[Violation]]]
KINDS = ("article", "union")


def judge(name: str) -> Judge:
    return Judge(*parse_file(ROOT / "shapes" / f"{name}.ttl"))


@pytest.fixture(scope="module")
def judges() -> dict[str, Judge]:
    return {name: judge(name) for name in KINDS}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    import kgculture
    from kgculture import pipeline

    folders = [folder for folder in FOLDERS if any(folder.glob("*.txt"))]
    if not folders:
        pytest.skip("no articles here")
    place = tmp_path_factory.mktemp("same") / "store"
    pipeline.build(folders, place, ids="path")
    with kgculture.open(place) as graph:
        yield graph


@pytest.fixture(scope="module")
def articles(store: Any) -> Parts:
    """What the shapes over one article see of each."""
    from kgculture.validate.files import article_parts

    return list(article_parts(store.store.triples, {article.id: article.text for article in store.articles()}))


def reference(judge: Judge, quads: Iterable[Quad], kind: str) -> list[Violation]:
    quads = list(quads)
    return read_findings(judge.by_reference(quads), quads, kind)


def assert_same(judge: Judge, parts: Parts, kind: str) -> int:
    """Judges all parts together, and each by pyshacl; gives how many violations there were."""
    return assert_verdicts(judge, [(part, reference(judge, part, kind)) for part in parts], kind)


def assert_verdicts(judge: Judge, verdicts: Verdicts, kind: str) -> int:
    """The same where pyshacl's violations of each part are known."""
    count = 0
    for (part, expected), findings in zip(verdicts, judge.parts([part for part, _ in verdicts]), strict=True):
        assert read_findings(findings, part, kind) == expected
        count += len(expected)
    return count


def judged(judge: Judge, parts: Parts, kind: str) -> Verdicts:
    """Those parts that pyshacl has a verdict on, with it: where a word stands for a number, or a blank node for a day, it raises."""
    found = []
    for part in parts:
        with suppress(KgcultureError):
            found.append((part, reference(judge, part, kind)))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_all_shapes_are_compiled(judges: dict[str, Judge], kind: str) -> None:
    assert judges[kind].unknown == {}


def test_sound_articles(judges: dict[str, Judge], articles: Parts) -> None:
    assert_same(judges["article"], articles, "article")


def test_the_union(judges: dict[str, Judge], store: Any) -> None:
    expected = reference(judges["union"], union_part(store.store.triples), "union")
    assert check_union(union_part(store.store.triples)) == expected  # with findings: see test_a_broken_union
    default = [q for q in store.store.triples if not isinstance(q.graph_name, NamedNode)]
    assert check_union(store.store.triples) == reference(judges["union"], default, "union")


def test_some_nodes_of_a_union(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Store()
    whole.extend([Quad(q.subject, q.predicate, q.object) for q in union_part(store.store.triples)])
    for seed in range(4):
        quads = broken(list(whole), seed, 60)
        part = Store()
        part.extend([q for q in quads if not isinstance(q.subject, BlankNode) and not isinstance(q.object, BlankNode)])
        nodes = sorted({q.subject for q in part}, key=str)
        monkeypatch.setattr(engine_module, "_CHUNK", 50 + seed)
        chosen = [node for node in nodes if isinstance(node, NamedNode)][seed::3]
        focus = {node.value for node in chosen}
        with suppress(KgcultureError):
            assert check_union(part, chosen) == [v for v in check_union(part) if v.focus in focus]
    assert check_union(whole, []) == []


def test_a_whole_store(store: Any, judges: dict[str, Judge], articles: Parts) -> None:
    texts = {article.id: article.text for article in store.articles()}
    expected = [v for part in articles for v in reference(judges["article"], part, "article")]
    expected += reference(judges["union"], union_part(store.store.triples), "union")
    assert check_store(store.store.triples, texts) == sorted(expected, key=order)


@pytest.mark.parametrize("few", [0, 40])
def test_broken_articles(judges: dict[str, Judge], articles: Parts, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `few` 0 the whole batch is asked what breaks a shape, else each node that does."""
    monkeypatch.setattr(engine_module, "_FEW", few)
    parts = [broken(articles[seed % len(articles)], seed, 1 + seed % 7) for seed in range(few, few + 40)]
    verdicts = judged(judges["article"], parts, "article")
    assert len(verdicts) > 25
    assert assert_verdicts(judges["article"], verdicts, "article") > 50


@pytest.mark.soak
def test_many_broken_articles(judges: dict[str, Judge], articles: Parts) -> None:
    for first in range(1000, 1500, 20):
        parts = [broken(articles[seed % len(articles)], seed, 1 + seed % 7) for seed in range(first, first + 20)]
        assert_verdicts(judges["article"], judged(judges["article"], parts, "article"), "article")


def test_a_broken_union(judges: dict[str, Judge], store: Any) -> None:
    """Every sixth triple, so that pyshacl is done in time; what is left lacks much and contradicts itself."""
    whole = sorted(union_part(store.store.triples), key=str)
    verdicts = judged(judges["union"], [broken(whole[seed::6], seed, 40) for seed in range(3)], "union")
    assert verdicts
    assert assert_verdicts(judges["union"], verdicts, "union") > 20


@pytest.mark.parametrize("kind", KINDS)
def test_each_broken_case_of_the_shapes(judges: dict[str, Judge], kind: str) -> None:
    """The graphs of tests/data/shapes, of which each breaks one shape: so every shape is broken here at least once."""
    from test_shapes import cases, changed

    parts = []
    for case in cases(kind):
        text = changed(kind, case).serialize(format="nt")
        parts.append(list(parse(text.encode(), RdfFormat.N_TRIPLES)))  # type: ignore[arg-type]
    assert_same(judges[kind], parts, kind)  # type: ignore[arg-type]


def test_subclasses_in_the_data_count(judges: dict[str, Judge], articles: Parts) -> None:
    kind, below = NamedNode(terms.PREFIXES["rdf"] + "type"), NamedNode(terms.PREFIXES["rdfs"] + "subClassOf")
    person, envoy, noble = (NamedNode(terms.KGC + name) for name in ("Person", "Envoy", "Noble"))
    part = [
        Quad(q.subject, kind, envoy, q.graph_name) if q.predicate == kind and q.object == person else q
        for q in articles[0]
    ]
    hierarchy = [Quad(envoy, below, noble), Quad(noble, below, person)]
    without = check_articles([part])[0]
    assert without != check_articles([part + hierarchy])[0]
    assert_same(judges["article"], [part, part + hierarchy], "article")
    assert_same(judges["article"], [[*part, *hierarchy, Quad(BlankNode("x"), below, person)]], "article")


def test_messages_that_pyshacl_makes_up(articles: Parts) -> None:
    triples, prefixes = parse_file(ROOT / "shapes" / "article.ttl")
    silent = Judge([t for t in triples if not t.predicate.value.endswith("#message")], prefixes)
    parts = [broken(part, seed, 3) for seed, part in enumerate(articles[:8])]
    assert_verdicts(silent, judged(silent, parts, "article"), "article")


def test_what_a_look_sees() -> None:
    node, p = NamedNode("urn:a"), NamedNode("urn:p")

    def of(*terms_: Any) -> tuple[bool, bool, bool]:
        seen = look([Quad(node, p, term) for term in terms_])
        return seen.kept, seen.tame, seen.hierarchy

    xsd = terms.PREFIXES["xsd"]
    assert of(node, Literal("x"), Literal("x", language="en"), Literal(3), Literal(True)) == (True, True, False)
    assert of(Literal("2023-02-28", datatype=NamedNode(xsd + "date"))) == (True, True, False)
    assert of(Literal("2023-02-29", datatype=NamedNode(xsd + "date"))) == (True, False, False)
    assert of(Literal("9" * 40, datatype=NamedNode(xsd + "integer"))) == (True, False, False)
    assert of(Literal("1.0", datatype=NamedNode(xsd + "decimal"))) == (False, False, False)
    assert of(Literal("5", datatype=NamedNode(xsd + "int"))) == (False, False, False)
    assert of(BlankNode()) == (True, False, False)
    assert look([Quad(node, NamedNode(terms.PREFIXES["rdfs"] + "subClassOf"), node)]).hierarchy


def test_what_a_look_calls_kept_comes_back_from_a_store(articles: Parts) -> None:
    for seed in range(60):
        part = broken(articles[seed % len(articles)], seed, 8)
        store = Store()
        store.extend([Quad(q.subject, q.predicate, q.object) for q in part])
        same = {(q.subject, q.predicate, q.object) for q in store} == {(q.subject, q.predicate, q.object) for q in part}
        assert look(part).kept == same


def test_judging_sound_articles_loads_no_rdflib(articles: Parts, tmp_path: Path) -> None:
    from pyoxigraph import serialize

    serialize(articles[0], tmp_path / "one.nq", RdfFormat.N_QUADS)
    code = (
        "import sys; from pathlib import Path; from pyoxigraph import parse; from kgculture.validate import check_articles\n"
        f"print(check_articles([list(parse(path={str(tmp_path / 'one.nq')!r}))]), sorted({{'rdflib', 'pyshacl'}} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "[[]] []\n"
