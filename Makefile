# Two commands: `make run` serves the board, `make test` proves it. Both install what they need first.
# Needs Python 3.11+, Node 20+ and make; nothing else.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: install run test lint bench schema lock clean

install: .venv/.installed

.venv/.installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

tests/clients/node_modules/.installed: tests/clients/package-lock.json
	cd tests/clients && npm ci --no-audit --no-fund --loglevel=error
	touch $@

tools/node_modules/.installed: tools/package-lock.json
	cd tools && npm ci --no-audit --no-fund --loglevel=error
	touch $@

run: install
	$(BIN)/callboard serve

test: install tests/clients/node_modules/.installed tools/node_modules/.installed lint
	$(BIN)/pytest

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: install
	$(BIN)/python bench/start.py
	$(BIN)/python bench/commands.py

# The board's types of all commands, events and records, made from the server's catalog.
schema: install tools/node_modules/.installed
	$(BIN)/python -m server.typescript | node tools/schema.mjs web/src/realtime/schema.ts

lock:
	uv pip compile pyproject.toml --all-extras --universal --generate-hashes --no-header --no-annotate -o requirements.lock

clean:
	rm -rf .venv tests/clients/node_modules tools/node_modules
