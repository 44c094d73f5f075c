"""Synthetic articles whose facts are known, in English, Russian and Kazakh: seeded, deterministic, one after another.

    python -m synthetic 1000 --seed 1 --articles articles.jsonl --known known.jsonl

Two faces of the same world: articles as JSONL that `kgculture build` reads, with the known facts beside them (`known.py` compares a built
graph with these), and the facts of each article as the extractor would give them (`stated.py`), so that large stores can be
made without reading 100,000 articles. Words are in `*.yaml` and `names.tsv`; nothing of them is taken from any newspaper.
"""
