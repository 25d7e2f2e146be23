import * as z from "zod";
import { Failure } from "../context/errors.ts";

/** A field that is secret, or of another shape, counts as absent. */
const field = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

const manifestSchema = z.object({
  metadata: field(
    z.object({
      name: field(z.string()),
      annotations: field(z.record(z.string(), z.string())),
      creationTimestamp: field(z.string()),
    }),
  ),
  spec: field(
    z.object({
      replicas: field(z.number()),
      selector: field(z.record(z.string(), z.unknown())),
    }),
  ),
  status: field(z.object({ availableReplicas: field(z.number()) })),
});

const valuesSchema = z.record(z.string(), z.unknown());

const resourceSchema = z.looseObject({
  urn: z.string().default(""),
  type: z.string().default(""),

  /** The provider's id; components have none. */
  id: z.string().optional(),

  /** When the state first had it and when it was changed last, RFC 3339. */
  created: z.string().optional(),
  modified: z.string().optional(),
  inputs: valuesSchema.default({}),
  outputs: valuesSchema.default({}),
});

const deploymentSchema = z.looseObject({
  resources: z.array(resourceSchema).nullish(),
  pending_operations: z
    .array(z.looseObject({ type: z.string(), resource: resourceSchema }))
    .nullish(),
});

const stateSchema = z.looseObject({
  checkpoint: z.looseObject({ latest: deploymentSchema.nullish() }).optional(),
  deployment: deploymentSchema.nullish(),
});

/** One resource of a stack's state. */
export type StateResource = z.infer<typeof resourceSchema>;

/** An operation that an update began and never confirmed. */
interface OpenOperation {
  /** `creating`, `updating`, `deleting`, `reading` or `importing`. */
  readonly type: string;
  readonly resource: StateResource;
}

/** What is read of a stack's state. */
export interface StackState {
  readonly resources: readonly StateResource[];
  readonly operations: readonly OpenOperation[];
}

/** The fields of a Kubernetes object that are read, in a state as in a cluster. */
export type Manifest = z.infer<typeof manifestSchema>;

/**
 * Reads a stack's state: a file of Pulumi's file backend, or what `pulumi stack export` prints.
 *
 * @param where what the text is, for the error: `the state of stack sandbox`
 * @throws Failure if the text is no such state
 */
export function readState(text: string, where = "the stack's state"): StackState {
  const parsed = stateSchema.safeParse(jsonOf(text, where));
  if (!parsed.success) throw new Failure(`${where} is not a state of Pulumi: ${why(parsed.error)}`);
  const { checkpoint, deployment = checkpoint?.latest } = parsed.data;
  const { resources, pending_operations: operations } = deployment ?? {};
  return { resources: resources ?? [], operations: operations ?? [] };
}

function why({ issues: [first] }: z.ZodError): string {
  if (first === undefined) return "it has another format";
  const path = first.path.map(String).join(".");
  return path === "" ? first.message : `${path}: ${first.message}`;
}

/** @throws Failure for a text that was cut off, or never was JSON */
function jsonOf(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const found = text.trim() === "" ? "is empty" : "is cut off or not JSON";
    throw new Failure(`${where} ${found}; write it with: pulumi stack export`, { cause });
  }
}

/** A Kubernetes object as a state holds it; empty for fields of other shapes, such as secrets. */
export function manifestOf(values: Readonly<Record<string, unknown>>): Manifest {
  return manifestSchema.safeParse(values).data ?? {};
}

/** The outputs of the stack itself; empty before the first update has ended. */
export function stackOutputs({ resources }: StackState): Readonly<Record<string, unknown>> {
  return resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
}

/** The last part of a URN, the name that the program gave. */
export function resourceName(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** The resource's own type, without those of the components around it. */
export function resourceType(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}
