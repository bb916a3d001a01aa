# Every recipe is one command a person could type. `make help` lists them.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory
# Node, npm and every checker come from the environment, at the locked versions.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# Where this is set, each of the hundreds of processes of a test run compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE

PYTHON := .venv/bin/python
# Extra words for pytest: make test-fast ARGS="-k notice".
ARGS ?=
# Tests wait for disks, databases, servers and browsers: those with a browser run beside the rest.
WORKERS ?= $(shell echo $$(( $$(nproc) < 4 ? $$(nproc) + 1 : 4 )))
BROWSERS ?= 2
# Collecting the tests that need no browser takes longer than many a browser test.
BROWSER := tests/e2e tests/webkit tests/habits/test_bench.py
export HIDDEN = $(PYTHON) -m pytest -n $(BROWSERS) --dist loadfile --no-loadscope-reorder -m e2e $(BROWSER) $(ARGS)
export SHOWN = $(PYTHON) -m pytest -n $(WORKERS) --dist worksteal -m "not e2e" --ignore=tests/e2e --cov --cov-report= $(ARGS)
JS := $(wildcard static/*.js) static/js 'static/desk/**/*.js' tests/js eslint.config.js

.PHONY: help run setup test test-fast e2e faults properties cover regold check lint fix types imports js js-test migrate demo bench lighthouse lock vendor clean

help: ## Lists the recipes
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## (.*)/\1\t\2/' | expand -t 12

run: ## Installs what is missing, loads the demo province into an empty database, serves (PORT=8000)
	@tools/install.sh run
	@exec $(if $(PORT),env MINGCHA_PORT=$(PORT) )$(PYTHON) -m inspection run

setup: ## Installs what running, checks and tests need
	@tools/install.sh dev

test: setup ## Runs every test, prints the coverage of each room
	rm -f .coverage .coverage.*
	@tools/side_by_side.sh .cache/browser.log
	$(MAKE) cover js-test

test-fast: ## Runs the tests that need no browser
	$(PYTHON) -m pytest -q -m "not e2e" --ignore=tests/e2e $(ARGS)

e2e: ## Runs the tests that drive a real browser
	$(PYTHON) -m pytest -q -m e2e $(BROWSER) $(ARGS)

faults: setup ## Runs the fault tests at full size (an hour), prints the figures for docs/faults.md
	FAULTS=full $(PYTHON) -m pytest -q -p no:randomly tests/faults tests/e2e/test_phone_faults.py tests/e2e/test_phone_hazards.py $(ARGS)

properties: setup ## Runs the property tests with twenty times as many draws (half an hour)
	FAULTS=full $(PYTHON) -m pytest -q -n $(WORKERS) -m "hypothesis and not e2e" --ignore=tests/e2e --ignore=tests/faults --timeout=3600 $(ARGS)

cover: ## Prints the coverage of each room from the last `make test`; fails below the floors
	$(PYTHON) tools/cover.py

regold: ## Rewrites the golden files; review the difference before committing
	REGOLD=1 $(PYTHON) -m pytest -q -p no:randomly tests -m "not e2e" $(ARGS)
	git diff --stat -- tests/golden

check: setup ## What CI runs: formatting, rules, types, imports, JavaScript, every test
	$(MAKE) lint types imports js test

lint: ## Checks formatting and rules
	ruff format --check
	ruff check

fix: ## Formats and mends what can be mended by itself
	ruff check --fix
	ruff format
	npx --no-install prettier --write --log-level warn $(JS)
	npx --no-install eslint --fix $(JS)

types: ## Checks the Python types
	mypy

imports: ## Checks that the rooms import only what they may
	lint-imports

js: ## Checks the JavaScript: formatting, rules, types
	npx --no-install prettier --check --log-level warn $(JS)
	npx --no-install eslint --max-warnings 0 $(JS)
	npx --no-install tsc -p jsconfig.json

js-test: ## Runs the JavaScript tests
	node --test $(or $(wildcard tests/js/*.test.js),$(error no JavaScript tests found))

migrate: ## Brings the database up to date
	$(PYTHON) -m inspection migrate

demo: ## Loads the demo province (WITH="--stores 10000 --rounds 20")
	$(PYTHON) -m inspection demo $(WITH)

bench: ## Measures, in one run and as ratios; the table belongs in docs/performance.md
	$(PYTHON) -m bench $(ARGS)

lighthouse: ## Holds the phones' app against Lighthouse five times (ADDRESS=http://... of a running product)
	$(PYTHON) -m bench.lighthouse $(ADDRESS)

lock: ## Locks the requirements anew after pyproject.toml or package.json changed (needs uv)
	tools/lock.sh

vendor: ## Fetches the phones' libraries anew from the pinned list in tools/vendor.toml
	$(PYTHON) tools/vendor.py

clean: ## Removes what checking made; keeps .venv, node_modules and data
	rm -rf .cache .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist
	find . -name __pycache__ -not -path './.venv/*' -not -path './node_modules/*' -prune -exec rm -rf {} +
