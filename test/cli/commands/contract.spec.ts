import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import { incidentStates } from "../../../components/incident/plan.ts";
import { runCli, type World } from "../../support/cli.ts";
import { deployed } from "../../support/sandbox/deployed-stack.ts";
import { asking, loadJob, monitor, payment, previewLog } from "../../support/preview-log.ts";

/** Answers each preview by the state in its configuration file; `moved` states move the monitor. */
function previewing(moved: readonly string[] = []) {
  const seen: string[] = [];
  const answer: World["answer"] = (_, { args }) => {
    const after = (flag: string) => args[args.indexOf(flag) + 1] ?? "";
    if (args[0] !== "preview") return {};
    const file = parse(readFileSync(after("--config-file"), "utf8")) as {
      config: Record<string, string>;
    };
    const state = file.config["sock-shop:incident"] ?? "";
    seen.push(state);
    const replicas = seen.length;
    const shown = [
      asking(payment, { spec: { replicas } }),
      asking(monitor, { query: moved.includes(state) ? "moved" : "" }),
      ...(state === "none" ? [] : [loadJob]),
    ];
    writeFileSync(after("--event-log"), previewLog(shown));
    return {};
  };
  return { answer, seen };
}

describe("lab contract", () => {
  it("previews every state that the plan knows, and applies nothing", async () => {
    const { answer, seen } = previewing();

    const { code, stdout, calls } = await runCli(["contract"], { files: deployed, answer });

    expect(code).to.equal(0);
    expect(seen).to.deep.equal([...incidentStates]);
    const count = incidentStates.length * (incidentStates.length - 1);
    expect(stdout).to.contain(`the contract holds for ${count} changes of the flag\n`);
    const pulumi = calls.filter((call) => call.startsWith("pulumi "));
    expect(pulumi.every((call) => call.startsWith("pulumi preview --stack sandbox "))).to.equal(
      true,
    );
  });

  it("fails when a state moves a monitor, and says so in JSON without anything else", async () => {
    const { answer } = previewing(["payment-down"]);

    const run = await runCli(["contract", "--json"], { files: deployed, answer });

    expect(run.code).to.equal(1);
    const { problems } = JSON.parse(run.stdout) as { problems: string[] };
    expect(problems[0]).to.equal(
      "none to payment-down: must not update " +
        "datadog:index/monitor:Monitor payment-no-replicas (query)",
    );
  });

  it("shows the engine's own words when a preview fails", async () => {
    const answer: World["answer"] = (_, { args }) =>
      args[0] === "preview" ? { code: 255, stderr: "error: no such file" } : {};

    const { code, stderr } = await runCli(["contract"], { files: deployed, answer });

    expect(code).to.equal(1);
    expect(stderr).to.equal(
      "lab: the preview of sandbox failed with exit code 255:\nerror: no such file\n",
    );
  });
});
