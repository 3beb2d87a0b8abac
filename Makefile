# The commands that people and scripts rely on. Every path is relative and every variable quoted, so that a
# checkout in a folder with spaces in its name works.

SHELL := /bin/sh
.SHELLFLAGS := -euc
.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:

VENV_PYTHON := .venv/bin/python
PIP_INSTALL := $(VENV_PYTHON) -m pip install -qq --disable-pip-version-check --require-hashes --no-deps
# Three processes for two cores: each waits for a third of its time, for Chromium, servers and clocks. Each has a share
# of the tests, those of a file together, and takes from the others when it has done.
PYTEST := $(VENV_PYTHON) -m pytest -n 3 --dist worksteal
CATALOGUES = $(patsubst %.po,%.mo,$(shell find articles bureaus newsroom templates locale \
	-path '*/LC_MESSAGES/*.po' 2>/dev/null))

.PHONY: help run install setup test check soak bench bench-pictures wrk lighthouse validate lock messages shell clean environment catalogues browser

help:
	@echo 'make run         serve the site on http://localhost:8000/ (PORT=… for another port)'
	@echo 'make install     install everything needed to run, and nothing else'
	@echo 'make setup       install everything needed to run and to test'
	@echo 'make test        the test suite, with browser tests'
	@echo 'make check       format, lint, types, migrations, deployment check, then the tests'
	@echo 'make soak        the long tests: every permission, many interleavings, kills'
	@echo 'make bench       requests a second beside an empty view, and a million stories beside ten thousand (hours at first;'
	@echo '                 BENCH_OPTIONS="--stories 200000 --only throughput commit" for less)'
	@echo 'make bench-pictures  photographs a second into all sizes, beside bare Pillow'
	@echo 'make validate    every kind of page by the Nu HTML checker and axe-core (needs Java and Node.js)'
	@echo 'make lighthouse  how quick the most read pages are on a phone (needs Node.js; a quarter of an hour)'
	@echo 'make shell       a Django shell on the embedded database'
	@echo 'make lock        renew the hash-pinned lock files from pyproject.toml'
	@echo 'make messages    collect and compile the translations (needs xgettext)'
	@echo 'make clean       remove what setup and the tests made; the data in var/ stay'

# exec: the signal that ends make must reach the program itself, not a shell in between.
run: .venv/installed catalogues
	@exec $(VENV_PYTHON) manage.py run

install: .venv/installed catalogues

setup: .venv/installed-dev catalogues

shell: .venv/installed
	@exec $(VENV_PYTHON) manage.py with_database shell

test: setup browser
	@exec $(PYTEST)

soak: setup browser
	@exec $(PYTEST) -m soak

bench: setup wrk
	@exec $(VENV_PYTHON) -m tests.bench $(BENCH_OPTIONS)

bench-pictures: setup
	@exec $(VENV_PYTHON) -m tests.bench.pictures

AUDIT := tests/audit/node_modules/.package-lock.json
lighthouse: setup browser $(AUDIT)
	@exec $(VENV_PYTHON) -m tests.audit.lighthouse

validate: setup browser $(AUDIT)
	@exec $(VENV_PYTHON) -m tests.audit.validate

$(AUDIT): tests/audit/package-lock.json
	@command -v npm >/dev/null || { echo 'npm is missing: apt-get install nodejs npm' >&2; exit 1; }
	@echo 'Installing the packages in tests/audit/package-lock.json …'
	@cd tests/audit && npm ci --ignore-scripts --no-audit --no-fund --loglevel error
	@touch $@

check: setup
	$(VENV_PYTHON) -m ruff format --check .
	$(VENV_PYTHON) -m ruff check .
	find articles bureaus newsroom templates -name '*.html' -exec .venv/bin/djade --check {} +
	$(VENV_PYTHON) -m mypy
	$(VENV_PYTHON) manage.py with_database makemigrations --check --dry-run
	NEWSROOM_DOMAIN=newsroom.example $(VENV_PYTHON) manage.py with_database \
		check --deploy --fail-level WARNING
	$(MAKE) test

# A stamp is a copy of the lock that was installed: a lock with another date but the same content installs nothing.
# What the run needs is a subset of what the tests need, so an environment for tests serves both.
.venv/installed: environment
	@if cmp -s requirements.lock $@; then exit 0; fi; \
	echo 'Installing the packages in requirements.lock …'; \
	exec $(PIP_INSTALL) -r requirements.lock
	@cmp -s requirements.lock $@ || cp requirements.lock $@

.venv/installed-dev: .venv/installed
	@if cmp -s requirements-dev.lock $@; then exit 0; fi; \
	echo 'Installing the packages in requirements-dev.lock …'; \
	exec $(PIP_INSTALL) -r requirements-dev.lock
	@cmp -s requirements-dev.lock $@ || cp requirements-dev.lock $@

