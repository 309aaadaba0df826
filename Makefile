# The commands of this project. `make help` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.PHONY: help build test test-unit test-cluster test-sandbox mutation-check lint format demo bench clean dependencies test-dependencies

# Extra arguments for `swift test`, for example: make test-unit TEST_FLAGS='--filter PlanningTests'
TEST_FLAGS ?=
SWIFT_SOURCES := Sources Tests Package.swift
# The suites that ask a real API server, or kubectl. Those that play all kubelets of a cluster, or look at all its nodes,
# can't share it.
CLUSTER_TESTS := 'AcceptanceTests|APIServerTests|KubectlDifferentialTests'
KUBELET_TESTS := FakeKubeletTests RollbackMatrixTests SweepTests RaceTests SchedulerReplayTests \
	SandboxDifferentialTests.DifferentialTests SyncLeaderTests
SWIFT_TEST := swift test --disable-xctest

help: ## list the commands
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 22

build: dependencies ## install what is missing and build endstate (.build/release/endstate)
	swift build --configuration release --product endstate

test: test-unit test-cluster ## install what is missing and run every test, those against a real API server included

test-unit: test-dependencies ## run the tests that need no cluster
	$(SWIFT_TEST) --skip $(CLUSTER_TESTS) $(KUBELET_TESTS:%=--skip %) --skip SoakTests $(TEST_FLAGS)
	@# Alone, because it measures the memory of its process.
	$(SWIFT_TEST) --filter SoakTests

# ENDSTATE_TEST_KUBECONFIG names a cluster to use instead of one that is started for the tests.
ifdef ENDSTATE_TEST_KUBECONFIG
test-cluster: test-dependencies ## run the tests against the API server of ENDSTATE_TEST_KUBECONFIG, or one that is started for them
	$(SWIFT_TEST) --filter $(CLUSTER_TESTS) $(KUBELET_TESTS:%=--skip %) $(TEST_FLAGS)
else
test-cluster: test-dependencies
	scripts/control-plane build
	for suite in $(KUBELET_TESTS); do \
		scripts/control-plane run "$$(mktemp -d)" -- $(SWIFT_TEST) --filter "$$suite" || exit; \
	done
	scripts/control-plane run "$$(mktemp -d)" -- \
		$(SWIFT_TEST) --filter $(CLUSTER_TESTS) $(KUBELET_TESTS:%=--skip %) $(TEST_FLAGS)
	@# The same on the embedded cluster; the control plane is there for its kubectl alone.
	scripts/control-plane run "$$(mktemp -d)" -- env -u ENDSTATE_TEST_KUBECONFIG \
		$(SWIFT_TEST) --filter AcceptanceTests $(KUBELET_TESTS:%=--skip %) $(TEST_FLAGS)
	for suite in RollbackMatrixTests SyncLeaderTests; do \
		scripts/control-plane run "$$(mktemp -d)" -- env -u ENDSTATE_TEST_KUBECONFIG \
			$(SWIFT_TEST) --filter "$$suite" || exit; \
	done
endif

test-sandbox: test-dependencies ## run the acceptance tests on the embedded cluster alone; needs a kubectl on the PATH
	$(SWIFT_TEST) --filter AcceptanceTests $(KUBELET_TESTS:%=--skip %) $(TEST_FLAGS)
	for suite in RollbackMatrixTests SyncLeaderTests SweepTests; do $(SWIFT_TEST) --filter "$$suite" || exit; done

mutation-check: test-dependencies ## flip the scheduler's rules one at a time; a test must notice each
	scripts/mutation-check

lint: ## check the formatting of the Swift sources
	swift format lint --strict --recursive --parallel $(SWIFT_SOURCES)

format: ## format the Swift sources in place
	swift format --in-place --recursive --parallel $(SWIFT_SOURCES)

demo: build ## show endstate's main job on an embedded cluster
	scripts/demo

bench: build ## measure endstate against a real API server
	scripts/control-plane build
	swift build --configuration release --product benchmark
	ENDSTATE_AUDIT=0 scripts/control-plane run "$$(mktemp -d)" -- .build/release/benchmark
	.build/release/benchmark sandbox
	.build/release/benchmark sync

clean: ## remove what was built (the control plane's binaries stay in their cache)
	swift package clean

dependencies:
	@scripts/install-dependencies build

test-dependencies:
	@scripts/install-dependencies build test
