import type { Rule } from "../../../policies/rule.ts";
import { rules } from "../../../policies/rules.ts";

/** The page docs/policies.md, from what the rules say about themselves. */
export function policiesPage(): string {
  return [
    "# Policies",
    "",
    "Generated from `policies/rules`; `make docs-update` writes it anew.",
    "",
    "The pack `policies/` judges the stack in four places, by the same rules:",
    "",
    "- `./lab up` and `./lab incident enter` on your own cluster or account, and `./lab up --policies`",
    "  in the sandbox: a preview is judged first, so that a mandatory violation stops the update",
    "  before anything changes. `./lab incident leave` and `down` are never judged: they must always",
    "  work.",
    "- `make pr` and the pull-request workflow, in the report of the change.",
    "- by hand: `pulumi preview --policy-pack policies`; works with any backend, without an account.",
    "- on an exported state: `pulumi policy analyze --policy-pack policies --file state.json`.",
    "",
    'A rule that meets a value which is not known before the update says "undecided". In a preview',
    "that is advice, because the update decides it: a rule on each resource before that resource",
    "changes, a rule on the whole stack when everything has changed. For the kube context of an",
    "incident that is too late, so `incident-places` stops the preview instead: bring a new cluster up",
    "with incident `none` first. In the report of a pull request what is undecided counts as violated,",
    "because there nobody looks again, unless it is advice and the preview of another stack decided it.",
    "",
    "Settings are changed by a file for `--policy-pack-config`, for instance",
    '`{ "incident-places": { "stacks": ["training"], "contexts": ["kind-training"] } }`; a rule is',
    'switched by `{ "image-digests": "mandatory" }`.',
    "",
    ...rules.flatMap(section),
  ].join("\n");
}

function section({ name, description, why, fix, level, on, settings }: Rule): readonly string[] {
  const settingLines = Object.entries(settings).map(([key, setting]) => {
    const value = typeof setting.default === "number" ? setting.default : list(setting.default);
    return `- \`${key}\`: ${setting.description} Default: ${value}`;
  });
  return [
    `## ${name}`,
    "",
    `${description}. _${level}, on ${on === "resource" ? "each resource" : "the whole stack"}_`,
    "",
    `Why: ${why} Fix: ${fix}.`,
    "",
    ...settingLines,
    "",
  ];
}

function list(values: readonly string[]): string {
  return values.length === 0 ? "none." : `${values.map((value) => `\`${value}\``).join(", ")}.`;
}
