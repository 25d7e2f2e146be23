/** Why a request of orders ended with an error. */
export type Failure = "refused" | "timeout" | "status" | "other";

/** What orders says of one request, joined by Sleuth's trace id. */
export interface OrderTrace {
  readonly trace: string;

  /** Whether it asked payment for money. */
  readonly asked: boolean;

  /** What payment answered; absent where it did not. */
  readonly authorised?: boolean;
  readonly failure?: Failure;
}

const header =
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\s+([A-Z]+) \[[\w-]*,([0-9a-f]*),[^\]]*\][^[]*\[([^\]]*)\]/;
const asking = /Sending payment request|Calling payment service at/;
const answer = /Received payment response[^:]*: PaymentResponse\{authorised=(true|false)/;

/** The first kind whose words an error has; the root cause is in the stack trace below it. */
const failures: readonly (readonly [Failure, RegExp])[] = [
  ["refused", /Connection refused|ConnectException|NoRouteToHostException|UnknownHostException/],
  ["timeout", /TimeoutException|due to timeout/],
  ["status", /HttpServerErrorException/],
];

/**
 * Reads what orders printed, of any of its builds. Lines without a header belong to the event above
 * them. The dispatcher's error comes when the trace is closed already: its thread says whose it is.
 */
export function orderTraces(log: string): OrderTrace[] {
  const traces = new Map<string, OrderTrace>();
  for (const { trace, level, text } of eventsOf(log)) {
    const known = traces.get(trace) ?? { trace, asked: false };
    const authorised = answer.exec(text)?.[1];
    traces.set(trace, {
      ...known,
      asked: known.asked || asking.test(text) || authorised !== undefined,
      ...(authorised !== undefined && { authorised: authorised === "true" }),
      ...(level === "ERROR" && { failure: failureIn(text) }),
    });
  }
  return [...traces.values()];
}

function failureIn(text: string): Failure {
  return failures.find(([, pattern]) => pattern.test(text))?.[0] ?? "other";
}

interface Event {
  readonly trace: string;
  readonly level: string;
  text: string;
}

function eventsOf(log: string): Event[] {
  const events: Event[] = [];
  const traceOf = new Map<string, string>();
  for (const line of log.split("\n")) {
    const [, level, own = "", thread = ""] = header.exec(line) ?? [];
    if (level !== undefined) {
      const trace = own === "" ? (traceOf.get(thread) ?? "") : own;
      traceOf.set(thread, trace);
      events.push({ level, trace, text: line });
    } else {
      const last = events.at(-1);
      if (last !== undefined) last.text += `\n${line}`;
    }
  }
  return events.filter(({ trace }) => trace !== "");
}

/** Trace ids of the calls that a proxy delayed (`DI`) or answered itself (`FI`). */
export function faultedTraces(proxyLog: string): ReadonlySet<string> {
  const found = proxyLog.split("\n").flatMap((line) => {
    const { flags, trace_id: trace } = fieldsOf(line);
    return typeof flags === "string" && typeof trace === "string" && /\b[DF]I\b/.test(flags)
      ? [trace]
      : [];
  });
  return new Set(found);
}

function fieldsOf(line: string): { flags?: unknown; trace_id?: unknown } {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
