"""Bulk load of the same N-Quads into an empty store on disk: python -m storebench.load TASK.json WHERE

`kgculture` is the writer that a build uses, in chunks so that memory does not grow; `pyoxigraph` one bulk_load of the file.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any


def run(task: dict[str, Any], which: str) -> dict[str, Any]:
    from pyoxigraph import RdfFormat, Store, parse

    with tempfile.TemporaryDirectory(dir=Path(task["store"]).parent) as folder:
        began, clock = time.process_time(), time.perf_counter()
        if which == "pyoxigraph":
            Store(f"{folder}/raw").bulk_load(path=task["nquads"], format=RdfFormat.N_QUADS)
        else:
            from kgculture.store import Folder, Writer

            place = Folder(f"{folder}/ours")
            with place.writing():
                writer = Writer(place)
                writer.load(parse(path=task["nquads"], format=RdfFormat.N_QUADS))
                writer.commit()
        spent = {"cpu": time.process_time() - began, "wall": time.perf_counter() - clock}
    return {**spent, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}


if __name__ == "__main__":
    print(json.dumps(run(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), sys.argv[2])))
