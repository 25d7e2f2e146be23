import type { Clock } from "../clock.ts";
import type { HttpCall } from "../http/client.ts";
import type { Handler } from "../../http/message.ts";
import type { ObjectIds, RandomBytes } from "../pod/identity.ts";
import type { ImageTraits } from "../images.ts";
import type { RecordEvent } from "../ledger.ts";
import type { LineSink } from "../pod/pod-log.ts";
import type { Connect } from "../stores/stores.ts";

/** Everything a service touches outside of itself. */
export interface ServiceDeps {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly newObjectId: ObjectIds;
  /** The container's stdout and stderr. */
  readonly log: LineSink;
  readonly call: HttpCall;
  readonly connect: Connect;
  /** Writes down what really happened; the services themselves never read it. */
  readonly record: RecordEvent;
  readonly image: ImageTraits;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly args: readonly string[];
}

/** A running program of a pod. */
export interface Service {
  /** Port that the program would open inside its container. */
  readonly containerPort: number;
  readonly handle: Handler;
  /** What the program does before it opens its port; ends early when `stopped` is. */
  boot?(stopped: AbortSignal): Promise<void>;

  /** Called once the port is open. */
  start?(): void;
  /** SIGTERM. */
  stop?(): void;
}

/** The program ends: thrown out of a handler or at start. The pod then restarts its container. */
export class ProcessExit extends Error {
  override readonly name = "ProcessExit";
  readonly exitCode: number;

  constructor(exitCode: number, lastWords: string) {
    super(lastWords);
    this.exitCode = exitCode;
  }
}

/** `--name=value` or `-name=value` among the arguments; the last one wins. */
export function flag(args: readonly string[], name: string): string | undefined {
  const values = args.flatMap((arg) => new RegExp(`^--?${name}=(.*)$`).exec(arg)?.[1] ?? []);
  return values.at(-1);
}
