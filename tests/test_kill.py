"""A build killed at any moment leaves a store that opens and answers as before."""

from __future__ import annotations

import io
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import build_facts
import kgculture
from kgculture import pipeline

if TYPE_CHECKING:
    import pytest

TIMES = 20


def content(path: Path) -> bytes:
    with kgculture.open(path) as graph:
        out = io.BytesIO()
        graph.export(out, "nquads")
        assert all(article.text for article in graph.articles())
    return out.getvalue()


def start(store: Path, count: int, workers: int) -> subprocess.Popen[bytes]:
    program = Path(build_facts.__file__)
    source = Path(kgculture.__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(program.parent), str(source)])}
    command = [sys.executable, str(program), str(store), str(count), str(workers)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_killed_at_random_moments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "stages", build_facts.stages)
    names = [f"{kind}-{n}" for n in range(3) for kind in ("baku", "moscow", "plan")]
    pipeline.build(names, tmp_path / "after")
    wanted = content(tmp_path / "after")
    pipeline.build(["baku-0", "plan-0"], tmp_path / "first")
    before = content(tmp_path / "first")

    begun = time.monotonic()
    assert start(tmp_path / "timed", 3, 1).wait(timeout=60) == 0
    whole = time.monotonic() - begun

    chance = random.Random(20231204)
    killed, seen = 0, before
    for number in range(TIMES):
        process = start(tmp_path / "first", 3, 1 + number % 2)
        # more often near the end, where the new generation takes the old one's place
        delay = whole * (chance.uniform(0.1, 1) if number % 2 else chance.uniform(0.7, 1.05))
        begun = time.monotonic()
        try:
            process.wait(timeout=delay)
            whole = time.monotonic() - begun  # the machine is less busy than it was: the moments follow
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        killed += process.wait(timeout=60) == -signal.SIGKILL
        now = content(tmp_path / "first")
        assert now in (seen, wanted)
        if now == wanted:  # it was done before the signal came: begin again from the start
            pipeline.build(["baku-0", "plan-0"], tmp_path / f"again-{number}")
            (tmp_path / "first").rename(tmp_path / f"done-{number}")
            (tmp_path / f"again-{number}").rename(tmp_path / "first")
    assert killed >= TIMES // 2

    # and the next build goes through as if nothing had happened
    pipeline.build(names, tmp_path / "first")
    assert content(tmp_path / "first") == wanted
    left = sorted(p.name for p in (tmp_path / "first" / "generations").iterdir())
    assert not [name for name in left if name.endswith(".part")]
