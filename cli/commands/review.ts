import { defineCommand, option } from "../framework/command.ts";
import { jsonOption } from "../framework/shared-options.ts";

export const defaultBase = "origin/main";

/** Where the report goes, relative to the checkout. */
export const reportFile = "pull-request.md";

export const review = defineCommand({
  name: "review",
  summary: "write a report on a change for its reviewer",
  options: {
    base: option({
      placeholder: "branch",
      help: `branch or commit to compare with (default: ${defaultBase})`,
      read: (base) => base,
    }),
    json: jsonOption,
  },
  details:
    "Previews stacks sandbox and dev with the policy pack, in the sandbox: needs no login, cluster " +
    `or account, and deploys nothing. Writes ${reportFile}. Exit code 1 if the contract is broken ` +
    "or a mandatory policy is violated or undecided.",
  examples: [
    ["./lab review", "write what CI shows on a pull request"],
    ["./lab review --base main", "compare with the local branch"],
  ],
  run: async (given, context) => (await import("../actions/review.ts")).runReview(given, context),
});
