# Everything a clone needs: Python 3.11 or later, make and git. Each target sets up what it uses, once, in .venv.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
DEMO_RUN := seeds.reuse
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
export PIP_ROOT_USER_ACTION := ignore

.DEFAULT_GOAL := help
.PHONY: help demo test check lint slow fuzz floors bench docs pictures

help: ## list the targets
	@echo "make TARGET, where TARGET is one of"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 10

demo: $(VENV)/installed ## scan the five seed reports, show what they share, write a report
	@$(BIN)/textreuse scan seeds -o $(DEMO_RUN)
	@$(BIN)/textreuse report $(DEMO_RUN) -o seeds-report.md
	@$(BIN)/textreuse report $(DEMO_RUN) -o seeds-report.html

test: $(VENV)/developer ## run the quick tests, on all cores
	@$(BIN)/python -m pytest -q -n auto --dist loadfile

check: lint test ## format, lint, types, imports and the quick tests: what CI runs

lint: $(VENV)/developer ## format, lint, types and imports only
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

slow: $(VENV)/developer ## run the slow tests
	@$(BIN)/python -m pytest -q -m slow

fuzz: $(VENV)/developer ## try 120,000 inputs, 2,000 scans, 10,000 damaged files of each format: some hours
	@TEXTREUSE_FUZZ=$${TEXTREUSE_FUZZ:-40} $(BIN)/python -m pytest -q -m slow tests/corpus/test_fuzz.py tests/corpus/test_formats.py

floors: $(VENV)/created ## run the quick tests with the lowest versions of what we need
	@$(PYTHON) -m venv --clear $(VENV)-floors
	@$(BIN)/python tests/floors.py > $(VENV)-floors/floors.txt
	@$(VENV)-floors/bin/python -m pip --disable-pip-version-check --quiet install --upgrade 'pip>=25.1'
	@$(VENV)-floors/bin/python -m pip --disable-pip-version-check --quiet install -c $(VENV)-floors/floors.txt --editable . --group dev
	@$(VENV)-floors/bin/python -m pytest -q -n auto --dist loadfile

bench: $(VENV)/developer ## run the benchmarks
	@$(BIN)/textreuse bench

docs: $(VENV)/developer ## write the generated pages of docs/ anew
	@$(BIN)/python docs/generate.py
	@$(BIN)/python docs/notebook.py
	@$(BIN)/python -m reuse.run.format_page docs/run-format.md
	@$(BIN)/python -m tui.keytable docs/terminal.md

pictures: $(VENV)/developer ## draw the pictures of docs/ anew
	@$(BIN)/python docs/pictures.py

$(VENV)/created:
	@test -n "$(PYTHON)" || { echo "make: Python 3.11 or later was not found; install it, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "make: this Python cannot make a virtual environment; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(PIP) install --upgrade 'pip>=25.1'
	@touch $@

$(VENV)/installed: pyproject.toml | $(VENV)/created
	@echo "Installing textreuse into $(VENV) (once; a minute or so)" >&2
	@$(PIP) install --editable .
	@touch $@

$(VENV)/developer: pyproject.toml | $(VENV)/created
	@echo "Installing textreuse and its development tools into $(VENV) (once; a minute or two)" >&2
	@$(PIP) install --editable . --group dev
	@touch $@ $(VENV)/installed
