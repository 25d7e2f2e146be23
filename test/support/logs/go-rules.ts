import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const source = new URL("../agent-rules/", import.meta.url);

/** A rule as an annotation has it. */
export interface DeclaredRule {
  readonly type: string;
  readonly name: string;
  readonly pattern: string;
  readonly replace_placeholder?: string;
}

interface GoVerdicts {
  /** What is left of each event; null where a rule drops it or nothing is left. */
  readonly sent: readonly (string | null)[];
  /** Time for all events, the rules compiled before. */
  readonly nanos: number;
}

/** The Agent's rules as Go runs them. */
export interface GoRules {
  /** @throws Go's own message where it refuses a pattern */
  judge(rules: readonly DeclaredRule[], events: readonly string[]): GoVerdicts;
  remove(): void;
}

/** Builds the program; undefined where Go is not installed. It needs no module but Go's own. */
export function goRules(): GoRules | undefined {
  if (spawnSync("go", ["version"]).status !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "sock-shop-go-rules-"));
  const program = join(folder, "rules");
  const env = { ...process.env, CGO_ENABLED: "0", GOFLAGS: "", GOWORK: "off" };
  execFileSync("go", ["build", "-o", program, "."], { cwd: source, env, stdio: "pipe" });
  return {
    judge: (rules, events) => {
      const { status, stdout, stderr } = spawnSync(program, {
        input: JSON.stringify({ rules, events }),
        encoding: "utf8",
        maxBuffer: 2 ** 28,
      });
      if (status !== 0) throw new Error(stderr.trim());
      return JSON.parse(stdout) as GoVerdicts;
    },
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}