# An environment that was left half made, or whose Python is gone, is made again.
environment:
	@if $(VENV_PYTHON) -m pip --version >/dev/null 2>&1; then exit 0; fi; \
	for python in "$${PYTHON:-}" python3.11 python3 python3.12 python3.13 python3.14; do \
		if [ -n "$$python" ] && "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
				echo "$$python cannot make virtual environments: its venv or ensurepip module is missing." >&2; \
				echo 'On Debian and Ubuntu, install it with: apt-get install python3-venv' >&2; \
				exit 1; \
			fi; \
			echo "Making .venv with $$("$$python" --version) …"; \
			exec "$$python" -m venv --clear .venv; \
		fi; \
	done; \
	echo 'Python 3.11 or newer is needed and was not found on the PATH.' >&2; \
	echo 'Install it, or name it: make PYTHON=/path/to/python3.11 …' >&2; \
	exit 1

# Babel compiles the catalogues: it comes with the lock, checks the placeholders and needs no system package.
catalogues: $(CATALOGUES)

%.mo: %.po .venv/installed
	@$(VENV_PYTHON) -m babel.messages.frontend --quiet compile --input-file $< --output-file $@
	@test -f $@ || { echo "$< was not compiled: remove '#, fuzzy' from its header." >&2; exit 1; }

messages: setup
	@command -v xgettext >/dev/null || { echo 'xgettext is missing: apt-get install gettext' >&2; exit 1; }
	$(VENV_PYTHON) manage.py makemessages --all --no-location --no-wrap \
		--ignore '.venv/*' --ignore 'var/*' --ignore 'tests/*'
	@$(MAKE) catalogues

# Playwright drives Debian's Chromium and never downloads a browser of its own. Missing, it fails the tests rather
# than letting them skip. Debian has the same build without windows, too, which halves the tests' time; where there is
# none, the tests do with the other.
CHROMIUM := /usr/bin/chromium
WINDOWLESS := chromium-headless-shell
browser:
	@if [ -x $(CHROMIUM) ] && [ -x /usr/bin/$(WINDOWLESS) ]; then exit 0; fi; \
	packages=; [ -x $(CHROMIUM) ] || packages='chromium fonts-liberation'; \
	if [ "$$(id -u)" = 0 ]; then as_root=; else as_root='sudo -n'; fi; \
	if ! command -v apt-get >/dev/null || ! $$as_root true 2>/dev/null; then \
		if [ -x $(CHROMIUM) ]; then exit 0; fi; \
		echo 'The browser tests need $(CHROMIUM). Install your system'"'"'s package, then run this again:' >&2; \
		echo '    sudo apt-get install chromium fonts-liberation $(WINDOWLESS)' >&2; exit 1; \
	fi; \
	if [ -n "$$packages" ]; then echo 'Installing Chromium for the browser tests …'; fi; \
	$$as_root apt-get update -qq || [ -x $(CHROMIUM) ]; \
	if apt-cache show $(WINDOWLESS) >/dev/null 2>&1; then packages="$$packages $(WINDOWLESS)"; fi; \
	if [ -z "$$packages" ]; then exit 0; fi; \
	$$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends \
		$$packages >/dev/null || [ -x $(CHROMIUM) ]

# What loads the server in `make bench`.
wrk:
	@if command -v wrk >/dev/null; then exit 0; fi; \
	if ! command -v apt-get >/dev/null; then \
		echo 'make bench needs wrk: install your system'"'"'s wrk package.' >&2; exit 1; \
	fi; \
	if [ "$$(id -u)" = 0 ]; then as_root=; \
	elif sudo -n true 2>/dev/null; then as_root='sudo -n'; \
	else \
		echo 'make bench needs wrk. Install it, then run this again:' >&2; \
		echo '    sudo apt-get install wrk' >&2; exit 1; \
	fi; \
	echo 'Installing wrk …'; \
	$$as_root apt-get update -qq; \
	$$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends wrk >/dev/null

LOCK := .venv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-config --quiet
lock: environment
	$(VENV_PYTHON) -m pip install -qq --disable-pip-version-check uv
	UV_CUSTOM_COMPILE_COMMAND='make lock' $(LOCK) $(LOCK_OPTIONS) --output-file requirements.lock
	UV_CUSTOM_COMPILE_COMMAND='make lock' $(LOCK) $(LOCK_OPTIONS) --group dev --constraints requirements.lock \
		--output-file requirements-dev.lock

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis tests/audit/node_modules
	find articles bureaus newsroom tests -name __pycache__ -type d -exec rm -rf {} +
	find articles bureaus newsroom templates locale -path '*/LC_MESSAGES/*.mo' -delete 2>/dev/null || true
