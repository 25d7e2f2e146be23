/**
 * Posts the marker of an incident to Datadog. Run by the command of `../marker.ts`, as
 * `main.ts apply` when the state may have changed, and as `main.ts end` when the stack goes.
 *
 * It reads a {@link MarkerInput} from its standard input, the API key from DD_API_KEY and what it
 * printed the last time from PULUMI_COMMAND_STDOUT. It prints one line, and never fails because of
 * Datadog: an incident must not depend on its marker. When the stack goes, it also warns on its
 * standard error; otherwise the program that reads the line does.
 */
import { execFileSync } from "node:child_process";
import { text } from "node:stream/consumers";
import {
  eventOf,
  type MarkerEvent,
  type MarkerInput,
  markLine,
  markWarning,
  notPosted,
  parseMark,
  stateBefore,
} from "./mark.ts";

const patienceMs = 10_000;
const isEnd = process.argv[2] === "end";

const input = await readInput();
const previous = parseMark(process.env["PULUMI_COMMAND_STDOUT"]);
const before = stateBefore(previous, input.state);
const outcome =
  before === input.state
    ? previous.outcome
    : await post(input.url, eventOf(before, input, whoami()));
const line = markLine({ state: input.state, outcome });
console.log(line);
const warning = isEnd ? markWarning(line) : undefined;
if (warning !== undefined) console.error(warning);

async function readInput(): Promise<MarkerInput> {
  const given = JSON.parse(await text(process.stdin)) as MarkerInput;
  return isEnd ? { ...given, state: "none" } : given;
}

/** Whoever git knows here. */
function whoami(): string {
  try {
    const name = execFileSync("git", ["config", "user.name"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return name.trim() || "unknown";
  } catch {
    return "unknown";
  }
}

async function post(url: string, event: MarkerEvent): Promise<string> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "DD-API-KEY": process.env["DD_API_KEY"] ?? "",
      },
      body: JSON.stringify(event),
      signal: AbortSignal.timeout(patienceMs),
    });
    return response.ok ? "event posted" : notPosted(`Datadog answered ${response.status}`, before);
  } catch (error) {
    return notPosted(reasonOf(error), before);
  }
}

/** The code of a failed connection says more than fetch's own words, which are always the same. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "for no known reason";
  const { cause, name } = error;
  if (cause instanceof Error) return "code" in cause ? String(cause.code) : cause.name;
  return name === "TimeoutError" ? `no answer in ${patienceMs / 1000} s` : name;
}
