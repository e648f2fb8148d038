# Everything that a person or CI does with this repository. `make help` lists it.

SHELL       := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# Pinned tools, built once each from the Go module proxy and kept by version in .tools/bin.
GOLANGCI_LINT := .tools/bin/golangci-lint@v2.15.0
GOFUMPT       := .tools/bin/gofumpt@v0.12.0
WORKFLOWCHECK := .tools/bin/workflowcheck@v0.6.0
GOVULNCHECK   := .tools/bin/govulncheck@v1.8.0

# A binary of a clean checkout is named by its commit; any other identifies itself by a digest.
COMMIT  := $(shell test -z "$$(git status --porcelain 2>/dev/null)" && git rev-parse --short=12 HEAD 2>/dev/null)
LDFLAGS := -s -w $(if $(COMMIT),-X main.buildID=$(COMMIT))

# The race detector needs a C compiler.
RACE := $(shell command -v $${CC:-gcc} >/dev/null 2>&1 && echo -race)

SUDO := $(shell test "$$(id -u)" = 0 || echo sudo -n)

# The pure rooms: no clock, network or disk, so their tests take seconds.
PURE_ROOMS := $(wildcard casefile config logging schema)

.PHONY: help
help: ## List what can be made
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

## Running

.PHONY: run
run: build postgres ## Build everything and run the whole of Tiaochu on this machine
	bin/tiaochu dev

.PHONY: build
build: bin/tiaochu bin/tiaochu-embedded ## Build bin/tiaochu and bin/tiaochu-embedded

.PHONY: bin/tiaochu
bin/tiaochu: go
	CGO_ENABLED=0 go build -trimpath -ldflags '$(LDFLAGS)' -o $@ ./cmd/tiaochu

.PHONY: bin/tiaochu-embedded
bin/tiaochu-embedded: go
	@if [ ! -x $@ ]; then \
	    echo "Building the embedded Temporal server: this takes minutes, once."; \
	    echo "正在编译内置的 Temporal 服务：需要几分钟，仅此一次。"; \
	fi; \
	( s=0; while sleep 20 >/dev/null 2>&1; do s=$$((s + 20)); echo "  still building the Temporal server, $$s s 仍在编译…"; done ) & ticker=$$!; \
	trap 'kill $$ticker 2>/dev/null || true' EXIT; \
	cd embedded && CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o ../$@ .

.PHONY: go
go:
	@command -v go >/dev/null || { \
	    echo "make: Go is missing: install Go $$(awk '/^go /{print $$2}' go.mod) or newer (https://go.dev/dl, or in China https://golang.google.cn/dl)"; \
	    exit 1; }

# Debian's package would create and start a cluster of its own on port 5432; the drop-in keeps
# it from that while the package is installed.
.PHONY: postgres
postgres: ## Install Postgres if it is missing (Debian, Ubuntu), or say what to do
	@for initdb in "$$(command -v initdb || true)" /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb \
	    /opt/homebrew/opt/postgresql*/bin/initdb /usr/local/opt/postgresql*/bin/initdb; do \
	    if [ -x "$$initdb" ]; then exit 0; fi; \
	done; \
	if command -v apt-get >/dev/null && $(SUDO) true 2>/dev/null; then \
	    echo "Postgres is missing: installing Debian's package, without a cluster of its own."; \
	    only=/etc/postgresql-common/createcluster.d/tiaochu-no-main-cluster.conf; \
	    $(SUDO) mkdir -p "$${only%/*}"; \
	    echo "create_main_cluster = false" | $(SUDO) tee "$$only" >/dev/null; \
	    trap "$(SUDO) rm -f $$only" EXIT; \
	    $(SUDO) apt-get update -q && \
	    $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends postgresql; \
	else \
	    echo "make: Postgres (14 or newer: initdb, postgres) is missing and can't be installed from here. Install it, then run make again:"; \
	    echo "  Debian, Ubuntu   sudo apt-get install postgresql"; \
	    echo "  RHEL, openEuler  sudo dnf install postgresql-server postgresql-contrib"; \
	    echo "  macOS            brew install postgresql@18"; \
	    echo "or put the folder of initdb on the PATH."; \
	    exit 1; \
	fi

## Testing

# The authorisation matrix asks thousands of questions one after the other: it has few races to
# find, and takes many minutes and gigabytes under the race detector.
MATRIX := TestNoEdgeOfTheSchemaShowsAnybodyMoreThanTheyMaySee

.PHONY: test
test: check build postgres client-tests-setup ## Run everything: checks, unit tests, embedded stack, end to end
	go test -timeout 20m $$(go list ./casefile/...)
	go test $(RACE) -skip '^$(MATRIX)$$' -timeout 20m $$(go list ./... | grep -v -e '/casefile' -e '/tests')
	go test -run '^$(MATRIX)$$' -timeout 20m ./api
	cd embedded && CGO_ENABLED=0 go test -trimpath -timeout 20m ./...
	go test -count=1 -p 1 -timeout 60m ./tests/...

.PHONY: test-fast
test-fast: ## Run the tests of the pure rooms only
	go test $(PURE_ROOMS:%=./%/...)

