import type { Difference } from "./difference.ts";

/** Something that the flag may change. */
interface Allowance {
  /** Name for people. */
  readonly what: string;

  /** Type and name of a resource whose named properties may be updated. */
  readonly resource?: RegExp;
  readonly properties?: RegExp;

  /** Component whose resources may come, go and change as they like. */
  readonly component?: RegExp;
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
  { what: "fault proxy", component: /(^|\$)sockshop:incident:PaymentFaults(\$|$)/ },
  { what: "load Job and its ConfigMap", component: /(^|\$)sockshop:incident:LoadJob(\$|$)/ },
  { what: "lease", component: /(^|\$)sockshop:incident:Lease(\$|$)/ },
  { what: "marker", component: /(^|\$)sockshop:incident:IncidentMarker(\$|$)/ },
];

/** What allows a difference; undefined when nothing does. */
export function allowanceOf(difference: Difference): string | undefined {
  return allowances.find((allowance) => allows(allowance, difference))?.what;
}

function allows(allowance: Allowance, { path, resource, operation, properties }: Difference) {
  const { component, resource: named, properties: allowed } = allowance;
  if (component !== undefined) return component.test(path);
  if (named === undefined || allowed === undefined) return false;
  return (
    operation === "update" && named.test(resource) && properties.every((it) => allowed.test(it))
  );
}
