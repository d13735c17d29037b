# The only commands anyone needs. `make help` lists them.

# The first of these that runs; a version manager may leave stubs that do not.
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3; do \
	$$name -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$name && break; done)
BIN := .venv/bin
PIP := $(BIN)/pip install --disable-pip-version-check
# Each command, kernel and drawing process would do this anew where PYTHONDONTWRITEBYTECODE is set, as in containers.
COMPILE := $(BIN)/python -m compileall -q py
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup tools programs render quarto quarto-version compare check test ruff ruff-format mypy lint-imports faults bench bench-skala fuzz mutate lint feil veiledning lock notebooks release clean

help: ## vis kommandoene
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

# A folder that was moved or copied has an environment whose programs point to where it was: it is emptied and filled.
VENV_WAS := $(shell sed -n 's/^command = .* -m venv \(--[a-z-]* \)*//p' .venv/pyvenv.cfg 2>/dev/null)
MOVED := $(if $(VENV_WAS),$(shell [ "$(VENV_WAS)" -ef .venv ] || echo --clear))
ifneq ($(MOVED),)
$(shell rm -f .venv/.stamp .venv/.stamp-test)
endif

# pip is silent for minutes, or says too much: a line for every twentieth package says how far it has come. Of what it
# would compile, a fifth is ever imported, and compiled then: without the rest there are 90 MB and 17 seconds of work less.
define install
set -o pipefail; echo "Installerer om lag $$(grep -c '^[a-z0-9._-]*==' $(1)) pakker fra $(1). Første gang tar det noen minutter …"; \
	$(PIP) --no-compile --require-hashes $(2) --requirement $(1) | awk '/^Collecting /{ if (++n % 20 == 0) { print "  " n " pakker er hentet"; fflush() } } \
	/^Installing collected/{ print "  Pakkene legges i .venv …"; fflush() }'
endef

# The lock files name every package with its hash: first the packages that build the note, then those for tests and the
# accessibility audit. A stamp is newer than its lock when the environment is up to date.
.venv/.stamp: requirements.lock pyproject.toml
	@$(or $(PYTHON),false) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null || \
		{ was="$$($(or $(PYTHON),python3) --version 2>/dev/null)"; \
		echo "Fant ikke Python 3.11, 3.12 eller 3.13$${was:+, bare $$was}. Installer en av dem, eller kjør make setup PYTHON=sti/til/python3.12."; exit 1; }
	@echo "Lager miljøet i .venv med $$($(PYTHON) --version 2>&1)."
	@$(PYTHON) -m venv $(MOVED) .venv
	@$(call install,requirements.lock)
	@$(PIP) --quiet --no-deps --no-build-isolation --editable .
	@$(COMPILE) && env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m notat.cli.libraries
	@touch $@
	@echo "Miljøet er klart."

.venv/.stamp-test: requirements-test.lock .venv/.stamp
	@$(call install,requirements-test.lock,--no-deps)
	@touch $@

setup: .venv/.stamp ## lag miljøet i .venv

tools: .venv/.stamp-test ## legg til det som bare tester og kontroll av universell utforming bruker

programs: ## installer programmene som noen tester bruker (Debian og Ubuntu)
	@.ci/programs

# One edition of the note, of those in _quarto.yml: make render PROFILE=navn. So for every command below.
ifdef PROFILE
export QUARTO_PROFILE := $(PROFILE)
endif
QUARTO_OUTPUT := _quarto$(if $(PROFILE),-$(PROFILE))

render: .venv/.stamp ## lag HTML, PDF og DOCX i _output/; en annen utgave: make render PROFILE=navn
	@$(BIN)/notat render

quarto: .venv/.stamp ## lag det samme med Quarto, i _quarto/
	@command -v quarto >/dev/null || { echo "Fant ikke quarto. Installer Quarto 1.9 eller nyere."; exit 1; }
	QUARTO_PYTHON="$(CURDIR)/$(BIN)/python" quarto render --output-dir $(QUARTO_OUTPUT)

quarto-version: # the one version used everywhere, as a line for GitHub; defined in the container's Dockerfile
	@sed -n 's/^ARG QUARTO=/version=/p' .devcontainer/Dockerfile

compare: .venv/.stamp ## sammenlign _output/ med det Quarto laget i _quarto/
	@$(BIN)/notat compare $(QUARTO_OUTPUT)

check: .venv/.stamp ## kontroller tekst, tall og lenker
	@$(BIN)/notat check

test: .venv/.stamp-test ## kjør alle tester
	@$(MAKE) --no-print-directory --jobs=4 --keep-going ruff ruff-format mypy lint-imports
	@$(COMPILE)
	$(BIN)/pytest --nbval --nbval-current-env --numprocesses auto --maxprocesses 5 --dist loadfile --no-loadscope-reorder
	@$(BIN)/python -m tools.release

# What `test` begins with, beside each other.
mypy lint-imports:
	$(BIN)/$@

ruff:
	$(BIN)/ruff check .

ruff-format:
	$(BIN)/ruff format --check .

fuzz: .venv/.stamp-test ## prøv ødelagt inndata mot alle lesere, over 10 000 i alt
	@NOTAT_FUZZ=500 $(BIN)/pytest -q tests/fuzz

faults: .venv/.stamp-test ## drep byggingen på 100 tilfeldige tidspunkter, fyll disken, utvid notatet og prøv det på nytt
	NOTAT_DRAP=100 $(BIN)/pytest tests/engine/test_faults.py tests/cli/preview tests/serie tests/test_guide.py

bench: .venv/.stamp ## mål hvor rask motoren er, og om den vokser jevnt med boka
	@$(BIN)/python -m tools.bench

bench-skala: .venv/.stamp ## mål bøker på 10, 100 og 1 000 kapitler i alle formater, om lag en halv time
	@NOTAT_SKALA=$${NOTAT_SKALA:-10,100,1000} $(BIN)/python -m tools.bench skala

mutate: .venv/.stamp-test ## endre hvert tall i data/, og tilfeldige tekster, og se om noe merker det
	$(BIN)/python -m tools.mutate
	$(BIN)/python -m tools.mutate --tekst 215

lint: .venv/.stamp-test ## rett formatering og finn feil i koden
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/mypy

feil: .venv/.stamp ## lag docs/feil.md og tabellen over former i docs/figurer.md på nytt
	@$(BIN)/python -m tools.codes

veiledning: .venv/.stamp ## lag veiledningene som nettsider i _veiledning/
	@$(BIN)/python -m tools.guide

notebooks: .venv/.stamp ## kjør kontrollnotatbøkene på nytt etter en gjennomgått dataendring
	$(BIN)/notat accept

release: .venv/.stamp-test ## lag en utgivelse: make release VERSION=0.2.0
	@$(BIN)/python -m tools.release "$$VERSION"

# For every system and Python that pyproject.toml names. The second lock extends the first.
LOCK := uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11
lock: ## lås alle pakker på nytt (trenger uv)
	$(LOCK) --group build --output-file requirements.lock pyproject.toml
	$(LOCK) --group build --group test --extra uu --extra serie --constraints requirements.lock \
		$$(sed -n "/'pypy'/d; s/^\([a-z0-9._-]*\)==.*/--no-emit-package \1/p" requirements.lock) \
		--output-file requirements-test.lock pyproject.toml

clean: ## fjern alt som er laget
	rm -rf .venv .notat _output _output-* _quarto _quarto-*/ _uu _veiledning _figurer _fonter _innebygd
