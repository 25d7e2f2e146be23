import { signsOf, stateOf } from "../incident.ts";
import { kindOf, objectName } from "../kubernetes.ts";
import { isListed } from "../stack-names.ts";
import { textAt, Undecided } from "../values.ts";
import {
  checkEach,
  checkResources,
  firstKnown,
  type Located,
  findProblems,
  type Problem,
  type Resource,
  type Stack,
  stackRule,
  stringList,
} from "../rule.ts";

export const incidentPlaces = stackRule({
  name: "incident-places",
  description: "Incidents are staged only in listed stacks and kube contexts, never in production",
  why: "A staged outage in the wrong cluster is a real outage.",
  fix:
    "reset the flag with: pulumi config set incident none, and deploy to a new cluster that way first; " +
    "add a new training place to the settings stacks and contexts",
  level: "mandatory",
  settings: {
    stacks: stringList(
      "Stacks where incidents may be staged; a name may end in *.",
      "dev",
      "sandbox",
      "team-*",
    ),
    contexts: stringList(
      "Kube contexts where incidents may be staged.",
      "kind-sockshop",
      "kwok-sock-shop",
    ),
    production: stringList(
      "Words that make a stack, context, cluster or namespace look like production.",
      "prod",
      "prd",
      "production",
      "live",
    ),
  },
  evaluate(stack, { stacks, contexts, production }) {
    const incident = incidentOf(stack);
    if (incident instanceof Undecided) return [{ name: stack.name, problem: incident }];
    if (incident === undefined) return [];
    const inProduction = (place: string | undefined) =>
      place !== undefined && looksLike(place, production)
        ? [`${incident} in ${place}, which looks like production`]
        : [];
    const ofStack = [
      ...(isListed(stack.name, stacks) ? [] : [`${incident} in a stack that is not on the list`]),
      ...inProduction(stack.name),
    ];
    const unlisted = (context: string | undefined) =>
      contexts.includes(context ?? "")
        ? []
        : [`${incident} in ${named(context)}, which is not on the list`];
    const { resources, name } = stack;
    const providers = resources.filter(({ type }) => type === "pulumi:providers:kubernetes");
    const isUnplaced = providers.length === 0 && resources.some((it) => kindOf(it) !== undefined);
    return [
      ...ofStack.map((problem) => ({ name, problem })),
      ...(isUnplaced ? unlisted(undefined).map((problem) => ({ name, problem })) : []),
      // When the update knows the context, the outage is on: too late to learn where.
      ...checkResources(providers, ({ inputs }) => {
        const context = textAt(inputs, "context");
        return [...unlisted(context), ...inProduction(context)];
      }).map((it): Located => ({ ...it, blocksPreview: true })),
      ...checkResources(providers, ({ inputs }) =>
        checkEach(["clusterIdentifier", "cluster", "namespace"], (key) =>
          inProduction(textAt(inputs, key)),
        ),
      ),
      ...firstOfEach(
        checkResources(resources, (it) =>
          checkEach(namespacesOf(it), (find) => inProduction(find())),
        ),
      ),
    ];
  },
});

/** What the stack calls its incident, or shows of it; undefined while there is none. */
function incidentOf(stack: Stack): Problem | undefined {
  const said = findProblems(() => {
    const state = stateOf(stack) ?? "none";
    return state === "none" ? [] : [`incident ${state}`];
  });
  return firstKnown([...said, ...signsOf(stack)]);
}

function named(context: string | undefined): string {
  return context === undefined ? "whatever context is current" : `context ${context}`;
}

/** Where a resource's namespace may be named: by a namespace itself, an object, a Helm release. */
function namespacesOf(resource: Resource): readonly (() => string | undefined)[] {
  const { inputs } = resource;
  if (kindOf(resource) === undefined) return [];
  if (kindOf(resource) === "Namespace") return [() => objectName(resource)];
  return [() => textAt(inputs, "metadata", "namespace"), () => textAt(inputs, "namespace")];
}

/** All resources are in a few namespaces: what they have in common is said once. */
function firstOfEach(found: readonly Located[]): readonly Located[] {
  const texts = found.map(({ problem }) => (problem instanceof Undecided ? "" : problem));
  return found.filter((_, index) => texts.indexOf(texts[index] ?? "") === index);
}

/**
 * Whether one of the words stands in a name by itself, or ends a part of it, if it is a form of
 * production: `eu-prod-1`, `productionEU`, `myprod`, but not `product`, `olive` or `nonprod`.
 */
function looksLike(name: string, words: readonly string[]): boolean {
  const endings = words.filter((word) => word.startsWith("prod"));
  return name
    .replace(/([a-z])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .split(/[^a-z]+/)
    .some(
      (part) =>
        words.includes(part) ||
        (!part.startsWith("non") && endings.some((word) => part.endsWith(word))),
    );
}