.PHONY: bench
bench: build postgres ## Measure a case's life against the bare workflow, on the embedded stack
	bin/tiaochu bench lifecycle

.PHONY: bench-read
bench-read: build bin/tiaochu-bench-peer postgres ## Measure pages of a million cases; takes long, 25 GB of disk below TMPDIR
	bin/tiaochu bench read --peer bin/tiaochu-bench-peer --plans

# The server by another GraphQL library that pages are compared with.
.PHONY: bin/tiaochu-bench-peer
bin/tiaochu-bench-peer: go
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o $@ ./tests/bench/peer

.PHONY: client-tests-setup
client-tests-setup: browser
	@if ! command -v npm >/dev/null; then \
	    if command -v apt-get >/dev/null && $(SUDO) true 2>/dev/null; then \
	        $(SUDO) apt-get update -q && \
	        $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends nodejs npm; \
	    else \
	        echo "make: node and npm are missing: the tests with a GraphQL client need Node 20 or newer"; exit 1; \
	    fi; \
	fi
	@for lock in tests/*/package-lock.json; do \
	    npm ci --prefix $$(dirname $$lock) --ignore-scripts --no-audit --no-fund || exit 1; \
	done

# The page is looked at in a real browser; where none can be installed, its test says that it
# was skipped.
.PHONY: browser
browser:
	@if ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null && \
	    command -v apt-get >/dev/null && $(SUDO) true 2>/dev/null; then \
	    echo "Chromium is missing: installing Debian's package."; \
	    $(SUDO) apt-get update -q && \
	    $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium || \
	    echo "Chromium can't be installed: the test of the page will be skipped."; \
	fi

## Checking

.PHONY: check
check: format-check vet lint workflowcheck vulncheck tidy-check ## Run every check that needs no test

.PHONY: format
format: $(GOFUMPT) ## Format the code
	$(GOFUMPT) -w $$(git ls-files '*.go')

.PHONY: format-check
format-check: $(GOFUMPT)
	@unformatted=$$($(GOFUMPT) -l $$(git ls-files '*.go')); \
	if [ -n "$$unformatted" ]; then echo "not formatted (run make format):"; echo "$$unformatted"; exit 1; fi

.PHONY: vet
vet:
	go vet ./...
	cd embedded && go vet ./...

.PHONY: lint
lint: $(GOLANGCI_LINT) ## Check style and the borders between the rooms
	$(GOLANGCI_LINT) config verify
	$(GOLANGCI_LINT) run ./...

.PHONY: workflowcheck
workflowcheck: $(WORKFLOWCHECK) ## Look for what workflow code must not do
	$(WORKFLOWCHECK) -show-pos $$(go list ./workflows/... ./worker/...)

# The database of vulnerabilities is on the internet: away from it, this check can't run.
.PHONY: vulncheck
vulncheck: $(GOVULNCHECK) ## Look for known vulnerabilities in what is linked in
	@status=0; found=$$(timeout 300 $(GOVULNCHECK) ./... 2>&1) || status=$$?; \
	case $$status in \
	0) echo "$$found" | tail -n 3 ;; \
	1 | 124) if [ $$status = 124 ] || grep -q 'vuln\.go\.dev' <<<"$$found"; then \
	        echo "SKIPPED: govulncheck can't reach https://vuln.go.dev; run make vulncheck where it can."; \
	    else echo "$$found"; exit 1; fi ;; \
	*) echo "$$found"; exit 1 ;; \
	esac

.PHONY: tidy-check
tidy-check: ## Fail if go.mod or go.sum is not tidy
	go mod tidy -diff
	cd embedded && go mod tidy -diff

## Generating and cleaning

.PHONY: docs
docs: ## Write what the documentation takes from the program: configuration, state machine
	go run ./cmd/tiaochu config --markdown > docs/configuration.md.new && mv docs/configuration.md.new docs/configuration.md
	go run ./cmd/tiaochu explore --states 1000 --draw docs/state-machine.md

.PHONY: explore
explore: ## Search every state of a case to its end; some minutes
	go run ./cmd/tiaochu explore

.PHONY: clean
clean: ## Remove what was built; the data folder and the tools stay
	rm -rf bin tests/*/node_modules

# $(call build_tool,package): build the tool of this target at the version in its name.
define build_tool
	@echo "Building $(@F), once."
	@mkdir -p .tools/bin
	@GOBIN="$(CURDIR)/.tools/new-$(@F)" GOFLAGS= go install $(1)@$(lastword $(subst @, ,$(@F)))
	@mv ".tools/new-$(@F)/$(firstword $(subst @, ,$(@F)))" $@ && rmdir ".tools/new-$(@F)"
endef

$(GOLANGCI_LINT): | go
	@echo "golangci-lint takes minutes to build."
	$(call build_tool,github.com/golangci/golangci-lint/v2/cmd/golangci-lint)

$(GOFUMPT): | go
	$(call build_tool,mvdan.cc/gofumpt)

$(WORKFLOWCHECK): | go
	$(call build_tool,go.temporal.io/sdk/contrib/tools/workflowcheck)

$(GOVULNCHECK): | go
	$(call build_tool,golang.org/x/vuln/cmd/govulncheck)
