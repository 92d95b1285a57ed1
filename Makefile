# What people type. Each target installs what it needs first, which takes a moment when nothing is missing.
PARTS ?= kafka,redis,s3,platform

.PHONY: help demo test test-unit build stack-up stack-down stack-status bench format tidy install
.DEFAULT_GOAL := help

help:            ## this list
	@sed -n 's/^\([a-z-]*\):.*## *\(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

demo:            ## everything from nothing: servers, workers, 200 archived items, verified
	@scripts/install
	@scripts/demo

test:            ## all tests: unit, component, integration, and the sanitizers
	@scripts/test all

test-unit:       ## unit and component tests of the dev build, for the inner loop
	@scripts/test unit

build: install   ## the programs, in build/release/bin
	@scripts/build release

stack-up:        ## start the servers for work by hand; PARTS=kafka,redis,s3 for some of them
	@scripts/install apt kafka s3 python librdkafka
	@case ",$(PARTS)," in *,platform,*) scripts/build release strongroom-simulator ;; esac
	@scripts/stack up --parts $(PARTS)

stack-down:      ## stop them, and what crashed runs left
	@scripts/stack down

stack-status:    ## what runs, and where
	@scripts/stack status

bench: install   ## benchmarks; results in build/bench
	@scripts/bench

format:          ## clang-format on all C++ files
	@scripts/format

tidy: build      ## clang-tidy on all C++ files
	@scripts/tidy

install:
	@scripts/install
