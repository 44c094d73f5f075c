"""The graph as a file, sorted: the same store gives the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kgculture import terms
from kgculture.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph

    from kgculture.store import Store

#: name -> extension by which pyoxigraph knows it, and whether it holds named graphs
FORMATS: dict[str, tuple[str, bool]] = {
    "turtle": ("ttl", False),
    "trig": ("trig", True),
    "nquads": ("nq", True),
    "ntriples": ("nt", False),
    "jsonld": ("jsonld", True),
    "rdfxml": ("rdf", False),
}


def export(store: Store, target: BinaryIO | str | Path, format: str = "turtle") -> None:
    """Writes the graph to a binary stream or a file.

    `format` is turtle, trig, nquads, ntriples, jsonld or rdfxml. Those that hold named graphs (trig, nquads, jsonld) get
    everything; the others the default graph with all Reports and Evidence. Raises UsageError for another format, InputError
    where the file cannot be written.
    """
    import pyoxigraph

    if format not in FORMATS:
        raise UsageError(f"{format}: no such format", f"known: {', '.join(FORMATS)}")
    extension, named = FORMATS[format]
    form = pyoxigraph.RdfFormat.from_extension(extension)
    statements = sorted(store.triples, key=_key) if named else sorted(triples(store), key=_key)
    prefixes = used_prefixes(statements)
    if not isinstance(target, str | Path):
        pyoxigraph.serialize(statements, target, form, prefixes=prefixes)
        return
    try:
        with Path(target).open("wb") as stream:
            pyoxigraph.serialize(statements, stream, form, prefixes=prefixes)
    except OSError as error:
        raise InputError(f"{target}: cannot be written: {error.strerror}") from error


def triples(store: Store) -> Iterable[pyoxigraph.Triple]:
    """The default graph, and of the named graphs the Reports and Evidence, each triple once."""
    import pyoxigraph

    nothing = pyoxigraph.DefaultGraph()
    for quad in store.triples:
        graph = quad.graph_name
        # Reports and passages are the nodes whose IRI is their article's with a fragment
        if graph == nothing or str(getattr(quad.subject, "value", "")).startswith(f"{getattr(graph, 'value', '')}#"):
            yield pyoxigraph.Triple(quad.subject, quad.predicate, quad.object)


def used_prefixes(statements: Iterable[Any]) -> dict[str, str]:
    """The prefixes of the vocabulary that occur, by name: a reader need not wonder about the others."""
    spaces = {space: prefix for prefix, space in terms.PREFIXES.items()}
    found: set[str] = set()
    for statement in statements:
        datatype = getattr(statement.object, "datatype", None)
        for term in (statement.subject, statement.predicate, statement.object, datatype):
            iri = str(getattr(term, "value", "")) if term is datatype or hasattr(term, "value") else ""
            cut = max(iri.rfind("#"), iri.rfind("/")) + 1
            if iri[:cut] in spaces:
                found.add(spaces[iri[:cut]])
    return {prefix: terms.PREFIXES[prefix] for prefix in sorted(found)}


def _key(statement: Any) -> tuple[str, str, bool, str, str]:
    """Default graph first, then by subject; a node's type before its other properties."""
    graph = str(getattr(getattr(statement, "graph_name", None), "value", ""))
    predicate = statement.predicate.value
    is_type = predicate == terms.PREFIXES["rdf"] + "type"
    return graph, str(statement.subject), not is_type, predicate, str(statement.object)
