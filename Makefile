# The commands of this project; `make help` lists them. CI runs `make check` and `make test`, nothing else.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
PYTHON ?= python3
BIN := .venv/bin
TEST_WORKERS ?= 2
# The databases of tests are made and thrown away: memory takes them faster than a disk, where there is enough of it.
MEMORY := $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 4000000 && $$6 == "/dev/shm" { print "/dev/shm" }')
MEETINGS ?= 1000
PEOPLE ?= 10
NUMBER ?= 1
TEMPLATES := templates $(wildcard app/sandbox/templates)
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard app/translations/*/LC_MESSAGES/messages.po))
STATIC := static/built/.complete
FAST_TESTS := $(or $(wildcard tests/unit tests/integration),tests)

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Convoca needs python3, 3.11 or later; PYTHON=… names another one"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || sh tests/install-system.sh python3-venv
	@echo "Making .venv, which takes some seconds …"
	$(PYTHON) -m venv .venv

.venv/.installed: requirements.txt | .venv/bin/python
	@echo "Downloading and installing the Python packages of requirements.txt into .venv: about a minute, without a word from pip …"
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

.venv/.installed-dev: requirements-dev.txt .venv/.installed
	@echo "Downloading and installing the packages for tests and checks into .venv: one to three minutes …"
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

%.mo: %.po .venv/.installed
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

$(STATIC): $(shell find static -path static/built -prune -o -type f -print) app/web/build_static.py app/web/static_files.py .venv/.installed
	$(BIN)/python -m app.web.build_static
	touch $@

.PHONY: install
install: .venv/.installed $(CATALOGUES) $(STATIC) ## Make .venv with what the dashboard needs to run

.PHONY: run
run: install ## Migrate and serve the dashboard, with the sandbox where no real Zelta is set (HOST, PORT)
	exec $(BIN)/python -m tools.run # db upgrade, then gunicorn

.PHONY: dev
dev: .venv/.installed $(CATALOGUES) ## Serve for development: sandbox and sender, reload on change, 127.0.0.1 only (PORT)
	$(BIN)/flask --app wsgi db upgrade
	exec $(BIN)/python -m tools.dev

.PHONY: test
test: .venv/.installed-dev $(CATALOGUES) $(STATIC) ## Run the whole suite, on both databases and in a browser (ARGS adds to pytest's)
	sh tests/install-system.sh
	@# What failed runs once more, alone, and has to pass then.
	TMPDIR=$(or $(MEMORY),$${TMPDIR:-/tmp}) $(BIN)/pytest --numprocesses $(TEST_WORKERS) --dist worksteal $(ARGS) \
	|| TMPDIR=$(or $(MEMORY),$${TMPDIR:-/tmp}) $(BIN)/pytest --last-failed --last-failed-no-failures none

.PHONY: test-browsers
test-browsers: .venv/.installed-dev $(CATALOGUES) $(STATIC) ## Run the journeys that differ by browser in Firefox and WebKit, and install both where missing
	sh tests/install-system.sh
	command -v firefox-esr >/dev/null && command -v WebKitWebDriver >/dev/null && command -v xvfb-run >/dev/null || sh tests/install-system.sh firefox-esr webkit2gtk-driver xvfb xauth
	TMPDIR=$(or $(MEMORY),$${TMPDIR:-/tmp}) xvfb-run --auto-servernum $(BIN)/pytest tests/browser/test_other_browsers.py $(ARGS)

.PHONY: test-fast
test-fast: .venv/.installed-dev $(CATALOGUES) $(STATIC) ## Run the tests that need no other program, on SQLite, in under a minute
	TMPDIR=$(or $(MEMORY),$${TMPDIR:-/tmp}) $(BIN)/pytest --numprocesses $(TEST_WORKERS) --dist worksteal --databases sqlite $(FAST_TESTS) $(ARGS)

.PHONY: check
check: .venv/.installed-dev $(CATALOGUES) ## Check format, lint, types, imports, templates, JavaScript, migrations and catalogues
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint $(TEMPLATES) --quiet --check --lint
	$(BIN)/oxlint --deny-warnings static/js
	$(BIN)/python tools/checks/migrations.py
	$(BIN)/python tools/checks/catalogues.py

.PHONY: audit
audit: .venv/.installed-dev ## Look for known holes in the dependencies (needs a network)
	$(BIN)/pip-audit --strict --require-hashes --disable-pip --requirement requirements.txt

.PHONY: chaos
chaos: .venv/.installed-dev $(CATALOGUES) ## Send 600 people while everything is killed, 30 times, on both databases
	CHAOS_PEOPLE=600 CHAOS_KILLS=30 CHAOS_LATENCY=1 $(BIN)/pytest -s tests/outbox/test_chaos.py $(ARGS)

.PHONY: seed
seed: install ## Fill an empty database with made-up meetings (MEETINGS, PEOPLE for each, NUMBER, ADD=1: to what is there)
	$(BIN)/flask --app wsgi db upgrade
	$(BIN)/python -m tools.seed --meetings $(MEETINGS) --people $(PEOPLE) --number $(NUMBER) $(if $(ADD),--add)

.PHONY: bench
bench: .venv/.installed-dev $(CATALOGUES) $(STATIC) ## Measure the list and the pace of sending; fails where a bar is missed
	sh tests/install-system.sh
	$(BIN)/python -m tools.bench.run

.PHONY: screenshot
screenshot: .venv/.installed-dev $(CATALOGUES) $(STATIC) ## Make docs/screenshot.png anew
	sh tests/install-system.sh
	$(BIN)/python tools/screenshot.py

.PHONY: lock
lock: ## Write the hashed requirements anew from pyproject.toml (needs uv on the path)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.txt
	uv pip compile pyproject.toml --group dev -c requirements.txt --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-dev.txt

.PHONY: help
help: ## Show these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | sort | awk -F '\t' '{ printf "  make %-10s %s\n", $$1, $$2 }'
