.DEFAULT_GOAL := help
.PHONY: help up down clean doctor test check bench golden-update docs-update

# runs a program with the Node and the environment of the sandbox
in-lab := ./lab shell --

help: ## list all targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(firstword $(MAKEFILE_LIST)) | \
		awk -F'|' '{ printf "%-22s%s\n", $$1, $$2 }'

up: ## bring what is missing, start the sandbox, apply the stack
	@./lab up

down: ## destroy the stack, stop the sandbox, leave nothing behind
	@./lab down

clean: ## down, and drop the cache folder
	@./lab clean

doctor: ## list tools, ports and folders, and what is wrong with them
	@./lab doctor

test: ## everything that CI runs: format, lint, types, unit tests, end to end
	@$(in-lab) node test/support/run-all.ts

check: ## format, lint, types, unused code
	@$(in-lab) npm run --silent check

bench: ## measure up, no-op, enter, leave, program load, and the shop under load
	@$(in-lab) node test/bench/main.ts
	@$(in-lab) node test/bench/shop-load.ts

golden-update: ## write the golden files anew
	@$(in-lab) npm run --silent golden:update

docs-update: ## write the generated documents anew
	@$(in-lab) npm run --silent docs:update
