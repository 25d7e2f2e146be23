import { readEventLog, stepsOf } from "./event-log.ts";
import type { EngineStep } from "./event-log.ts";
import { resourceName, resourceType } from "./state-file.ts";

/** One resource that is not as the stack declares it. */
export interface Drifted {
  /** Kind and name: `Deployment payment`. */
  readonly resource: string;
  readonly what: "differs" | "is missing" | "is not declared any more";

  /** The properties that differ. */
  readonly properties: readonly DriftedProperty[];
}

interface DriftedProperty {
  readonly path: string;
  readonly found: string;
  readonly declared: string;
}

/** Operations that change nothing, and those that a `replace` of the same resource goes with. */
const quiet: ReadonlySet<string> = new Set([
  "same",
  "refresh",
  "read",
  "create-replacement",
  "delete-replaced",
]);

/**
 * Reads the engine's event log of a preview that looked first what is there: one JSON object a line.
 * In it, `old` is what was found and `new` what the program declares.
 */
export function readDrift(log: string): Drifted[] {
  return stepsOf(readEventLog(log))
    .filter(({ op }) => !quiet.has(op))
    .map(drifted);
}

function drifted({ op, urn, ...step }: EngineStep): Drifted {
  const resource = shortName(urn);
  if (op === "create") return { resource, what: "is missing", properties: [] };
  if (op === "delete") return { resource, what: "is not declared any more", properties: [] };
  const paths = Object.keys(step.detailedDiff ?? {});
  const properties = (paths.length > 0 ? paths : (step.diffs ?? [])).map((path) => ({
    path,
    found: shown(valueAt(step.old, path)),
    declared: shown(valueAt(step.new, path)),
  }));
  return { resource, what: "differs", properties };
}

/** `urn:pulumi:…::a$kubernetes:apps/v1:Deployment::payment` is `Deployment payment`. */
function shortName(urn: string): string {
  return `${resourceType(urn).split(":").at(-1) ?? ""} ${resourceName(urn)}`;
}

/** What was asked for stands in the inputs; what only the API knows, in the outputs. */
function valueAt(state: EngineStep["old"], path: string): unknown {
  const found = path.matchAll(/"([^"]*)"|[^.[\]"]+/g);
  const keys = [...found].map(([key, quoted]) => quoted ?? key);
  const follow = (from: unknown): unknown =>
    keys.reduce<unknown>(
      (value, key) =>
        typeof value === "object" && value !== null
          ? (value as Readonly<Record<string, unknown>>)[key]
          : undefined,
      from,
    );
  return follow(state?.inputs) ?? follow(state?.outputs);
}

const longest = 60;

/**
 * What the engine writes for a value that only the update will tell, a word for each type of value
 * (pulumi/pulumi, sdk/go/common/resource/plugin/rpc.go).
 */
const unknownValue = new RegExp(
  [
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
  ]
    .map((word) => `"?${word}"?`)
    .join("|"),
  "g",
);

/** The engine writes secrets as objects that say so. */
function shown(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  const json = typeof value === "string" ? value : JSON.stringify(value);
  const text = json.replaceAll(unknownValue, "known after the update");
  if (text.includes("[secret]") || text.includes('"ciphertext"')) return "a secret";
  if (text === "") return '""';
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

/** What differs, a line each, with the properties of a resource below it. */
export function driftLines(all: readonly Drifted[]): string[] {
  return all.flatMap(({ resource, what, properties }) => [
    `! ${resource} ${what}${what === "is missing" ? ", the stack declares it" : ""}`,
    ...properties.map(
      ({ path, found, declared }) => `    ${path} is ${found}, the stack declares ${declared}`,
    ),
  ]);
}
