# Two commands on a fresh machine: `make build` writes every leaflet to output/, `make test` proves the tool and the leaflets.
# Both install what they need: Debian packages with apt, Python packages (locked, hash-checked) into .venv.

PYTHON ?= python3
PIP := .venv/bin/pip --disable-pip-version-check --quiet
RUN_PACKAGES := python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
TEST_PACKAGES := $(RUN_PACKAGES) default-jdk-headless libjaxb-java poppler-utils chromium

.PHONY: build test setup setup-test check messages golden bench clean

build: setup
	.venv/bin/leaflets build

test: setup-test
	.venv/bin/ruff check leaflets tests benchmarks templates
	.venv/bin/ruff format --check leaflets tests benchmarks templates
	.venv/bin/mypy
	.venv/bin/leaflets extract --check
	rm -f .coverage .coverage.*
	.venv/bin/pytest -n 2 --dist loadfile --ignore tests/test_leaflets.py --cov --cov-report=term:skip-covered --cov-fail-under=95
	.venv/bin/pytest tests/test_leaflets.py  # every leaflet, on both processors; counting lines would take half as long again

# --no-deps: a lock names every package. If pip looked for them itself, it would take the newest release of one that another
# wants with an extra (coverage[toml]), and refuse it for want of a hash. `pip check` says if the lock lacks one.
setup: .venv/installed

setup-test: .venv/installed-test

.venv/installed: requirements.lock pyproject.toml
	@sh install.sh $(PYTHON) "$(RUN_PACKAGES)"
	$(PIP) install --no-deps --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@$(PIP) check
	@touch $@

.venv/installed-test: requirements-test.lock pyproject.toml
	@sh install.sh $(PYTHON) "$(TEST_PACKAGES)"
	$(PIP) install --no-deps --require-hashes -r requirements-test.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@$(PIP) check
	@touch .venv/installed $@

check: setup
	.venv/bin/leaflets check

# Collect the templates' own words again, after a template or compose.py changed.
messages: setup
	.venv/bin/leaflets extract

# Keep how the pages look now as what they should look like. Look at them first.
golden: setup-test
	.venv/bin/python -m tests.test_golden

bench: setup
	.venv/bin/python benchmarks/batch.py
	.venv/bin/python benchmarks/lines.py

clean:
	rm -rf .venv output
