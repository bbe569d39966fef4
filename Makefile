# Verbs only; what they do is in deploy/ci and in the members of the workspace.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

PYTHON := .venv/bin/python
TUTTI := .venv/bin/tutti
WEB := services/lui/web
SERVICES := hub lui tracker mailer
PACKAGES := common $(SERVICES) local_stack
DATA_DIR ?= .local
PORT_BASE ?= 8080
STACK := --data-dir $(DATA_DIR)
# Two processes, each with engines and ports of its own; a file stays in one, since its tests share databases.
SIDE_BY_SIDE ?= -n 2 --dist loadfile

.PHONY: help
help: ## what can be done here
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: ## make the checkout runnable: .venv, the members, the browser application
	@deploy/ci/setup.sh

.PHONY: demo
demo: setup ## the whole product on this machine, with a mailing to seven recipients; leaves it running
	@$(TUTTI) up --detach $(STACK) --port-base $(PORT_BASE)
	@$(TUTTI) demo $(STACK)

.PHONY: up
up: setup ## start everything at this terminal (Ctrl-C stops it)
	@$(TUTTI) up $(STACK) --port-base $(PORT_BASE)

.PHONY: down
down: ## stop what `make demo` or `tutti up --detach` left running
	@test ! -x $(TUTTI) || $(TUTTI) down $(STACK)

.PHONY: reset
reset: ## stop it and remove its data
	@test ! -x $(TUTTI) || $(TUTTI) reset --yes $(STACK)

.PHONY: status
status: ## how the running stack is doing
	@$(TUTTI) status $(STACK)

.PHONY: browser
browser:
	@deploy/ci/browser.sh >/dev/null

.PHONY: test
test: setup browser ## the whole suite: unit, integration, contract, architecture, system, browser
	@$(PYTHON) -m pytest $(SIDE_BY_SIDE)

.PHONY: coverage
coverage: setup browser ## the suite once more, measured: rules and contracts 100 %, everything else 90 %
	@$(PYTHON) -m pytest $(SIDE_BY_SIDE) --cov --cov-report=json:.coverage.json --cov-report=
	@$(PYTHON) deploy/ci/check_coverage.py .coverage.json

.PHONY: e2e
e2e: setup browser ## only the tests in a browser
	@$(PYTHON) -m pytest -m e2e

.PHONY: check
check: setup lint types web-check migrations-check images-check test ## everything CI runs

.PHONY: lint
lint: setup ## ruff, the import rules
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/lint-imports --no-cache

.PHONY: types
types: setup ## mypy --strict
	@.venv/bin/mypy --strict $(addprefix -p ,$(PACKAGES))
	@.venv/bin/mypy --strict tests

.PHONY: web-check
web-check: setup ## the browser application: client in step, eslint, tsc, vitest
	@cd $(WEB) && npm run --silent check

.PHONY: format
format: setup ## let ruff write what it can decide
	@.venv/bin/ruff check --fix-only --quiet .
	@.venv/bin/ruff format .

.PHONY: migrations-check
migrations-check: setup ## every service's tables: up, no drift, down, up again
	@$(PYTHON) -m pytest -q --no-header -k migration tests/hub tests/lui tests/tracker tests/mailer

.PHONY: migration
migration: setup ## draft a migration: make migration service=lui m="add a column"
	@$(PYTHON) deploy/ci/draft_migration.py "$(service)" "$(m)"

.PHONY: openapi
openapi: setup ## write each service's openapi.json from its code
	@for service in $(SERVICES); do $(PYTHON) -m $$service openapi > services/$$service/openapi.json; done

.PHONY: client
client: setup ## write the browser application's API client from the openapi.json files
	@cd $(WEB) && npm run --silent client

.PHONY: docs
docs: setup ## write the generated pages of docs/
	@$(PYTHON) docs/generate.py

.PHONY: images-check
images-check: setup ## do what each image's build does, in a throw-away folder
	@$(PYTHON) deploy/ci/check_images.py

.PHONY: bench
bench: setup ## every benchmark, side by side with what it is compared with, and one table at the end
	@$(PYTHON) -m tests.bench

.PHONY: bench-million
bench-million: setup ## a job of 1,000,000 recipients through the whole stack: upload, evaluation, first message, memory
	@$(PYTHON) -m tests.bench.mailing --recipients 1000000

.PHONY: soak
soak: setup ## the long fault storms (SOAK=--quick for the five-minute version)
	@$(PYTHON) -m tests.soak $(SOAK)
	@$(PYTHON) -m pytest -m soak --override-ini timeout=3600 tests

.PHONY: screenshots
screenshots: setup browser ## take the pictures of the README again
	@$(PYTHON) -m tests.e2e.screenshots
