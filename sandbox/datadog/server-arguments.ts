import { parseArgs } from "node:util";

const usage =
  "usage: node sandbox/datadog/server.ts --port <1-65535> --state <directory> " +
  "[--evaluate-every <seconds>] [--shop <address>]";

/** Seconds between two evaluations of the monitors, as Datadog has it. */
const defaultSeconds = 60;

export interface ServerArguments {
  port: number;
  state: string;
  /** Seconds between two evaluations of the monitors. */
  evaluateEvery: number;
  /** Control address of the shop whose ledger the start page shows. */
  shop?: string;
}

/** Reads the command line; throws one line that names what is wrong. */
export function readArguments(args: string[]): ServerArguments {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: "string" },
      state: { type: "string" },
      "evaluate-every": { type: "string" },
      shop: { type: "string" },
    },
    strict: true,
    allowPositionals: false,
  });
  const {
    port: portText = "",
    state = "",
    "evaluate-every": every = String(defaultSeconds),
    shop,
  } = values;
  const port = wholeNumber("--port", portText, 65_535);
  if (state === "") throw new Error(`--state is missing; ${usage}`);
  const evaluateEvery = wholeNumber("--evaluate-every", every, 3600);
  return { port, state, evaluateEvery, ...(shop !== undefined && { shop: loopback(shop) }) };
}

/** The ledger is asked of this machine alone. */
function loopback(text: string): string {
  const isLocal = /^http:\/\/127\.0\.0\.1:\d{1,5}\/?$/.test(text);
  if (isLocal && URL.canParse(text)) return new URL(text).href;
  throw new Error(`--shop ${JSON.stringify(text)} is no http://127.0.0.1:<port>/; ${usage}`);
}

function wholeNumber(name: string, text: string, max: number): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= max) return number;
  throw new Error(`${name} ${JSON.stringify(text)} is not a number from 1 to ${max}; ${usage}`);
}
