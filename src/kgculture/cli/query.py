"""kgculture query"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kgculture.cli import _options, _output
from kgculture.errors import InputError, UsageError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from kgculture.query import SavedQuery


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from kgculture.query import saved

    return [CompletionItem(q.name, help=q.title) for q in saved() if q.name.startswith(incomplete)]


@click.command("query")
@click.argument("query", shell_complete=_complete)
@click.option(
    "--param", "-p", "params", multiple=True, metavar="NAME=VALUE", help="A parameter of the query; may be repeated."
)
@click.option(
    "--queries",
    "-q",
    "folders",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="KGCULTURE_QUERIES",
    metavar="DIR",
    help="A folder of saved queries of your own; may be repeated.  [env var: KGCULTURE_QUERIES]",
)
@click.option("--iris", is_flag=True, help="IRIs in tables as they are, not as labels.")
@_options.store
@_options.format_option(*_options.TABLES, *_options.GRAPHS)
@_options.output
def command(
    query: str,
    params: tuple[str, ...],
    folders: tuple[Path, ...],
    iris: bool,
    store: str,
    format_: str | None,
    output: str | None,
) -> None:
    """Ask the graph in SPARQL, or run a saved query.

    QUERY is the name of a saved query, a file that ends in .rq or .sparql, the text itself, or - for standard input. The
    prefixes of the vocabulary are declared. A variable written $name takes the value of -p name=…: for a saved query of the
    type it declares, in other text an IRI, a CURIE, a date or a string. SELECT and ASK are written as table, csv, tsv, json
    or xml, CONSTRUCT and DESCRIBE as turtle, trig, nquads, ntriples, jsonld or rdfxml.

    \b
    Examples:
      kgculture query who-met-whom -p since=2023
      kgculture query 'SELECT ?who WHERE { ?who kgc:met $person }' -p person=kgr:balayeva-aida
    """
    given = dict(_pair(text) for text in params)
    found = _find(query, folders)
    with _options.open_graph(store) as graph:
        triples = graph.store.triples
        from kgculture.query import run

        result: Any = run(triples, found, given) if isinstance(found, str) else found.run(triples, given, graph.labels)
        _output.answer(result, format_, output, triples, iris=iris)


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not re.fullmatch(r"\w+", name.strip()):
        raise UsageError(f"-p {text}: write it name=value")
    return name.strip(), value


def _find(query: str, folders: tuple[Path, ...]) -> SavedQuery | str:
    """A saved query, or text; a file with parameters in its head is a saved query too."""
    from kgculture.query import load, parse

    if query == "-":
        return sys.stdin.read()
    if re.fullmatch(r"[\w.-]+", query) and not query.endswith((".rq", ".sparql")):
        return load(query, folders)
    if query.endswith((".rq", ".sparql")) and not re.search(r"[{}\n]", query):
        path = Path(query)
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise InputError(f"{query}: is not UTF-8 text") from error
        except OSError as error:
            raise InputError(f"{query}: {error.strerror or error}") from error
        return parse(path.stem, text, query) if re.search(r"(?m)^# parameters:", text) else text
    return query
