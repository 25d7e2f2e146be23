import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ask, type Session } from "../stack/stack-session.ts";
import { type DeclaredChange, declaredChanges } from "./declared-changes.ts";
import { type RecordedState, wholeState } from "./recorded-state.ts";

const goldenFolder = "test/golden";
const baseState = "none";
const detectionFile = "docs/detection.md";

/** What the change is to be compared with: where it left the other branch, if git knows. */
export async function baseOf(session: Session, branch: string): Promise<string | undefined> {
  const { code, stdout } = await ask(session, "git", ["merge-base", branch, "HEAD"]);
  return code === 0 ? stdout.trim().slice(0, 12) : undefined;
}

/** What the change does to the recorded resources, by state of the flag. */
export async function changesSince(
  session: Session,
  base: string,
  states: readonly string[],
): Promise<ReadonlyMap<string, readonly DeclaredChange[]>> {
  const folder = join(session.context.root, goldenFolder);
  const files = new Set(await readdir(folder).catch(() => []));
  const now = async (state: string) => readFile(join(folder, `${state}.json`), "utf8");
  const before = async (state: string) => textAt(session, base, `${goldenFolder}/${state}.json`);
  if (!files.has(`${baseState}.json`)) return new Map();
  const none = {
    now: wholeState([], parsed(await now(baseState))),
    before: wholeState([], parsed(await before(baseState))),
  };
  const changes = new Map<string, readonly DeclaredChange[]>();
  for (const state of states.filter((it) => files.has(`${it}.json`))) {
    const was = wholeState(none.before, parsed(await before(state)));
    changes.set(state, declaredChanges(was, wholeState(none.now, parsed(await now(state)))));
  }
  return changes;
}

/** Lines of the detection matrix that the change removes and adds. */
export async function detectionSince(session: Session, base: string): Promise<readonly string[]> {
  const { stdout } = await ask(session, "git", ["diff", "--unified=0", base, "--", detectionFile]);
  return stdout.split("\n").filter((line) => /^[+-](?![+-]{2})/.test(line));
}

async function textAt(session: Session, base: string, path: string): Promise<string | undefined> {
  const { code, stdout } = await ask(session, "git", ["show", `${base}:${path}`]);
  return code === 0 ? stdout : undefined;
}

function parsed(text = "[]"): RecordedState {
  return JSON.parse(text) as RecordedState;
}
