# recount. `make help` lists the targets.
GO ?= go
BIN := bin/recount
ARGS ?=

.PHONY: help demo test bars lint check race build bench fuzz measure update clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: build ## copy the example study, run every step, print the counts, open it in the browser (ARGS=--no-serve stops after the counts)
	./$(BIN) demo $(ARGS)

test: ## run the whole test suite, offline
	$(GO) test ./...

bars: ## the longer runs: 500 flipped bytes, every column of both databases; 1,000 interleavings of two windows, 100 killed reviews; every page by axe-core in both languages and widths
	RECOUNT_BARS=1 $(GO) test -run 'EveryFlippedByte|EveryChangedColumn' -v ./internal/study
	RECOUNT_BARS=1 $(GO) test -timeout 60m -run 'TestInterleavings|TestServeKilledDuringAReview' -v ./internal/web/workbench ./internal/cli
	RECOUNT_BARS=1 $(GO) test -timeout 60m -run 'Accessible' -v ./internal/web

build: ## build bin/recount, one static binary
	CGO_ENABLED=0 $(GO) build -trimpath -o $(BIN) ./cmd/recount

lint: ## gofmt, vet, staticcheck
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo "gofmt would change these files"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

check: lint ## lint, then all tests
	$(GO) test ./...

# The rooms whose code starts goroutines or shares what several of them use.
RACED = $$(grep -lrE 'go func|\.Go\(|sync\.' internal --include='*.go' | grep -v _test.go | xargs -n1 dirname | sort -u | sed 's|^|./|')

race: ## run the tests of the rooms with goroutines under the race detector (needs a C compiler)
	CGO_ENABLED=1 $(GO) test -race $(RACED)

bench: ## run the benchmarks
	$(GO) test -run '^$$' -bench . -benchmem ./...

fuzz: ## fuzz every parser of foreign bytes for FUZZTIME each (default 30s)
	@for p in $$($(GO) list ./...); do for f in $$($(GO) test -list '^Fuzz' $$p | grep '^Fuzz'); do \
		echo "$$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $${FUZZTIME:-30s} $$p || exit 1; done; done

measure: ## write docs/measurements.md (needs the measuring data beside the checkout)
	bash docs/measure.sh

update: ## refresh goldens, the example's decisions and the manual
	$(GO) generate ./...
	UPDATE=1 $(GO) test ./internal/report ./internal/cli ./internal/web/workbench .
	UPDATE=1 $(GO) test ./internal/web -run TestPicture

clean: ## remove what was built
	rm -rf bin
