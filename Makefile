# Every target sets up what it needs. PYTHON=python3.12 chooses the interpreter for .venv.
PYTHON ?= python3
export PYTHON
BIN := .venv/bin
MAKEFLAGS += --jobs=2

.PHONY: demo run test check fmt lint types mypy pyright arch docs bench lock clean

demo: .venv/run.stamp ## run the main job on embedded defaults; PHOTOS=dir LISTINGS=file.json SABOTAGE=promote-twice|resend|no-fence
	$(BIN)/python -m examples.demo $(if $(PHOTOS),--photos "$(PHOTOS)") $(if $(LISTINGS),--listings "$(LISTINGS)") $(if $(SABOTAGE),--sabotage "$(SABOTAGE)")

run: .venv/run.stamp ## the same service, kept up; dashboard at http://127.0.0.1:8000; Ctrl-C drains and stops all
	$(BIN)/python -m reference_app

test: check ## all checks and all tests
	scripts/browser
	$(BIN)/python scripts/run_tests.py

check: lint types arch ## format, lint, types, arrows

fmt: .venv/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: .venv/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: mypy pyright

mypy pyright: .venv/dev.stamp
	$(BIN)/$@

arch: .venv/dev.stamp
	$(BIN)/lint-imports

docs: .venv/dev.stamp
	$(BIN)/python docs/tables.py
	$(BIN)/sphinx-build -W -q -b html docs docs/_build/html

bench: .venv/dev.stamp ## every program in benchmarks/ but satori_parity, which asks for a folder of cases; image needs npm
	for program in benchmarks/[a-z]*.py; do \
	  case $$program in */satori_parity.py) continue;; esac; \
	  $(BIN)/python -m benchmarks.$$(basename $$program .py) || exit 1; \
	done

lock: .venv/dev.stamp ## resolve the pinned, hashed requirement files anew
	scripts/lock

clean:
	rm -rf .venv demo-output docs/_build

.venv/run.stamp: requirements/run.txt scripts/setup
	scripts/setup run

.venv/dev.stamp: requirements/dev.txt scripts/setup
	scripts/setup dev
