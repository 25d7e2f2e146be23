import type { Rule } from "../../../policies/rule.ts";
import { rules } from "../../../policies/rules.ts";

/** The page docs/policies.md, from what the rules say about themselves. */
export function policiesPage(): string {
  return [
    "# Policies",
    "",
    "Generated from `policies/rules`; `make docs-update` rewrites it.",
    "",
    "The pack `policies/` checks the stack in four places, with the same rules:",
    "",
    "- `./lab up` and `./lab incident enter` on your own cluster or account, and `./lab up --policies`",
    "  in the sandbox: they check a preview first, so a mandatory violation stops the update before",
    "  anything changes. `./lab incident leave` and `down` are never checked: they must always work.",
    "- `make pr` and the pull-request workflow, in the report of the change.",
    "- without lab: `pulumi preview --policy-pack policies`, with any backend, without an account.",
    "- an exported state: `pulumi policy analyze --policy-pack policies --file state.json`.",
    "",
    'A rule says "undecided" if a value is unknown before the update. In a preview that is advice,',
    "because the update decides it: a rule on each resource before that resource changes, a rule on the",
    "whole stack after everything has changed. For the kube context of an incident that is too late, so",
    "`incident-places` stops the preview: deploy to a new cluster with incident `none` first. The report",
    'of a pull request counts "undecided" as violated, because nobody looks again, unless it is advice',
    "and the preview of another stack decided it.",
    "",
    "A file for `--policy-pack-config` changes settings, for instance",
    '`{ "incident-places": { "stacks": ["training"], "contexts": ["kind-training"] } }`, and the level',
    'of a rule: `{ "image-digests": "mandatory" }`.',
    "",
    ...rules.flatMap(section),
    ...notChecked,
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

/** What a look at the declared resources cannot see. */
const notChecked = [
  "## What no rule checks",
  "",
  "- Where a kube context leads: `incident-places` knows a cluster only by the names of its context,",
  "  cluster and namespace. A production cluster under a training name passes.",
  "- An outage without the flag by other means than replicas: a Service whose selector matches no pod,",
  "  an autoscaler, a node selector or a scheduling gate that no node satisfies. `./lab incident status`",
  "  and the monitors look at the live shop.",
  "- What an allowed command runs: `readable-types` goes by the command's name.",
  "- Values that a Helm chart reads from elsewhere, and secrets that look like ordinary words.",
  "",
];
