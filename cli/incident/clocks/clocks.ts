import type { FieldOwner } from "./field-owner.ts";

/** What was seen of the shop at one moment of a run. */
export interface Sample {
  readonly at: string;

  /** Why Kubernetes says that the fault is there; absent where it is not. */
  readonly fault?: string;

  /** Who wrote last what the fault changes. */
  readonly owner?: FieldOwner;

  /** State of the flag in the stack's file. */
  readonly flag: string;

  /** Status of an order of our own; absent where none was tried. */
  readonly order?: number;

  /** Orders of everybody so far, by the ledger; absent without one. */
  readonly orders?: OrdersSoFar;

  /** Monitors that alert and notify, with the time of their change. */
  readonly alarms: readonly Alarm[];

  /** States of monitors by name that are other than at the look before; the first has all. */
  readonly states?: Readonly<Record<string, string>>;

  /** Whether the run itself was restoring the shop. */
  readonly leaving: boolean;
}

/** Orders since the shop started. */
interface OrdersSoFar {
  readonly placed: number;

  /** Attempts that were answered with 5xx. */
  readonly failed: number;
}

/** A monitor that alerts and notifies. */
interface Alarm {
  readonly name: string;

  /** When it changed to that. */
  readonly since: string;

  /** 1 to 5; 6 where it has none. */
  readonly priority: number;
}

/** A moment of the exercise, and who or what made it. */
export interface Mark {
  readonly at: string;

  /** Seconds since the fault was seen first. */
  readonly seconds: number;
  readonly by: string;
}

/** The three times that an exercise is about; absent where it did not come to that. */
export interface Clocks {
  /** The first monitor that notifies. */
  readonly detected?: Mark;

  /** The fault is gone. */
  readonly mitigated?: Mark;

  /** An order is placed again. */
  readonly recovered?: Mark;
}

/** Manager of the guard's own writes: components/incident/lease/guard.py. */
const guardManager = "sock-shop-lease";

/**
 * Reads the times out of what was seen.
 *
 * @param landed - when the fault was seen first
 */
export function clocksOf(samples: readonly Sample[], landed: string): Clocks {
  const after = samples.filter(({ at }) => at >= landed);
  const detected = firstAlarm(samples, landed);
  const end = after.findIndex(({ fault }) => fault === undefined);
  const gone = after[end];
  if (gone === undefined) return { ...(detected && { detected }) };
  const time = endOfFault(gone, after[end - 1], landed);
  const mitigated = mark(time, landed, restoredBy(gone));
  const placed = after.slice(end).find(({ order }) => order === 201);
  const recovered = placed && mark(placed.at, landed, "an order of the run is placed");
  return { ...(detected && { detected }), mitigated, ...(recovered && { recovered }) };
}

/** What to say where nobody restored the shop. */
export const stillBroken = "still broken";

/** Who ended the fault, from who wrote last what it had changed. */
export function restoredBy({ at, owner, flag, leaving }: Sample): string {
  if (owner?.manager === guardManager) return "lease guard";
  if (owner !== undefined && !isStack(owner)) {
    const how = owner.subresource === "scale" ? "kubectl scale" : "change";
    return `${how} by ${owner.manager} at ${owner.time ?? at}`;
  }
  if (leaving) return "flag off, by the run itself at its end";
  return flag === "none" ? "flag off" : "an update of the stack";
}

/** Pulumi names itself, with what makes the name unique. */
function isStack({ manager }: FieldOwner): boolean {
  return manager.startsWith("pulumi");
}

/** When the field was written, where that is between the last look and this one. */
function endOfFault(gone: Sample, before: Sample | undefined, landed: string): string {
  const written = gone.owner?.time ?? "";
  const earliest = Date.parse(before?.at ?? landed);
  // the API server keeps whole seconds
  const time = Date.parse(written) + 999;
  return time >= earliest && Date.parse(written) <= Date.parse(gone.at)
    ? new Date(Math.max(Date.parse(written), Date.parse(landed))).toISOString()
    : gone.at;
}

function firstAlarm(samples: readonly Sample[], landed: string): Mark | undefined {
  const [first] = samples
    .flatMap(({ alarms }) => alarms)
    .map(({ since, ...alarm }) => ({ ...alarm, at: new Date(since).toISOString() }))
    .filter(({ at }) => at >= landed)
    .sort((one, other) => one.at.localeCompare(other.at) || one.priority - other.priority);
  return first && mark(first.at, landed, first.name);
}

function mark(at: string, landed: string, by: string): Mark {
  const seconds = Math.round((Date.parse(at) - Date.parse(landed)) / 1000);
  return { at, seconds, by };
}
