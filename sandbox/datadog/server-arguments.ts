import { parseArgs } from "node:util";

const usage =
  "usage: node sandbox/datadog/server.ts --port <1-65535> --state <directory> " +
  "[--evaluate-every <seconds>]";

/** Seconds between two evaluations of the monitors, as Datadog has it. */
const defaultSeconds = 60;

export interface ServerArguments {
  port: number;
  state: string;
  /** Seconds between two evaluations of the monitors. */
  evaluateEvery: number;
}

/** Reads the command line; throws one line that names what is wrong. */
export function readArguments(args: string[]): ServerArguments {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: "string" },
      state: { type: "string" },
      "evaluate-every": { type: "string" },
    },
    strict: true,
    allowPositionals: false,
  });
  const {
    port: portText = "",
    state = "",
    "evaluate-every": every = String(defaultSeconds),
  } = values;
  const port = wholeNumber("--port", portText, 65_535);
  if (state === "") throw new Error(`--state is missing; ${usage}`);
  return { port, state, evaluateEvery: wholeNumber("--evaluate-every", every, 3600) };
}

function wholeNumber(name: string, text: string, max: number): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= max) return number;
  throw new Error(`${name} ${JSON.stringify(text)} is not a number from 1 to ${max}; ${usage}`);
}
