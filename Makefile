# Two commands: `make run` serves the board, `make test` proves it. Both install and build what they need first.
# Needs Python 3.11+, Node 20+ and make; the tests of the board also Chromium, which tools/chromium.sh finds or installs.
PYTHON ?= python3
BIN := .venv/bin
COMPILED := --universal --generate-hashes --no-header --no-annotate
NPM_CI := npm ci --no-audit --no-fund --loglevel=error

# What the built board is made of. Folders are in it too, so that a file which went away counts.
BOARD := $(shell find web/src web/public -not -name '*.test.ts*') \
	web/index.html web/package.json web/tsconfig.json web/vite.config.ts web/precompress.ts web/whereServed.ts

.PHONY: install run test lint audit bench schema lock clean node

install: .venv/.installed web/dist/.built

.venv/.installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# What the tests take besides, in the same environment.
.venv/.testing: requirements-dev.lock .venv/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

node:
	@node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null && command -v npm >/dev/null \
		|| { echo "Callboard needs Node 20 or newer, with npm, to build its board: https://nodejs.org"; exit 1; }

# The one way in which a folder of JavaScript gets what it needs.
%/node_modules/.installed: %/package-lock.json | node
	cd $* && $(NPM_CI)
	touch $@

web/dist/.built: web/node_modules/.installed $(BOARD)
	cd web && npm run --silent build -- --logLevel warn
	touch $@

run: install
	$(BIN)/callboard serve

test: install tests/clients/node_modules/.installed tools/node_modules/.installed lint
	tools/chromium.sh
	$(BIN)/pytest -n auto --maxprocesses 8 --dist worksteal
	cd web && npm run --silent test
	cd web && npm run --silent e2e

lint: install .venv/.testing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/hadolint Dockerfile
	cd web && npm run --silent check

# Whether anything we are built on has a known hole. It asks the registries, so it is no part of `make test`.
audit: install .venv/.testing
	$(BIN)/pip-audit --require-hashes --disable-pip -r requirements-dev.lock
	cd web && npm audit
	cd tests/clients && npm audit
	cd tools && npm audit

# The peers that the benches run beside us, each at the versions of its own lock file.
PEERS := $(addprefix bench/peers/,node/node_modules/.installed feathers/node_modules/.installed pocketbase/.venv/.installed)

bench/peers/pocketbase/.venv/.installed: bench/peers/pocketbase/requirements.lock
	$(PYTHON) -m venv bench/peers/pocketbase/.venv
	bench/peers/pocketbase/.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	touch $@

bench: install $(PEERS)
	$(BIN)/python -m bench
	CHROMIUM=$$(tools/chromium.sh) node bench/board.mjs

# The board's types of all commands, events and records, made from the server's catalog.
schema: install tools/node_modules/.installed
	$(BIN)/python -m server.typescript | node tools/schema.mjs web/src/realtime/schema.ts

lock:
	uv pip compile pyproject.toml --extra build $(COMPILED) -o requirements.lock
	uv pip compile pyproject.toml --all-extras --constraint requirements.lock $(COMPILED) -o requirements-dev.lock

clean:
	rm -rf .venv tests/clients/node_modules tools/node_modules web/node_modules web/dist
