"""The invented graph of tests/data/invented.trig as the stores of both engines."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph
import rdflib

TRIG = Path(__file__).parent / "data" / "invented.trig"
KGC = "https://w3id.org/kgculture/ontology#"
KGR = "https://w3id.org/kgculture/id/"
ARTICLE = "https://w3id.org/kgculture/article/"


@cache
def store() -> pyoxigraph.Store:
    """Named graphs as written; the default graph with all they state but Reports and passages, and with `kgc:met`."""
    found = pyoxigraph.Store()
    found.load(path=str(TRIG), format=pyoxigraph.RdfFormat.TRIG)
    nothing = pyoxigraph.DefaultGraph()
    for quad in list(found):
        if quad.graph_name != nothing and not quad.subject.value.startswith(ARTICLE):
            found.add(pyoxigraph.Quad(quad.subject, quad.predicate, quad.object, nothing))
    met = """
        SELECT DISTINCT ?a ?b WHERE {
          ?m kgc:status kgc:Held ; kgc:participant ?a , ?b .
          ?x kgc:in ?m ; kgc:who ?a ; kgc:onBehalfOf ?one . ?y kgc:in ?m ; kgc:who ?b ; kgc:onBehalfOf ?other
          FILTER(?one != ?other)
        }"""
    for row in list(found.query(met, prefixes={"kgc": KGC})):
        found.add(pyoxigraph.Quad(row["a"], pyoxigraph.NamedNode(KGC + "met"), row["b"], nothing))
    return found


@cache
def dataset() -> rdflib.Dataset:
    """The same for rdflib, whose default graph is the default graph alone."""
    found = rdflib.Dataset(default_union=False)
    data = pyoxigraph.serialize(store(), format=pyoxigraph.RdfFormat.N_QUADS)
    assert data is not None
    found.parse(data=data.decode(), format="nquads")
    return found
