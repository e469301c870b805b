# make site   the environment, the import, the build; says where the site is and how to preview it
# make test   the environment, Chromium and a Chinese font where they are missing, linters, types, all tests
# make coverage   all tests, and which lines and branches of the package none of them reaches
# make mutation [COUNT=… SEED=…] [MUTANTS=…]   a sample of the mutants of ingest/ and content/, or these: what no test notices
# make fuzz [TARGETS=…]   what is read, fuzzed for SITEGEN_FUZZ_SECONDS each; what fails is kept as a case
# make publish BASE_URL=https://… [FLAGS=…]   the site of the committed articles, for a static host
# make screenshots   the pictures of docs/ anew
# make lock   the locked versions anew, after a change in pyproject.toml or requirements/build.in; then make licences
# make audit  fails where a locked version has a known vulnerability, or where that cannot be told
# make licences   docs/licences.md anew
# make release    wheel, source distribution, bill of materials and checksums of the commit in dist/
# make try-release   a site made with the wheel of dist/, in an environment of its own

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate pyproject.toml requirements/build.in

TARGETS ?=
COUNT ?= 600
SEED ?= 20261129
MUTANTS ?= $(COUNT) $(SEED)

.PHONY: site publish test lint unit coverage mutation fuzz screenshots lock audit licences release try-release clean
.DELETE_ON_ERROR:

site: $(VENV)/installed
	$(BIN)/sitegen import
	$(BIN)/sitegen build
	@echo
	@echo "The site is in public/. To preview it: $(BIN)/sitegen serve --open"

publish: $(VENV)/installed
	$(BIN)/sitegen build --base-url "$(BASE_URL)" $(FLAGS)

test: lint unit

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: $(VENV)/installed-dev
	tests/install-chromium
	$(BIN)/pytest --numprocesses=auto --dist=worksteal

# What is measured is kept here, whatever folder a process works in.
coverage: export COVERAGE_FILE = $(CURDIR)/.coverage
coverage: $(VENV)/installed-dev
	tests/install-chromium
	$(BIN)/coverage erase
	$(BIN)/coverage run --module pytest --numprocesses=auto --dist=worksteal
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

mutation: $(VENV)/installed-dev
	$(PIP) install mutmut==3.8.1
	$(BIN)/python bench/mutation.py $(MUTANTS)

fuzz: $(VENV)/installed-dev
	PYTHONPATH=tests/review:tests/serve $(BIN)/python tests/hostile/fuzz.py $(TARGETS)

screenshots: $(VENV)/installed-dev
	$(BIN)/python docs/screenshots/make.py

lock: $(VENV)/installed-dev
	$(PIP) install uv
	$(LOCK) --upgrade --output-file requirements/runtime.txt
	$(LOCK) --upgrade --group dev --constraint requirements/runtime.txt --output-file requirements/dev.txt
	$(MAKE) licences

audit: $(VENV)/installed-dev
	$(BIN)/python release/audit.py $(FLAGS)

licences: $(VENV)/installed-dev
	$(BIN)/python release/licence_page.py

release: $(VENV)/installed-dev
	@test -z "$$(git status --porcelain)" || \
		{ echo "A release is made of a commit: commit what 'git status' shows, or stash it."; exit 1; }
	rm -rf dist
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python release/assemble.py dist

try-release:
	release/try-wheel $(PYTHON) dist/*.whl

clean:
	rm -rf $(VENV) .sitegen/preview public dist

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "sitegen needs Python 3.11 or newer; try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements/runtime.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) install --require-hashes --requirement requirements/runtime.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-dev: requirements/dev.txt $(VENV)/installed
	$(PIP) install --require-hashes --requirement requirements/dev.txt
	@touch $@
