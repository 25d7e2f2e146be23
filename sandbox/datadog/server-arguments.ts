import { parseArgs } from "node:util";

const usage =
  "usage: node sandbox/datadog/server.ts --port <1-65535> --state <directory> " +
  "[--evaluate-every <seconds>]";

/** Seconds between two evaluations of the monitors, as Datadog has it. */
const usualSeconds = 60;

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
  const { port = "", state = "" } = values;
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw new Error(`--port ${JSON.stringify(port)} is not a number from 1 to 65535; ${usage}`);
  }
  if (state === "") {
    throw new Error(`--state is missing; ${usage}`);
  }
  const every = values["evaluate-every"] ?? String(usualSeconds);
  if (!/^\d{1,4}$/.test(every) || Number(every) < 1 || Number(every) > 3600) {
    throw new Error(
      `--evaluate-every ${JSON.stringify(every)} is not a number from 1 to 3600; ${usage}`,
    );
  }
  return { port: Number(port), state, evaluateEvery: Number(every) };
}
