.DEFAULT_GOAL := help
MODULE ?= directory-model

.PHONY: help
help: ## list what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | sort | while IFS="$$(printf '\t')" read -r name text; do printf '  %-10s %s\n' "$$name" "$$text"; done

.PHONY: check
check: ## exactly what guards main
	.ci/run

.PHONY: fast
fast: ## compile and test one module: make fast MODULE=diff-service
	mvn -q -Dspotless.check.skip -Djacoco.skip test -pl $(MODULE) -am

.PHONY: package
package: ## build every jar, no tests
	mvn -q -Dquick package

.PHONY: format
format: ## format all code
	mvn -q spotless:apply

.PHONY: run
run: ## the whole stack on this machine, until it is stopped
	./tidemark up

.PHONY: demo
demo: ## 500 users wiped, reported, restored
	./tidemark demo

.PHONY: sbom
sbom: ## bill of materials
	mvn -q -Dquick -Prelease package

.PHONY: sizes
sizes: ## files over 400 lines: ask twice whether they have one job
	@git ls-files '*.java' | while read -r f; do n=$$(wc -l <"$$f"); if [ "$$n" -gt 400 ]; then echo "$$n $$f"; fi; done | sort -rn
