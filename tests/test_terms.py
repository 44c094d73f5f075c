"""terms.py is up to date, and nobody uses a term that the ontology does not declare."""

from __future__ import annotations

import ast
import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from kgculture import terms

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
#: `kgc:Meeting`, but not the prefix declaration `kgc:` nor a longer word that ends in kgc
CURIE = re.compile(r"(?<![\w:/-])kgc:([A-Za-z_][\w-]*)")
FULL_IRI = re.compile(re.escape(terms.KGC) + r"([A-Za-z_][\w-]*)")


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_terms", ROOT / "scripts" / "generate_terms.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def declared(local: str) -> bool:
    return local in terms.CLASSES | terms.PROPERTIES | terms.INDIVIDUALS


def in_text(text: str) -> set[str]:
    """Terms written as CURIEs or whole IRIs."""
    return set(CURIE.findall(text)) | set(FULL_IRI.findall(text))


def in_python(source: str) -> set[str]:
    """Terms in strings and comments of Python, and in calls of kgc("Meeting") or terms.kgc("Meeting")."""
    found = in_text(source)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", None))
            first = node.args[0]
            if name == "kgc" and isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
    return found


def sources() -> list[Path]:
    found = [*(ROOT / "src").rglob("*.py")]
    found += [
        p for p in (ROOT / "src" / "kgculture" / "lexicon").rglob("*") if p.suffix in (".yaml", ".yml", ".tsv", ".txt")
    ]
    found += [*(ROOT / "shapes").rglob("*.ttl"), *(ROOT / "examples" / "queries").rglob("*.rq")]
    return sorted(found)


def test_terms_are_up_to_date() -> None:
    made = (ROOT / "src" / "kgculture" / "terms.py").read_text(encoding="utf-8")
    assert generator().generate() == made, "run python scripts/generate_terms.py"


def test_check_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = generator()
    target = tmp_path / "terms.py"
    monkeypatch.setattr(module, "TARGET", target)
    assert module.main(["--check"]) == 1
    assert not target.exists()
    assert module.main([]) == 0
    assert module.main(["--check"]) == 0


def test_a_declared_term_has_its_iri() -> None:
    assert terms.kgc("Meeting") == "https://w3id.org/kgculture/ontology#Meeting"
    assert terms.kgc("headOfSide") == "https://w3id.org/kgculture/ontology#headOfSide"
    assert terms.kgc("Held") == "https://w3id.org/kgculture/ontology#Held"
    assert terms.topic("cinema") == "https://w3id.org/kgculture/id/topic-cinema"


@pytest.mark.parametrize("name", ["Rendezvous", "", "meeting", "kgc:Meeting"])
def test_an_undeclared_term_is_refused(name: str) -> None:
    with pytest.raises(KeyError):
        terms.kgc(name)


def test_an_unknown_topic_is_refused() -> None:
    with pytest.raises(KeyError):
        terms.topic("gossip")


def test_supers_are_transitive_and_of_this_ontology() -> None:
    assert set(terms.SUPERCLASSES["AnimatedFilm"]) == {"Film", "Work"}
    assert terms.SUPERCLASSES["Minister"] == ("Person",)
    assert terms.SUPERPROPERTIES["chair"] == ("participant",)
    assert {t for supers in terms.SUPERCLASSES.values() for t in supers} <= terms.CLASSES
    assert {t for supers in terms.SUPERPROPERTIES.values() for t in supers} <= terms.PROPERTIES


def test_terms_need_no_library() -> None:
    tree = ast.parse((ROOT / "src" / "kgculture" / "terms.py").read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [getattr(node, "module", None) for node in imports] == ["__future__"]


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_only_declared_terms_are_used(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    used = in_python(text) if path.suffix == ".py" else in_text(text)
    assert {term for term in used if not declared(term)} == set()


def test_the_search_for_terms_finds_them() -> None:
    assert in_text("?m a kgc:Rendezvous ; kgc:participant ?p") == {"Rendezvous", "participant"}
    assert in_text(f"<{terms.KGC}Rendezvous>") == {"Rendezvous"}
    assert in_text(f"PREFIX kgc: <{terms.KGC}>") == set()
    assert in_python('x = terms.kgc("Rendezvous")  # kgc:Tryst') == {"Rendezvous", "Tryst"}
    assert in_python("x = kgc(name)") == set()


#: names of classes and values that the model lists as plain strings
MODEL_VALUES = {
    "TenureStatus": "Current Acting Former Designate",
    "MeetingFormat": "Bilateral Session Conference Summit Telephone Video",
    "AgreementType": "Accord Memorandum Roadmap Protocol Program Plan Treaty Declaration Contract",
    "Stage": "Proposed UnderDiscussion InPreparation Initialled Signed",
    "StatementMode": "Quoted Reported",
    "Status": "Held Signed Planned Cancelled Denied",
    "Sector": "Film Library Museum Theatre Music Education Archive Media Religion",
}


@pytest.mark.parametrize("kind", MODEL_VALUES)
def test_values_are_those_of_the_vocabulary(kind: str) -> None:
    assert terms.VALUES[kind] == set(MODEL_VALUES[kind].split())


def test_topics_are_those_of_the_architecture() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    listed = text.split("## Topics", 1)[1].split(":", 1)[1].split("##", 1)[0]
    assert {key.strip(" .\n") for key in listed.replace("\n", " ").split(",")} == terms.TOPICS


def topics_in(value: object) -> set[str]:
    """Keys of topics anywhere in a YAML document: values of `topic:` and `topics:`."""
    found: set[str] = set()
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("topic", "topics"):
                keys = inner if isinstance(inner, list) else [inner]
                found |= {k for k in keys if isinstance(k, str)}
            found |= topics_in(inner)
    elif isinstance(value, list):
        for inner in value:
            found |= topics_in(inner)
    return found


@pytest.mark.parametrize(
    "path",
    [p for p in sources() if p.suffix in (".yaml", ".yml")],
    ids=lambda p: str(p.relative_to(ROOT)),
)
def test_lexicons_name_only_topics_of_the_scheme(path: Path) -> None:
    assert topics_in(yaml.safe_load(path.read_text(encoding="utf-8"))) - terms.TOPICS == set()


def test_vocabulary_of_the_specification_is_declared() -> None:
    path = ROOT.parent / "shared" / "VOCABULARY.md"
    if not path.exists():
        pytest.skip("the specification is not beside this checkout")
    assert {term for term in in_text(path.read_text(encoding="utf-8")) if not declared(term)} == set()
