"""Files of RDF to be checked: read into one dataset, cut into what belongs to each article."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kgculture import terms
from kgculture.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import pyoxigraph

_EXTENSIONS = {"ttl": "ttl", "trig": "trig", "nq": "nq", "nt": "nt", "jsonld": "jsonld", "rdf": "rdf", "xml": "rdf"}


def read_files(paths: Iterable[Path]) -> pyoxigraph.Store:
    """All files in one dataset. Raises InputError that names a file which cannot be read or parsed."""
    import pyoxigraph

    store = pyoxigraph.Store()
    for path in paths:
        with _named(path):
            store.load(path=str(path), format=_format(path))
    return store


def parse_file(path: Path) -> tuple[list[pyoxigraph.Quad], dict[str, str]]:
    """The quads of a file, and the prefixes that it declares. Raises InputError that names it."""
    import pyoxigraph

    with _named(path):
        reader = pyoxigraph.parse(path=str(path), format=_format(path), base_iri=path.resolve().as_uri())
        return list(reader), dict(reader.prefixes)


def _format(path: Path) -> pyoxigraph.RdfFormat:
    import pyoxigraph

    extension = _EXTENSIONS.get(path.suffix.lstrip(".").lower())
    form = pyoxigraph.RdfFormat.from_extension(extension) if extension else None
    if form is None:
        known = ", ".join(f".{e}" for e in sorted(_EXTENSIONS))
        raise InputError(f"{path}: not a format of RDF that is known by its name", f"known: {known}")
    return form


@contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except (SyntaxError, ValueError) as error:
        raise InputError(f"{path}: {' '.join(str(error).split())}") from error
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error


def article_parts(store: pyoxigraph.Store, texts: Mapping[str, str]) -> Iterator[list[pyoxigraph.Quad]]:
    """For each article's named graph: its quads, the default graph's triples about the nodes it names, its text if given."""
    import pyoxigraph

    nothing = pyoxigraph.DefaultGraph()
    graphs = sorted((g for g in store.named_graphs() if str(g.value).startswith(terms.ARTICLE)), key=lambda g: g.value)
    if not graphs:  # files of triples (a Turtle export) keep everything in one graph, so it is checked as one article's
        yield default_part(store)
    for graph in graphs:
        quads = list(store.quads_for_pattern(None, None, None, graph))
        nodes = {graph} | {term for q in quads for term in (q.subject, q.object)}
        wanted = {n for n in nodes if isinstance(n, pyoxigraph.NamedNode)}
        # the country of a city that only the city's description names
        lies_in = pyoxigraph.NamedNode(terms.kgc("country"))
        homes = [q.object for node in wanted for q in store.quads_for_pattern(node, lies_in, None, nothing)]
        wanted.update(home for home in homes if isinstance(home, pyoxigraph.NamedNode))
        context = [q for node in sorted(wanted, key=str) for q in store.quads_for_pattern(node, None, None, nothing)]
        text = texts.get(unquote(str(graph.value).removeprefix(terms.ARTICLE)))
        if text is not None:
            predicate = pyoxigraph.NamedNode(terms.kgc("articleText"))
            context.append(pyoxigraph.Quad(graph, predicate, pyoxigraph.Literal(text), nothing))
        yield quads + [q for q in context if _describes(q)]


def default_part(store: pyoxigraph.Store) -> list[pyoxigraph.Quad]:
    """The quads of the default graph."""
    import pyoxigraph

    return list(store.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph()))


#: what the shapes over all articles read of Reports and Evidence; quotes would only take memory
_PROVENANCE = ("reports", "evidence", "mentions", "status", "inferred")


def union_part(store: pyoxigraph.Store) -> list[pyoxigraph.Quad]:
    """The default graph, and what links Reports and Evidence of all named graphs to the things they speak of."""
    import pyoxigraph

    quads = default_part(store)
    names = [terms.kgc(name) for name in _PROVENANCE] + [terms.PREFIXES["rdf"] + "type"]
    for name in names:
        for quad in store.quads_for_pattern(None, pyoxigraph.NamedNode(name), None, None):
            graph = str(getattr(quad.graph_name, "value", ""))
            if graph and str(getattr(quad.subject, "value", "")).startswith(f"{graph}#"):
                quads.append(quad)
    return quads


def _describes(quad: pyoxigraph.Quad) -> bool:
    """Whether a triple of the default graph describes a node, and is not a fact that other articles state of it."""
    predicate, subject = quad.predicate.value, str(getattr(quad.subject, "value", ""))
    if subject.startswith(
        (terms.ARTICLE, terms.TOPIC, terms.KGR + "country-", terms.KGR + "city-", terms.KGR + "region-")
    ):
        return True
    return not predicate.startswith(terms.KGC) and predicate != terms.PREFIXES["rdf"] + "type"
