# The two commands that matter: `make run` and `make test`; docs/development.md explains the others.
# Variables: PY (the Python that makes the virtual environment), PORT, DATA_DIR, DATABASE_URL, REDIS_URL, ARGS (for pytest).

PY ?= python3
PYTHON := .venv/bin/python
PIP := $(PYTHON) -m pip --quiet --disable-pip-version-check
# Stamps carry the hash of the pins: an unchanged list is not installed again, a changed one always is.
RUN_STAMP := .venv/.run-$(shell cat requirements.txt | sha256sum | cut -c1-16)
DEV_STAMP := .venv/.dev-$(shell cat requirements.txt requirements-dev.txt | sha256sum | cut -c1-16)

.PHONY: help run test test-sqlite test-postgres lint bench fresh packages

help:
	@echo "make run            start the product with the demo campaign (PORT=8000, DATA_DIR=var)"
	@echo "make test           everything: checks, the suite on SQLite, the suite on PostgreSQL and Redis"
	@echo "make test-sqlite    the suite on SQLite only         ARGS='-k name' goes to pytest"
	@echo "make test-postgres  the suite on PostgreSQL and Redis"
	@echo "make lint           ruff, import-linter, missing migrations, template errors"
	@echo "make bench          the measurements of docs/performance.md"
	@echo "make fresh          forget the virtual environment and the data folder var/"

run: $(RUN_STAMP)
	@$(PYTHON) manage.py migrate --no-input -v 0
	@$(PYTHON) manage.py demo --once
	@exec $(PYTHON) manage.py serve --with-parent

test: packages lint
	@$(PYTHON) -m tests.services.run sqlite postgres -- $(ARGS)

test-sqlite: $(DEV_STAMP)
	@$(PYTHON) -m tests.services.run sqlite -- $(ARGS)

test-postgres: $(DEV_STAMP)
	@$(PYTHON) -m tests.services.run postgres -- $(ARGS)

lint: $(DEV_STAMP)
	$(PYTHON) -m ruff check .
	$(PYTHON) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"
	DJANGO_SETTINGS_MODULE=config.settings.test $(PYTHON) manage.py makemigrations --check --dry-run
	$(PYTHON) -m djlint templates --lint --quiet

bench: $(DEV_STAMP)
	@$(PYTHON) -m bench

packages: $(DEV_STAMP)
	@$(PYTHON) -m tests.services.packages

fresh:
	rm -rf .venv var

$(RUN_STAMP): | .venv/.made
	@echo "Installing the pinned packages of requirements.txt …"
	@$(PIP) install -r requirements.txt
	@touch $@

$(DEV_STAMP): $(RUN_STAMP)
	@echo "Installing the pinned packages of requirements-dev.txt …"
	@$(PIP) install -r requirements-dev.txt
	@touch $@

.venv/.made:
	@sh deploy/make_venv.sh "$(PY)" .venv
