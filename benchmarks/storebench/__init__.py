"""How fast a store is built, loaded, asked and checked, beside other engines, in one run, on the same data.

    make bench-store                                             100,000 and 1,000,000 triples, docs/benchmarks-store.md
    python -m storebench --sizes 100k,1m,10m --python PYTHON     (in benchmarks/, with src on the path)

`--python` is the interpreter that has the packages of the extra `bench`; an engine that it lacks is named as left out. Data come from
`synthetic`. Each engine runs in a process of its own; seconds are those of the processor unless said otherwise.
"""
