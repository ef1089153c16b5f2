# Two commands on a fresh machine: `make build` writes every leaflet to output/, `make test` proves the tool and the leaflets.
# Both install what they need: Debian packages with apt, Python packages (locked, hash-checked) into .venv.

PYTHON ?= python3
PIP := .venv/bin/pip --disable-pip-version-check --quiet
RUN_PACKAGES := python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
TEST_PACKAGES := $(RUN_PACKAGES) default-jdk-headless libjaxb-java poppler-utils chromium

UV := .venv/lock/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-annotate \
      --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" pyproject.toml --extra build

.PHONY: build test lint quick setup setup-test format lock check messages golden bench clean

build: setup
	.venv/bin/leaflets build

test: lint
	rm -f .coverage .coverage.*
	.venv/bin/pytest -n 2 --dist loadfile --ignore tests/test_leaflets.py --cov --cov-report=term:skip-covered --cov-fail-under=95
	.venv/bin/pytest tests/test_leaflets.py  # every leaflet, on both processors; counting lines would take half as long again

# Without a browser, Java or whole batches: seconds, after every change. `make test` is the proof.
quick: setup-test
	.venv/bin/pytest -q -n 2 --dist worksteal -m "not browser and not java and not slow"

# .pre-commit-config.yaml runs the same, each on the files that it concerns.
lint: setup-test
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/djlint --lint --quiet templates
	.venv/bin/oxlint templates
	.venv/bin/oxfmt --check 'templates/**/*.js'
	.venv/bin/leaflets extract --check

format: setup-test
	.venv/bin/ruff check --fix
	.venv/bin/ruff format
	.venv/bin/oxfmt 'templates/**/*.js'

# After a pin changed in pyproject.toml: write both locks anew. What did not change keeps its version. uv looks packages up where
# pip is configured to, and lives in a folder of its own that is thrown away with .venv.
lock:
	$(PYTHON) -m venv .venv/lock
	.venv/lock/bin/pip --disable-pip-version-check --quiet install uv==0.13.9
	set -e; export UV_DEFAULT_INDEX="$$(.venv/lock/bin/pip config list | sed -n "s/^[a-z:]*\.index-url='\(.*\)'$$/\1/p" | head -n 1)" \
	    SSL_CERT_FILE="$${SSL_CERT_FILE:-$$PIP_CERT}"; \
	$(UV) -o requirements.lock >/dev/null; $(UV) --extra test --extra dask -o requirements-test.lock >/dev/null

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

# Collect the templates' own words again, after a template or a message in Python (`mark`) changed.
messages: setup
	.venv/bin/leaflets extract

# Keep how the pages look now as what they should look like. Look at them first.
golden: setup-test
	.venv/bin/python -m tests.test_golden

# An hour or two, on a machine that does nothing else; `.venv/bin/python -m benchmarks --help` says how to try it out.
bench: setup-test
	.venv/bin/python -m benchmarks --write

clean:
	rm -rf .venv output
