# recount. `make help` lists the targets.
GO ?= go
BIN := bin/recount
ARGS ?=

.PHONY: help demo test beam stores bars release lint check race build bench fuzz measure update clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: build ## copy the example study, run every step, print the counts, open it in the browser (ARGS=--no-serve stops after the counts)
	./$(BIN) demo $(ARGS)

# Four packages at once, because those that work a browser or a database wait for most of their time.
test: ## run the whole test suite, offline
	$(GO) test -p 4 -timeout 30m ./...

# Vet would compile all of Beam once more; `go vet` in beam/ after a change there.
beam: ## run the tests of beam/, a module of its own: a corpus by Apache Beam on its runner for one machine (the first build takes minutes)
	cd beam && $(GO) test -vet=off -count=1 ./...

# As of beam: `go vet` in stores/ after a change there.
stores: ## run the tests of stores/, a module of its own: a corpus out of S3, Google Cloud and Azure, by servers on this machine (Azure where azurite-blob is in the path)
	cd stores && $(GO) test -vet=off -count=1 ./...

bars: ## the longer runs: 500 flipped bytes, every column of both databases, every forged report; 200 power cuts, 1,000 kills, every write of every verb that fails (hours; Linux with FUSE), every verb stopped at any moment, what hostile files and shared passages cost; 1,000 interleavings of two windows, 100 killed reviews; 100 killed and 30 stopped workers on a corpus, 20 restarts of their PostgreSQL, five killed TaskManagers of Flink; every page by axe-core in both languages and widths, every number of every report by a click; the example study from an empty folder by keyboard and by mouse; every verb of a script in a process of its own; the weights of tagger and speakers made anew, byte for byte, where the gold files are
	RECOUNT_BARS=1 $(GO) test -timeout 60m -run 'EveryFlippedByte|EveryChangedColumn|DamagedBlocks|ForgedReport|TestOneNumberingOfReasons' -v ./internal/study
	RECOUNT_BARS=1 $(GO) test -timeout 10h -run 'TestPowerCuts|TestKilledInEveryVerb|TestEveryWriteFails|TestStoppedAtAnyMoment|TestKilledAtAnyMoment|TestVaultKilledAtAnyMoment|TestWatchKilledAtAnyMoment|TestContainersKilledAtAnyMoment' -v ./internal/cli
	RECOUNT_BARS=1 $(GO) test -timeout 60m -run 'TestInterleavings|TestServeKilledDuringAReview' -v ./internal/web/workbench ./internal/cli
	RECOUNT_BARS=1 RECOUNT_KILLS=100 $(GO) test -timeout 90m -run 'TestKilledWorkers|TestKilledInTheLastStep|TestRestartedServer|TestStoppedWorkers' -v ./internal/queue
	RECOUNT_BARS=1 $(GO) test -timeout 60m -run 'TestRangeEqualsBruteForce|TestGroupsOfOneForm|TestFillEqualsSet|TestAnsweredSpans|TestSplitOfSomeGroups|TestTallyFollowsItsGroups|TestResultsEqualOneGraph|TestMeterSpends|TestOneByOneEqualsAtOnce|TestTheCommandLineEnters' -v ./internal/count ./internal/casebook ./examples/make
	beam/run-flink.sh kill
	RECOUNT_BARS=1 $(GO) test -timeout 60m -run 'Accessible|FromAnEmptyFolder' -v ./internal/web
	RECOUNT_BARS=1 $(GO) test -timeout 90m -run 'TestReportsAreTheSameBytes|TestEveryReportInABrowser|TestEveryNumberReachesItsSentence|TestClosedPipe|TestHeadOfAPipe' -v ./internal/cli
	RECOUNT_BARS=1 $(GO) test -timeout 60m -run 'TestScripts' ./internal/cli
	[ ! -d ../shared/gold ] || $(GO) run ./internal/quotes/train -tagger -speakers -check
	RECOUNT_BARS=1 $(GO) test -timeout 60m -run 'TestHostileFilesCost|TestSharedPassagesCost|TestMemoryOfComparing' -v ./internal/cli ./internal/shards
	RECOUNT_BARS=1 $(GO) test -timeout 60m -run 'TestHostile' -v ./internal/text/format/... ./internal/capture/feed

build: ## build bin/recount, one static binary
	CGO_ENABLED=0 $(GO) build -trimpath -o $(BIN) ./cmd/recount

# Each of them is one file without a C library; the same sources and the same Go
# give the same bytes on any machine, so that anybody can make and compare them.
PLATFORMS := linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64
VERSION = $(shell sed -n 's/^const Version = "\(.*\)"/\1/p' *.go internal/*/*.go | head -1)

release: ## build dist/ for Windows, macOS and Linux (amd64, arm64), with SHA256SUMS
	rm -rf dist && mkdir dist
	for p in $(PLATFORMS); do \
		os=$${p%/*}; arch=$${p#*/}; exe=; [ $$os = windows ] && exe=.exe; \
		CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch GOFLAGS= GOAMD64=v1 GOARM64=v8.0 $(GO) build -trimpath -buildvcs=false -ldflags '-s -w -buildid=' \
			-o dist/recount-$(VERSION)-$$os-$$arch$$exe ./cmd/recount || exit 1; \
		(cd stores && CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch GOFLAGS= GOAMD64=v1 GOARM64=v8.0 $(GO) build -trimpath -buildvcs=false -ldflags '-s -w -buildid=' \
			-o ../dist/recount-stores-$(VERSION)-$$os-$$arch$$exe ./recount-stores) || exit 1; \
	done
	cd dist && { sha256sum recount-* || shasum -a 256 recount-*; } > SHA256SUMS && cat SHA256SUMS

lint: ## gofmt, vet, staticcheck
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo "gofmt would change these files"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

check: lint test ## lint, then all tests

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
	rm -rf bin dist
