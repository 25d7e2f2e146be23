import type { Difference } from "./state-difference.ts";

/** Something that the flag may change. */
interface Allowance {
  /** Name in the table. */
  readonly what: string;

  /** Type and name of a resource whose named properties may be updated. */
  readonly resource?: RegExp;
  readonly properties?: RegExp;

  /** Component whose resources of these kinds may be created, changed and deleted freely. */
  readonly component?: string;
  readonly kinds?: readonly string[];
}

/**
 * All that entering, leaving and changing an incident may touch, by means rather than by states: a
 * state that is added uses the same means, or is a change of this list that a reviewer sees.
 */
const allowances: readonly Allowance[] = [
  {
    what: "payment's replicas",
    resource: /^kubernetes:apps\/v1:Deployment payment$/,
    properties: /^spec\.replicas$/,
  },
  {
    what: "where a Service points",
    resource: /^kubernetes:core\/v1:Service (payment|shipping)$/,
    properties: /^spec\.selector(\.|$)/,
  },
  {
    what: "fault proxy",
    component: "PaymentFaults",
    kinds: ["Deployment", "ConfigMap", "Service", "NetworkPolicy"],
  },
  {
    what: "load Job and its ConfigMap",
    component: "LoadJob",
    kinds: ["Job", "ConfigMap", "Service", "NetworkPolicy"],
  },
  {
    what: "lease",
    component: "Lease",
    kinds: ["Deployment", "ConfigMap", "ServiceAccount", "Role", "RoleBinding", "NetworkPolicy"],
  },
  { what: "downtime of the drill", component: "DrillDowntime", kinds: ["DowntimeSchedule"] },
  {
    what: "marker",
    resource: /^command:local:Command incident-marker$/,
    properties: /^stdin$/,
  },
];

/** What allows a difference; undefined when nothing does. */
export function allowanceOf(difference: Difference): string | undefined {
  return allowances.find((allowance) => allows(allowance, difference))?.what;
}

function allows(allowance: Allowance, difference: Difference): boolean {
  const { component, kinds = [], resource: named, properties: allowed } = allowance;
  if (component !== undefined) return isOf(component, kinds, difference);
  const { resource, operation, properties } = difference;
  return (
    operation === "update" &&
    properties.length > 0 &&
    named?.test(resource) === true &&
    properties.every((property) => allowed?.test(property))
  );
}

/** Whether a difference is of a component of the incident itself, or of an object that it makes. */
function isOf(component: string, kinds: readonly string[], { path, resource }: Difference) {
  const type = `sockshop:incident:${component}`;
  const [of = ""] = resource.split(" ");
  const kind = /^(?:kubernetes|datadog):[^:]+:(\w+)$/.exec(of)?.[1] ?? "";
  return path.split("$").includes(type) && (of === type || kinds.includes(kind));
}
