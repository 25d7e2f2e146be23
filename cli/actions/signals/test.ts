import { join } from "node:path";
import { exitCodes, Failure } from "../../context/errors.ts";
import { type Body, printDocument } from "../../json/print-document.ts";
import type { SignalsTestDocument } from "../../json/schemas/tests.ts";
import { openSession } from "../../stack/stack-session.ts";
import type { Context } from "../../context/context.ts";
import type { StackRequest } from "../requests.ts";

interface SignalsTestRequest extends StackRequest {
  /** Names; none means all. */
  readonly scenarios: readonly string[];
  readonly mutants: boolean;
}

/** Runs the simulation in a process of its own, and prints what it finds. */
export async function runSignalsTest(
  { scenarios, mutants, json, stack }: SignalsTestRequest,
  context: Context,
): Promise<number> {
  const { env } = await openSession({ stack }, context);
  const { run, root, node } = context;
  const program = join("simulation", "main.ts");
  const flags = [...(mutants ? ["--mutants"] : []), ...(json ? ["--json"] : [])];
  const simulation = { file: node, args: [program, ...flags, ...scenarios], cwd: root, env };
  if (!json) return await run.attach(simulation);
  const { code, stdout, stderr } = await run.capture(simulation);
  const result = resultIn(stdout);
  if (result === undefined) throw new Failure(failureText(stderr, code));
  printDocument<SignalsTestDocument>(context, { ok: code === exitCodes.ok, ...result });
  return code;
}

/** What the simulation prints with --json; undefined if it failed before that. */
function resultIn(text: string): Omit<Body<SignalsTestDocument>, "ok"> | undefined {
  try {
    return JSON.parse(text) as Omit<Body<SignalsTestDocument>, "ok">;
  } catch {
    return undefined;
  }
}

function failureText(stderr: string, code: number): string {
  const words = stderr.trim().replace(/^signals test: /, "");
  return words === "" ? `the simulation ended with exit code ${code}` : words;
}
