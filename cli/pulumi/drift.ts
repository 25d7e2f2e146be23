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

interface State {
  readonly inputs?: unknown;
  readonly outputs?: unknown;
}

interface Step {
  readonly op: string;
  readonly urn: string;
  readonly old: State | null;
  readonly new: State | null;
  readonly diffs?: readonly string[] | null;
  readonly detailedDiff?: Readonly<Record<string, unknown>> | null;
}

/** Operations that change nothing, and those that a `replace` of the same resource goes with. */
const quiet = new Set(["same", "refresh", "read", "create-replacement", "delete-replaced"]);

/**
 * Reads the engine's event log of a preview that looked first what is there: one JSON object a line.
 * In it, `old` is what was found and `new` what the program declares.
 */
export function readDrift(log: string): Drifted[] {
  const steps = log.split("\n").flatMap(stepOf);
  return steps.filter(({ op }) => !quiet.has(op)).map(drifted);
}

function stepOf(line: string): Step[] {
  if (!line.includes('"resourcePreEvent"')) return [];
  try {
    const event = JSON.parse(line) as { resourcePreEvent?: { metadata: Step } };
    return event.resourcePreEvent === undefined ? [] : [event.resourcePreEvent.metadata];
  } catch {
    return []; // the engine was killed while it wrote this line
  }
}

function drifted({ op, urn, ...step }: Step): Drifted {
  const resource = nameOf(urn);
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
function nameOf(urn: string): string {
  const [, , types = "", ...name] = urn.split("::");
  return `${types.split(":").at(-1) ?? ""} ${name.join("::")}`;
}

/** What was asked for stands in the inputs; what only the API knows, in the outputs. */
function valueAt(state: State | null, path: string): unknown {
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

/** The engine writes secrets as objects that say so. */
function shown(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  const text = typeof value === "string" ? value : JSON.stringify(value);
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
