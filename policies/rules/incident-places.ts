import { signsOf, stateOf } from "../incident.ts";
import { objectName, ofKind } from "../kubernetes.ts";
import { textAt } from "../read.ts";
import { type Located, type Resource, type Stack, stackRule, words } from "../rule.ts";

export const incidentPlaces = stackRule({
  name: "incident-places",
  demand: "Incidents are staged in the stacks and kube contexts of the list, never in production",
  why: "A staged outage in the wrong cluster is a real one.",
  mend:
    "set the flag back with: pulumi config set incident none; " +
    "a new place of training goes into the settings stacks and contexts",
  level: "mandatory",
  settings: {
    stacks: words("Stacks where incidents may be staged.", "dev", "sandbox"),
    contexts: words("Kube contexts where they may.", "kind-sockshop", "kwok-sock-shop"),
    production: words(
      "Words that make a stack, context, cluster or namespace look like production.",
      "prod",
      "prd",
      "production",
      "live",
    ),
  },
  judge(stack, { stacks, contexts, production }) {
    const incident = nameOfIncident(stack);
    if (incident === undefined) return [];
    const providers = stack.resources.filter(({ type }) => type === "pulumi:providers:kubernetes");
    const inStack = stacks.includes(stack.name)
      ? []
      : [{ name: stack.name, problem: `${incident} in a stack that is not on the list` }];
    return [
      ...inStack,
      ...providers
        .filter(({ inputs }) => !contexts.includes(contextOf(inputs) ?? ""))
        .map((resource) => ({
          resource,
          problem: `${incident} in ${namedContext(resource)}, which is not on the list`,
        })),
      ...placesOf(stack, providers)
        .filter(({ place }) => looksLike(place, production))
        .map(({ resource, name, place }): Located => {
          const problem = `${incident} in ${place}, which looks like production`;
          return resource ? { resource, problem } : { name: name ?? "", problem };
        }),
    ];
  },
});

function nameOfIncident(stack: Stack): string | undefined {
  const state = stateOf(stack);
  if (state !== undefined && state !== "none") return `incident ${state}`;
  return signsOf(stack)[0];
}

function contextOf(inputs: Resource["inputs"]): string | undefined {
  return textAt(inputs, "context");
}

function namedContext({ inputs }: Resource): string {
  const context = contextOf(inputs);
  return context === undefined ? "whatever context is current" : `context ${context}`;
}

interface Place {
  readonly place: string;
  readonly resource?: Resource;
  readonly name?: string;
}

function placesOf(stack: Stack, providers: readonly Resource[]): readonly Place[] {
  return [
    { place: stack.name, name: stack.name },
    ...providers.flatMap((resource) =>
      ["context", "clusterIdentifier"]
        .map((key) => textAt(resource.inputs, key))
        .filter((place) => place !== undefined)
        .map((place) => ({ place, resource })),
    ),
    ...ofKind(stack, "Namespace").map((resource) => ({ place: objectName(resource), resource })),
  ];
}

/** Whether one of the words stands in a name by itself: `eu-prod-1`, but not `product`. */
function looksLike(name: string, words: readonly string[]): boolean {
  return name
    .toLowerCase()
    .split(/[^a-z]+/)
    .some((part) => words.includes(part));
}
