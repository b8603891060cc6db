# Everything a newcomer or CI types. The environment makes itself: every target that needs it depends on its stamp.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.stamp
SOURCES := flows tasks expectations warehouse

# uv is used where it is present, else venv and pip: both install the same locked, hashed files.
UV := $(shell command -v uv 2>/dev/null)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test lint format pytest bench lock clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

demo: $(STAMP) ## Turn the sample announcements into a published release and show one fact with its sentence
	$(BIN)/communique demo

test: lint pytest ## Lint, then run all tests

lint: $(STAMP) ## Style, types and import direction
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

# With bytecode, whatever the shell has set: the suite starts some hundred processes of the same code.
pytest: lint
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

format: $(STAMP) ## Rewrite the code in the house format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMP) ## Measure the stages, as ratios within one run
	$(BIN)/python benchmarks/run.py

lock: ## Resolve pyproject.toml anew into requirements.lock (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--python-version 3.11 --extra dev --output-file requirements.lock pyproject.toml

clean: ## Remove the environment, caches and build results; no warehouse
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find $(SOURCES) tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Brought up to date whenever the lock or the project file changed; what is installed already is left as it is.
# --no-deps: the lock is complete, and pip's hash mode does not take `sqlalchemy[asyncio]` for the locked sqlalchemy.
# Without build isolation: hatchling comes from the lock, and the editable install fetches nothing.
$(STAMP): requirements.lock pyproject.toml
ifdef UV
	uv venv --quiet --allow-existing --python '$(PYTHON)' $(VENV)
	uv pip install --quiet --python $(BIN)/python --compile-bytecode --no-deps --require-hashes -r requirements.lock
	uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
else
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endif
	touch $@
