# rasoat: `make demo` shows it, `make test` proves it. Both set up first.
BIN := .venv/bin

.PHONY: setup demo test test-long lint bench bench-reading train samples clean

setup:            ## own .venv, locked dependencies, Tesseract with Vietnamese
	@sh setup.sh

demo: setup       ## read the bundled sample archive and ask it questions
	@$(BIN)/rasoat demo

test: setup lint  ## all tests but the long ones
	@$(BIN)/python -m pytest -q -n 2

test-long: setup  ## the long tests and the benchmarks
	@$(BIN)/python -m pytest -q -m long

bench: setup      ## speed of the whole road, printed as ratios
	@$(BIN)/python -m pytest -q -s -m long tests/bench/test_speed.py

bench-reading: setup ## scans: errors, time and header fields beside Tesseract and OCRmyPDF; ARGS="--damages fold"
	@$(BIN)/python -m tests.bench.reading.run --fresh $(ARGS)
	@$(BIN)/python -m pytest -q -s -m long tests/bench/test_speed.py -k pages_per_second

lint: setup       ## style, types, import direction
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

train: setup      ## rebuild the trained model from the gold
	@$(BIN)/rasoat train

samples: setup    ## rebuild the sample archive from its sources
	@$(BIN)/python -m corpora.build_samples

lock:             ## renew requirements.lock (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf .venv
