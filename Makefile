# Every target works through tools/bootstrap.py, so that Windows needs no make (see README).
PYTHON ?= python3

.PHONY: help run test check bench mutants shots clean

help:   ## this list
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed 's/: .*## /\t/'

run:    ## set up in .venv and open the window on a demonstration region
	@$(PYTHON) tools/bootstrap.py run

test:   ## set up in .venv and run the tests
	@$(PYTHON) tools/bootstrap.py test

check:  ## linters, types and architecture
	@$(PYTHON) tools/bootstrap.py check

bench:  ## benchmarks, as ratios against a baseline in the same run
	@$(PYTHON) tools/bootstrap.py bench

mutants: ## broken variants of the sync; each must be noticed (half an hour)
	@$(PYTHON) tools/bootstrap.py mutants

shots:  ## a picture of every screen into shots/
	@$(PYTHON) tools/bootstrap.py shots

clean:  ## remove what set-up made
	rm -rf .venv build dist
