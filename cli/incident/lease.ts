import { isDuration, toSeconds } from "../../components/duration.ts";
import { annotations } from "../../components/incident/annotations.ts";
import type { Manifest } from "../pulumi/state-file.ts";

/** A guard that restores the healthy state when its time is over. */
export interface Lease {
  /** Name of the guard's Deployment. */
  readonly name: string;

  /** Length as configured, such as `2h`. */
  readonly lasts: string;

  /** Absent where nothing says when it began. */
  readonly endsAt?: Date;
}

/** A Deployment with the time of its creation, as the API or a state file has it. */
interface Begun {
  readonly manifest: Manifest;
  readonly begun: string | undefined;
}

/** The lease that ends last; undefined where no Deployment is a guard. */
export function leaseOf(deployments: readonly Begun[]): Lease | undefined {
  const endOf = ({ endsAt }: Lease): number => endsAt?.getTime() ?? 0;
  return deployments
    .flatMap(({ manifest: { metadata = {} }, begun }) => {
      const { name, annotations: notes = {} } = metadata;
      const lasts = notes[annotations.lease];
      if (name === undefined || lasts === undefined) return [];
      const endsAt = endOfLease(lasts, begun);
      return [{ name, lasts, ...(endsAt && { endsAt }) }];
    })
    .sort((one, other) => endOf(one) - endOf(other))
    .at(-1);
}

function endOfLease(lasts: string, begun: string | undefined): Date | undefined {
  const begin = Date.parse(begun ?? "");
  if (Number.isNaN(begin)) return undefined;
  // the guard, too, takes a length that it cannot read for none
  return new Date(begin + (isDuration(lasts) ? toSeconds(lasts) * 1000 : 0));
}

/** Whether the guard has begun to restore things. */
export function isExpired({ endsAt }: Lease, now: Date): boolean {
  return endsAt !== undefined && endsAt.getTime() <= now.getTime();
}

/** How the lease stands, as two cells of a table. */
export function leaseCells(lease: Lease, now: Date): [string, string] {
  const { lasts, endsAt } = lease;
  if (endsAt === undefined) return [lasts, "when it began is not known"];
  const at = formatTime(endsAt);
  if (isExpired(lease, now)) return ["ran out", `at ${at}, the guard restores the healthy state`];
  const minutes = Math.ceil((endsAt.getTime() - now.getTime()) / 60_000);
  return [lasts, `ends at ${at}, in ${minutes} min`];
}

/** A time as the API writes it. */
export function formatTime(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, "Z");
}
