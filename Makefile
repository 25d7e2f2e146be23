.DEFAULT_GOAL := help
.PHONY: help up down clean doctor test check conformance bench golden-update docs-update \
	pr unit coverage e2e audit review pr-summary pr-comment drift export overdue analyze

# runs a program with the Node and the environment of the sandbox
in-lab := ./lab shell --

# the base of a comparison, without which lab takes its default; GitHub sets the target branch of a
# pull request
base ?= $(addprefix origin/,$(GITHUB_BASE_REF))
stack ?= sandbox

help: ## list all targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(firstword $(MAKEFILE_LIST)) | \
		awk -F'|' '{ printf "%-22s%s\n", $$1, $$2 }'

up: ## install missing tools, start the sandbox, deploy the stack
	@./lab up

down: ## destroy the stack, stop the sandbox, leave nothing behind
	@./lab down

clean: ## down, and delete the cache folder with all installed tools
	@./lab clean

doctor: ## list tools, ports and folders, and what is wrong with them
	@./lab doctor

test: ## everything that CI runs: checks, unit tests, end to end
	@$(in-lab) node test/tools/run-all.ts

check: ## format, lint, types, unused code, spelling
	@$(in-lab) npm run --silent check

pr: ## what a pull request must pass; writes the report pull-request.md
	@$(MAKE) --no-print-directory --keep-going check unit e2e review

unit: ## unit tests
	@$(in-lab) npm test --silent

coverage: ## unit tests, and how much of the code they reach
	@$(in-lab) npm run --silent test:coverage

e2e: ## tests on the real engine and a real control plane
	@$(in-lab) npm run --silent test:e2e

audit: ## known vulnerabilities of the npm packages
	@$(in-lab) npm audit

review: ## preview sandbox and dev with the policies, and write the report
	@./lab up
	@./lab review $(addprefix --base ,$(base))

pr-summary: ## add the report to the summary of a GitHub run
	@cat pull-request.md >> "$${GITHUB_STEP_SUMMARY:?is set in a GitHub run only}"

pr-comment: ## post the report on the pull request PULL_REQUEST, replacing the last one
	@gh pr comment "$${PULL_REQUEST:?number of a pull request}" --body-file pull-request.md \
		--edit-last --create-if-none

drift: ## fail if the cluster or Datadog differ from what stack=sandbox declares
	@./lab drift --stack $(stack)

export: ## write the state of stack=sandbox to file=state.json
	@./lab shell --stack $(stack) -- pulumi stack export --file $(or $(file),state.json)

overdue: ## fail if an incident of stack=sandbox, or in file=…, was left on
	@./lab incident overdue --stack $(stack) $(if $(file),--file $(file))

analyze: ## check the exported state file=state.json with the policies
	@$(in-lab) pulumi policy analyze --policy-pack policies --file $(or $(file),state.json)

conformance: ## compare the Datadog stand-in with Datadog's own recordings, where they are
	@$(in-lab) npx mocha --timeout 180000 'test/conformance/*.spec.ts'

bench: ## measure up, no-op, enter, leave, program load, the shop under load, and logs
	@$(in-lab) node test/tools/bench/main.ts
	@$(in-lab) node test/tools/bench/shop-load.ts
	@$(in-lab) node test/tools/bench/log-path.ts
	@$(in-lab) node test/tools/bench/log-volume.ts

golden-update: ## rewrite the golden files
	@$(in-lab) npm run --silent golden:update

docs-update: ## rewrite the generated documents
	@$(in-lab) npm run --silent docs:update
