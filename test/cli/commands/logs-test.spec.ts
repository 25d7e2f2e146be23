import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCli, type LabRun } from "../../support/cli.ts";
import { vrlEngine } from "../../support/logs/vrl-engine.ts";

const header = "ERROR [orders,,,] 1 --- [nio-8080-exec-3] o.a.C : ";
const soon = new Date(Date.now() - 60_000).toISOString().replace("T", " ").replace("Z", "");

describe("lab logs test", () => {
  const engine = vrlEngine();
  let folder = "";

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "lines-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const tried = (name: string, lines: readonly string[], ...more: string[]): Promise<LabRun> => {
    const file = join(folder, name);
    writeFileSync(file, `${lines.join("\n")}\n`);
    const open = { engine: engine(), close: () => Promise.resolve() };
    return runCli(["logs", "test", file, ...more], {
      sandbox: { openLogEngine: () => Promise.resolve(open) },
    });
  };

  it("names the rules that matched an event, and everything that was found", async () => {
    const { code, stdout } = await tried("orders.log", [
      `${soon} ${header}Servlet.service() threw exception [Unable to create order due to timeout]`,
      "",
      "java.util.concurrent.TimeoutException: null",
      "\tat a.B.c(B.java:1)",
    ]);

    expect(code).to.equal(0);
    expect(stdout).to.include("(4 lines)");
    expect(stdout).to.match(/console line +rule spring_boot_sleuth\n/);
    expect(stdout).to.match(/orders +rule order_failed_stock\n/);
    expect(stdout).to.match(/\n {2}status +error\n/);
    expect(stdout).to.include(soon.replace(" ", "T"));
    expect(stdout).to.match(/@order\.outcome +timeout\n/);
  });

  it("says which rule came farthest where none matches, and fails", async () => {
    const { code, stdout } = await tried("carts.txt", [
      `${soon} WARN [carts,,,] one --- [main] a : b`,
    ]);

    expect(code).to.equal(1);
    expect(stdout).to.match(/no rule +spring_boot_sleuth came farthest; it stops at %\{_pid\}\n/);
    expect(stdout).to.include("what is left: one --- [main] a : b");
  });

  it("says which rule of the agent drops a line, and never shows what one masks", async () => {
    const { code, stdout } = await tried(
      "lines",
      [
        "ts=2026-01-01T00:00:00Z caller=l.go:1 method=Health",
        "ts=2026-01-01T00:00:00Z caller=l.go:1 password=hunter2",
      ],
      "--service",
      "user",
    );

    expect(code).to.equal(0);
    expect(stdout).to.match(/dropped +by the agent's rule drop_health\n/);
    expect(stdout).to.match(/message +ts=\S+ caller=l.go:1 password=masked_secret\n/);
    expect(stdout).not.to.include("hunter2");
  });

  it("says that no pipeline takes a database's lines", async () => {
    const { stdout } = await tried("session-db.log", ["1:M 18 Oct 2025 09:22:50.461 * Saving..."]);

    expect(stdout).to.match(/pipeline +none for source redis\n/);
  });

  it("wants a file that can be read, and a service that there is", async () => {
    const missing = await runCli(["logs", "test", join(folder, "none.log")]);
    const service = await runCli(["logs", "test", "x", "--service", "order"]);

    expect(missing.stderr).to.include("none.log (ENOENT); name a file of log lines");
    expect(missing.code).to.equal(1);
    expect(service.stderr).to.include('"--service" needs one of carts, carts-db, ');
    expect(service.code).to.equal(2);
  });
});
