import { parseArgs } from "node:util";

/** What can be done with the stacks of all teams. */
const actions = ["prepare", "preview", "up", "destroy"] as const;

export type Action = (typeof actions)[number];

export interface WorkshopArguments {
  readonly action: Action;

  /** Stack whose configuration the teams' are made of. */
  readonly base: string;
  readonly teams: number;

  /** Updates at the same time. */
  readonly jobs: number;
  readonly firstNodePort?: number;
}

const usage =
  "usage: node workshop/main.ts prepare|preview|up|destroy [--base dev] [--teams 10] [--jobs 2] " +
  "[--first-node-port 30101]";

/** Reads the command line; throws one line that names what is wrong. */
export function readArguments(args: readonly string[]): WorkshopArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      base: { type: "string", default: "dev" },
      teams: { type: "string", default: "10" },
      jobs: { type: "string", default: "2" },
      "first-node-port": { type: "string" },
    },
    strict: true,
    allowPositionals: true,
  });
  const [word = "nothing", ...more] = positionals;
  const action = actions.find((known) => known === word);
  if (action === undefined || more.length > 0) {
    const got = [word, ...more].join(" ");
    throw new Error(`expected one of ${actions.join(", ")}, got ${got}; ${usage}`);
  }
  const teams = whole("--teams", values.teams, 1, 99);
  const port = values["first-node-port"];
  return {
    action,
    base: values.base,
    teams,
    jobs: whole("--jobs", values.jobs, 1, 10),
    ...(port !== undefined && {
      firstNodePort: whole("--first-node-port", port, 30_000, 32_768 - teams),
    }),
  };
}

function whole(name: string, text: string, lowest: number, highest: number): number {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (value >= lowest && value <= highest) return value;
  throw new Error(
    `${name}: expected a whole number from ${lowest} to ${highest}, got ${JSON.stringify(text)}; ${usage}`,
  );
}
