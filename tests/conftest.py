"""The commands called as a user calls them: a small store, and how to run a command over it."""

from __future__ import annotations

import pytest

from kgculture.cli import main

NEWS = {
    "north": """2024-05-03

Ministers meet in Samarkand

SAMARKAND – On May 2, Minister of Culture of Kazakhstan Alma Serikova met with Minister of Culture of Uzbekistan Otabek
Yuldashev in Samarkand. The ministers discussed cooperation between museums of the two countries.
""".replace("Otabek\n", "Otabek "),
    "south": """2024-06-12

Talks in Astana

ASTANA – On June 11, Minister of Culture of Kazakhstan Alma Serikova met with Minister of Culture of Azerbaijan Rauf
Mammadli in Astana. The sides spoke about libraries and archives.
""".replace("Rauf\n", "Rauf "),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("cli")
    for name, text in NEWS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    place = str(folder / "store")
    assert main(["build", str(folder / "north.txt"), str(folder / "south.txt"), "--store", place]) == 0
    return place


@pytest.fixture
def run(store: str, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """run(*args) -> (exit code, standard output, standard error), with $KGCULTURE_STORE set."""
    monkeypatch.setenv("KGCULTURE_STORE", store)
    monkeypatch.delenv("COLUMNS", raising=False)

    def call(*args: str) -> tuple[int, str, str]:
        capfdbinary.readouterr()
        code = main(list(args))
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return call
