# lifeos: `make run` starts the program, `make test` runs all tests. Both install what is missing.
# `make help` lists the rest.

SHELL = /bin/sh
PREFIX ?= /usr/local
DESTDIR ?=
ARGS ?=
SWIFT ?= swift
DIST = .build/dist
PROGRAM = $(DIST)/lifeos
SOURCES = Sources Tests Package.swift
# The server's packages are fetched and built only where they are asked for.
SERVER = --traits Server
# PIE=no starts about a millisecond sooner and gives the program a fixed address in memory.
PIE ?= yes
RELEASE = -c release --product lifeos --static-swift-stdlib -Xlinker --gc-sections \
  $(if $(filter no,$(PIE)),-Xlinker -no-pie)

SERVER_RELEASE = -c release $(SERVER) --product lifeosd --static-swift-stdlib \
  -Xlinker --gc-sections

BINDIR = $(DESTDIR)$(PREFIX)/bin
SHAREDIR = $(DESTDIR)$(PREFIX)/share
THEMEDIR = $(SHAREDIR)/lifeos/themes
MANDIR = $(SHAREDIR)/man/man1
BASHDIR = $(SHAREDIR)/bash-completion/completions
ZSHDIR = $(SHAREDIR)/zsh/site-functions
FISHDIR = $(SHAREDIR)/fish/vendor_completions.d

.PHONY: help run build simulate test soak lint format bench release server server-release dist install \
  uninstall clean setup setup-server setup-test

help: ## this list
	@echo 'lifeos: make TARGET'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' Makefile | \
	  awk -F'|' '{ printf "%-15s %s\n", $$1, $$2 }'

setup:
	@scripts/setup run

setup-server:
	@scripts/setup server

setup-test:
	@scripts/setup test

run: build ## install what is missing, build, start the program (ARGS="journal list" for the command line)
	@.build/debug/lifeos $(ARGS)

build: setup ## build the program for development
	@$(SWIFT) build --product lifeos

test: setup-test ## install what is missing, build, run every test (FILTER=JournalTests for some)
	@echo '==> building the program and all tests'
	@$(SWIFT) build $(SERVER) --build-tests
	@echo '==> running all tests, the journeys in a pseudo-terminal among them'
	@$(SWIFT) test $(SERVER) --skip-build --disable-xctest --parallel $(if $(FILTER),--filter $(FILTER))

soak: setup-test ## kill both programs and the server at random for SECONDS=60, then compare (SEED=n)
	@$(SWIFT) build $(SERVER) --build-tests
	@.build/debug/soak $(or $(SECONDS),60) $(SEED)

simulate: setup-test ## sync against random faults: N=20000 schedules (SEED=17 for one of them; MUTANT=no_seen; MUTANTS=yes)
	@$(SWIFT) build $(SERVER) --product simulate
	@.build/debug/simulate $(if $(SEED),--seed $(SEED) --trace,$(or $(N),1000) --from $(or $(FROM),0)) \
	  $(if $(MUTANT),--mutant $(MUTANT)) $(if $(MUTANTS),--mutants)

lint: ## check the style of all Swift files
	@echo '==> checking the style'
	@$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

format: ## bring all Swift files into the style
	@$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

bench: setup ## measure the program against plain C and SQLite (ENTRIES=100000)
	@scripts/bench

release: setup ## build the small, fast program: static Swift runtime, stripped, in .build/dist
	@$(SWIFT) build $(RELEASE)
	@mkdir -p $(DIST)
	@cp "$$($(SWIFT) build $(RELEASE) --show-bin-path)/lifeos" $(PROGRAM).new
	@strip $(PROGRAM).new
	@mv $(PROGRAM).new $(PROGRAM)
	@ls -l $(PROGRAM)

server: setup-server ## start the server on this machine, for trying (data in .build/server-data; ARGS="--listen 127.0.0.1:0")
	@$(SWIFT) build $(SERVER) --product lifeosd
	@.build/debug/lifeosd serve --data .build/server-data $(ARGS)

server-release: setup-server ## build the small, fast server: one file, in .build/dist
	@$(SWIFT) build $(SERVER_RELEASE)
	@mkdir -p $(DIST)
	@cp "$$($(SWIFT) build $(SERVER_RELEASE) --show-bin-path)/lifeosd" $(DIST)/lifeosd.new
	@strip $(DIST)/lifeosd.new
	@mv $(DIST)/lifeosd.new $(DIST)/lifeosd
	@ls -l $(DIST)/lifeosd

dist: release
	@$(PROGRAM) manual --format man >$(DIST)/lifeos.1
	@$(PROGRAM) completions bash >$(DIST)/lifeos.bash
	@$(PROGRAM) completions zsh >$(DIST)/_lifeos
	@$(PROGRAM) completions fish >$(DIST)/lifeos.fish

# Only the copying needs root: `make dist`, then `sudo make install BUILD=no`.
install: $(if $(filter no,$(BUILD)),,dist) ## program, themes, man page, completions (PREFIX=/usr/local)
	install -d $(BINDIR) $(THEMEDIR) $(MANDIR) $(BASHDIR) $(ZSHDIR) $(FISHDIR)
	install -m 755 $(PROGRAM) $(BINDIR)/lifeos
	install -m 644 themes/*.toml $(THEMEDIR)
	install -m 644 $(DIST)/lifeos.1 $(MANDIR)/lifeos.1
	install -m 644 $(DIST)/lifeos.bash $(BASHDIR)/lifeos
	install -m 644 $(DIST)/_lifeos $(ZSHDIR)/_lifeos
	install -m 644 $(DIST)/lifeos.fish $(FISHDIR)/lifeos.fish

uninstall: ## remove what install put in place; your data stays
	rm -f $(BINDIR)/lifeos $(MANDIR)/lifeos.1
	rm -f $(BASHDIR)/lifeos $(ZSHDIR)/_lifeos $(FISHDIR)/lifeos.fish
	rm -rf $(SHAREDIR)/lifeos

clean: ## remove everything that was built
	rm -rf .build
