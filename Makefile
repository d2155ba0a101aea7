PYTHON ?= python3
BIN := .venv/bin

# Without bytecode on disk each worker of the suite compiles every test again, which is half of its collection.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test test-fast bench chaos lint lock docs screenshot sbom audit fuzz

# An environment keeps the Python that it was made with: another one, put over it, finds libraries of the first.
.venv/installed: requirements.lock pyproject.toml
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	$(BIN)/pip install --quiet --require-hashes --no-deps -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

demo: .venv/installed
	$(BIN)/pension-bot demo

# On matrices of a few rows OpenBLAS takes up to twenty times the processor time with more than one thread.
test test-fast: export OPENBLAS_NUM_THREADS := 1

# Several workers share the suite: `tests/conftest.py` says how. PYTEST="--durations=30" adds arguments.
test: .venv/installed
	$(BIN)/python -m pytest -n auto --maxprocesses 6 --no-loadscope-reorder $(PYTEST)

# Unit and contract tests but the slow ones, for daily work.
test-fast: .venv/installed
	$(BIN)/python -m pytest -n auto --maxprocesses 6 --no-loadscope-reorder -m "not slow" tests/unit tests/contract $(PYTEST)

# Broken inputs for every reader of strangers' bytes, until a reader fails. FUZZ="--minutes 60 clip" chooses.
fuzz: .venv/installed
	$(BIN)/python -m tests.fuzz $(FUZZ)

bench: .venv/installed
	$(BIN)/python -m tests.bench

# Five minutes of faults on this machine. CHAOS="--seconds 60 --seed 7" makes it shorter, or repeats a run's order.
chaos: .venv/installed
	sh tests/chaos/on_small_disk.sh $(BIN)/python -m tests.chaos $(CHAOS)

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.supply.deploy_lint

# The documentation as a site, in two languages: site/index.html and site/zh/index.html.
docs: .venv-docs/installed
	NO_MKDOCS_2_WARNING=1 .venv-docs/bin/mkdocs build --strict --quiet

.venv-docs/installed: docs/requirements.lock
	$(PYTHON) -m venv .venv-docs
	.venv-docs/bin/pip install --quiet --require-hashes --no-deps -r docs/requirements.lock
	touch $@

# The bill of materials of what runs (CycloneDX), and what is known against it: the second one asks outside.
sbom: .venv/installed
	$(BIN)/python -m tests.supply.sbom sbom.json

audit: .venv/installed
	$(BIN)/python -m tests.supply.advisories

screenshot: .venv/installed
	$(BIN)/python -m tests.browser.flow_picture docs/flow.png
	$(BIN)/python -m tests.browser.screens docs/screens
	$(BIN)/python -m tests.browser.console_screens docs/screens
	$(BIN)/python -m tests.browser.tutorial_screens docs/screens

LOCKED = --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
	--no-emit-package opencv-python --no-emit-package pip

# The full OpenCV build needs libGL and X11, and insightface names it: it is cut out, and nothing re-resolves.
# pip-audit names pip, which an environment has.
# The second file is what runs: the image is made from it.
lock:
	uv pip compile pyproject.toml --extra dev --extra insightface $(LOCKED) --output-file requirements.lock
	uv pip compile pyproject.toml --extra insightface $(LOCKED) --constraint requirements.lock \
		--output-file deploy/requirements.lock
	uv pip compile --group docs $(LOCKED) --output-file docs/requirements.lock
