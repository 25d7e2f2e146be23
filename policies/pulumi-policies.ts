import type {
  PolicyConfigSchema,
  PolicyResource,
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { UNKNOWN } from "./values.ts";
import type { Resource, Rule, Stack } from "./rule.ts";
import { type Finding, evaluateResource, evaluateStack } from "./evaluate.ts";

type Policy = ResourceValidationPolicy | StackValidationPolicy;

/** How the policy SDK marks values that a preview does not know; it shows them to nobody. */
const unknownMarks = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** The rules as the engine runs them. */
export function policies(rules: readonly Rule[]): Policy[] {
  const asked = new Map<string, Resource["inputs"]>();
  return rules.map((rule) => policy(rule, asked));
}

/**
 * @param asked - the inputs of each resource by its URN. The engine shows stack policies what a
 *   resource has become, which depends on the provider and, in a preview, is partly unknown; what
 *   it was asked to be is remembered when its resource policies run.
 */
function policy(rule: Rule, asked: Map<string, Resource["inputs"]>): Policy {
  const common = {
    name: rule.name,
    description: rule.description,
    enforcementLevel: rule.level,
    configSchema: { properties: schemaOf(rule) },
  };
  if (rule.on === "resource") {
    return {
      ...common,
      validateResource: (args, reportViolation) => {
        const resource = resourceOf(args);
        asked.set(resource.urn, resource.inputs);
        report(
          evaluateResource(rule, resource, args.getConfig()),
          rule.description,
          reportViolation,
        );
      },
    };
  }
  return {
    ...common,
    validateStack: (args, reportViolation) => {
      report(
        evaluateStack(rule, stackOf(args.resources, asked), args.getConfig()),
        rule.description,
        reportViolation,
      );
    },
  };
}

/**
 * What cannot be decided yet is shown and does not fail the preview. The update decides it: rules on
 * single resources before it changes the resource, rules on the whole stack when everything has
 * changed. Where that is too late to be of use, it fails the preview as well. The pipeline, which
 * sees previews only, takes all of it for failures.
 */
function report(
  findings: readonly Finding[],
  description: string,
  reportViolation: ReportViolation,
): void {
  // The SDK takes an object with a level of its own, and does not declare it.
  const reportWithLevel = reportViolation as unknown as (violation: object) => void;
  for (const { message, urn, counts } of findings) {
    if (counts) reportViolation(message, urn);
    else
      reportWithLevel({ message: `${description}\n${message}`, urn, enforcementLevel: "advisory" });
  }
}

function resourceOf({
  urn,
  type,
  name,
  props,
}: Pick<ResourceValidationArgs, "urn" | "type" | "name" | "props">): Resource {
  return {
    urn,
    type,
    name,
    stack: urn.split(":")[2] ?? "",
    inputs: plain(props) as Resource["inputs"],
  };
}

function stackOf(
  resources: readonly PolicyResource[],
  asked: ReadonlyMap<string, Resource["inputs"]>,
): Stack {
  const all = resources.map(resourceOf).map((resource) => ({
    ...resource,
    inputs: asked.get(resource.urn) ?? resource.inputs,
  }));
  const root = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  const outputs = plain(root?.props) as Resource["inputs"] | undefined;
  return { name: all[0]?.stack ?? "", incident: outputs?.["incident"], resources: all };
}

/** Data without the SDK's guard, which throws where it meets an unknown value. */
function plain(guarded: unknown): unknown {
  const value = (guarded as { __getSpecialProxyTarget?: unknown } | undefined)
    ?.__getSpecialProxyTarget;
  return marked(value ?? guarded);
}

function marked(value: unknown): unknown {
  if (typeof value === "string") return unknownMarks.has(value) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, marked(inner)]));
}

function schemaOf({ settings }: Rule): PolicyConfigSchema["properties"] {
  return Object.fromEntries(
    Object.entries(settings).map(([key, { description, default: value }]) => [
      key,
      typeof value === "number"
        ? { type: "number", description, default: value }
        : { type: "array", items: { type: "string" }, description, default: [...value] },
    ]),
  );
}
