import { isDuration, toSeconds } from "../../../components/duration.ts";
import { argument, defineCommand, flag, option } from "../../framework/command.ts";
import { jsonOption, stackOption } from "../../framework/shared-options.ts";
import { UsageFailure } from "../../context/errors.ts";
import { readState, staged } from "./staged-states.ts";

/** Seconds that a fault is held where nothing is said; most monitors have a window of 5 minutes. */
const defaultHold = "5m";
const defaultSeed = 42;

export const incidentRun = defineCommand({
  name: "incident run",
  summary: "run an exercise: prove the fault, watch it, restore the shop, write a report",
  arguments: {
    state: argument({
      placeholder: "state",
      help: "state of the flag to stage, as with incident enter",
      suggestions: () => staged,
      read: readState,
    }),
  },
  options: {
    stack: stackOption,
    for: option({
      placeholder: "time",
      help: `how long the fault lasts once it is proven (default: ${defaultHold})`,
      read: (text) => readTime("--for", text ?? defaultHold),
    }),
    users: option({
      placeholder: "number",
      help: "customers of the load (default: load.users of the stack)",
      read: (text) => readNumber("--users", text, 500),
    }),
    seed: option({
      placeholder: "number",
      help: `seed of what the customers order (default: ${defaultSeed})`,
      read: (text) => readNumber("--seed", text, 4_294_967_295) ?? defaultSeed,
    }),
    holdUntil: option({
      placeholder: "what",
      help: "end earlier: restored (an order is placed again), monitor:<key> (it alerts) or a time",
      read: readUntil,
    }),
    noLoad: flag("stage the fault without customers; the run places a few orders of its own"),
    repeat: option({
      placeholder: "number",
      help: "run it that often, and compare (default: 1)",
      read: (text) => readNumber("--repeat", text, 20) ?? 1,
    }),
    notify: flag("let monitors notify; without it a downtime mutes the drill"),
    json: jsonOption,
  },
  details:
    "Phases: doctor, steady, enter, witness, hold, leave, recover, collect, report. The fault counts " +
    "as landed only by two proofs, from Kubernetes and from the orders that fail, while login, " +
    "catalogue and cart go on working. Everything is kept in runs/.\n\n" +
    "Verdict and exit code: valid (0); invalid (4), a condition did not hold, such as a fault that " +
    "never landed; broken (5), lab itself failed. Ctrl-C restores the shop. After a crash, " +
    "./lab incident status says where the run stopped, and ./lab incident leave restores the shop.",
  examples: [
    ["./lab incident run payment-down", "hold the fault for 5 minutes"],
    ["./lab incident run payment-slow --for 10m --users 20 --seed 7", "with another load"],
    ["./lab incident run payment-down --hold-until restored", "an exercise for a person"],
    ["./lab incident run payment-down --repeat 3 --json", "medians and ranges of three runs"],
  ],
  run: async (given, context) =>
    (await import("../../actions/incident/run.ts")).runIncidentRun(given, context),
});

function readTime(name: string, text: string): number {
  if (isDuration(text) && toSeconds(text) >= 5 && toSeconds(text) <= 3600) return toSeconds(text);
  throw new UsageFailure(`option "${name}" needs a time from 5s to 1h, got "${text}"; such as 5m`);
}

function readNumber(name: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined;
  const least = name === "--seed" ? 0 : 1;
  if (/^\d{1,10}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
  throw new UsageFailure(
    `option "${name}" needs a whole number from ${least} to ${most}, got "${text}"`,
  );
}

/** A time is a shorter `--for`; "mended" is the older word for restored. */
function readUntil(text: string | undefined): string | number | undefined {
  if (text === undefined) return undefined;
  if (text === "restored" || text === "mended") return "restored";
  if (/^monitor:\S/.test(text)) return text;
  if (isDuration(text)) return readTime("--hold-until", text);
  throw new UsageFailure(
    `option "--hold-until" needs restored, monitor:<key> or a time such as 5m, got "${text}"`,
  );
}
