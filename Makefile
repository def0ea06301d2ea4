# Sampan. `make` lists what there is to do; `make run` and `make test` are the two to know.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:
.PHONY: help run test lint bench world soak lighthouse screens pictures release app needs fmt clippy absent deny biome types budget rust postgres contract vitest chromium firefox server

export CARGO_TARGET_DIR ?= $(CURDIR)/target

# web-push encrypts with OpenSSL. Without its headers the build compiles its own copy, which needs perl and a minute more.
OPENSSL_HEADERS := $(shell pkg-config --exists openssl 2>/dev/null && echo yes || ls /usr/include/openssl/ssl.h 2>/dev/null)
VENDORED := $(if $(OPENSSL_HEADERS)$(OPENSSL_DIR),,--features sampan/vendored-openssl)

LINT := fmt clippy absent deny biome types budget
TEST := $(LINT) rust postgres contract vitest chromium firefox

help: ## List these targets
	@awk -F':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: app ## Build all of it and serve the demo market on 127.0.0.1:8080 (ARGS="--bind 127.0.0.1:9000" for more)
	@echo "Compiling the server: about ten minutes on two cores the first time, much less after that."
	cargo build -p sampan --bin sampan $(VENDORED)
	"$$CARGO_TARGET_DIR/debug/sampan" serve --demo $(ARGS)

test: needs ## Every check and test: static, Rust, app, Chromium, Firefox
	@tests/e2e/stages.sh $(TEST)

lint: ## The static checks alone
	@tests/e2e/stages.sh $(LINT)

bench: ## Real baskets and load against a release build (SAMPAN_DATA=folder of the data sets; ARGS=--lose-a-line must fail)
	cargo bench -p sampan-tests $(VENDORED) -- $(ARGS)

world: ## 2,000 seeded worlds of phones, faults and an oracle, on both databases (SEEDS=17 lives one again, SEEDS=0..50 a range)
	@tests/world/run.sh $(or $(SEEDS),0..2000)

soak: ## Worlds for hours (SEEDS=0..50000), told in phone-days
	@tests/world/run.sh $(or $(SEEDS),100000..120000)

lighthouse: server tests/e2e/node_modules/.installed ## The product page on Lighthouse's slow phone, held to its budgets
	cd tests/e2e && npx playwright test --project=lighthouse

screens: server tests/e2e/node_modules/.installed ## The time from a tap's POST to the screen of the shopper's other phone
	cd tests/e2e && npx playwright test --project=screens

pictures: server tests/e2e/node_modules/.installed ## Take the README's and the manifest's pictures anew
	cd tests/e2e && npx playwright test --project=pictures

release: app ## The server as one optimised file, the app inside it
	cargo build --release -p sampan --bin sampan $(VENDORED)
	@echo "$$CARGO_TARGET_DIR/release/sampan"

# --- the app; npm and Vite run only when something they read has changed -------------------------------------------

APP_SOURCES := $(shell find pwa/src pwa/public pwa/plugins -type f 2>/dev/null) $(wildcard pwa/*.html pwa/*.ts pwa/*.json)

app: pwa/dist/sw.js

pwa/dist/sw.js: pwa/node_modules/.installed $(APP_SOURCES)
	cd pwa && npm run --silent build
	@touch $@

%/node_modules/.installed: %/package-lock.json
	cd $* && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

# --- the stages of `make test`; a line that starts with SKIPPED or NOT CHECKED is repeated at the end -----------------

needs:
	@tests/e2e/needs.sh

fmt:
	cargo fmt --all --check

clippy: app
	cargo clippy --workspace --all-targets $(VENDORED) -- -D warnings

absent:
	@tests/world/absent.sh

deny:
	@tests/e2e/deny.sh

biome: pwa/node_modules/.installed
	cd pwa && npm run --silent lint

types: pwa/node_modules/.installed tests/e2e/node_modules/.installed
	cd pwa && npm run --silent check
	cd tests/e2e && npx tsc --noEmit -p .

budget: app
	cd pwa && npm run --silent size

rust: app
	cargo test --workspace $(VENDORED)

# The planted bugs are caught above; which database stands below is the same to them.
postgres: app
	tests/postgres.sh cargo test --workspace --test all --test world $(VENDORED) -- --skip planted::every_planted_bug_is_caught

# The app's types of the API are generated from the server's document and committed.
contract: server pwa/node_modules/.installed
	"$$CARGO_TARGET_DIR/debug/sampan" openapi > "$$CARGO_TARGET_DIR/openapi.json"
	cd pwa && npx openapi-typescript "$$CARGO_TARGET_DIR/openapi.json" -o src/platform/contract.d.ts $(if $(UPDATE),,--check)

vitest: pwa/node_modules/.installed
	cd pwa && npm run --silent test

# With the tests beside it, so that what the Rust stages compiled is used again.
server: app
	cargo build --workspace --bin sampan --tests $(VENDORED)

chromium: server tests/e2e/node_modules/.installed
	cd tests/e2e && npx playwright test --project=chromium

firefox: server tests/e2e/node_modules/.installed
	cd tests/e2e && npx playwright test --project=firefox
