# The only commands anyone needs. `make help` lists them.

PYTHON ?= python3.11
BIN := .venv/bin
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup programs render quarto compare check test faults bench bench-skala fuzz mutate lint lock notebooks release clean

help: ## vis kommandoene
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

# The lock file names every package with its hash; the stamp is newer than it when the environment is up to date.
.venv/.stamp: requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Fant ikke $(PYTHON). Installer Python 3.11, eller kjør make PYTHON=python3."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

setup: .venv/.stamp ## lag miljøet i .venv

programs: ## installer programmene som noen tester bruker (Debian og Ubuntu)
	@.ci/programs

render: .venv/.stamp ## lag HTML, PDF og DOCX i _output/
	@$(BIN)/notat render

quarto: .venv/.stamp ## lag det samme med Quarto, i _quarto/
	@command -v quarto >/dev/null || { echo "Fant ikke quarto. Installer Quarto 1.9 eller nyere."; exit 1; }
	QUARTO_PYTHON=$(CURDIR)/$(BIN)/python quarto render --output-dir _quarto

compare: .venv/.stamp ## sammenlign _output/ med det Quarto laget i _quarto/
	@$(BIN)/notat compare _quarto

check: .venv/.stamp ## kontroller tekst, tall og lenker
	@$(BIN)/notat check

test: .venv/.stamp ## kjør alle tester
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --nbval --nbval-current-env --numprocesses auto --maxprocesses 4 --dist loadfile
	@$(BIN)/python -m tools.release

fuzz: .venv/.stamp ## prøv ødelagt inndata mot alle lesere, over 10 000 i alt
	@NOTAT_FUZZ=500 $(BIN)/pytest -q tests/fuzz

faults: .venv/.stamp ## drep byggingen på 100 tilfeldige tidspunkter, fyll disken, steng mapper
	NOTAT_DRAP=100 $(BIN)/pytest tests/book/test_faults.py

bench: .venv/.stamp ## mål hvor rask motoren er, og om den vokser jevnt med boka
	@$(BIN)/python -m tools.bench

bench-skala: .venv/.stamp ## mål bøker på 10, 100 og 1 000 kapitler i alle formater, om lag en halv time
	@NOTAT_SKALA=$${NOTAT_SKALA:-10,100,1000} $(BIN)/python -m tools.bench skala

mutate: .venv/.stamp ## endre hvert tall i data/ og se om noe fanger det
	$(BIN)/python -m tools.mutate

lint: .venv/.stamp ## rett formatering og finn feil i koden
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/mypy

notebooks: .venv/.stamp ## kjør kontrollnotatbøkene på nytt etter en gjennomgått dataendring
	$(BIN)/notat accept

release: .venv/.stamp ## lag en utgivelse: make release VERSION=0.2.0
	@$(BIN)/notat release "$$VERSION"

lock: ## lås alle pakker på nytt (trenger uv)
	uv pip compile --quiet --generate-hashes --no-header --python-version 3.11 --extra test --extra uu pyproject.toml --output-file requirements.lock

clean: ## fjern alt som er laget
	rm -rf .venv .notat _output _quarto _uu _figurer _fonter _innebygd
