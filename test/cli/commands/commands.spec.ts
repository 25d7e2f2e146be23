import { expect } from "chai";
import { runCli } from "../../support/cli.ts";
import type { World } from "../../support/cli.ts";
import {
  stateFile,
  deployed,
  pulumiUp,
  eventLog,
  settled,
  started,
  readLiveState,
  checkpoint,
  liveCluster,
} from "../../support/sandbox/deployed-stack.ts";

interface Case {
  readonly argv: string;
  readonly when?: string;
  readonly world?: World;
  readonly calls: readonly string[];
}

const cases: readonly Case[] = [
  {
    argv: "up",
    calls: [...started, "pulumi stack select --create sandbox", `${pulumiUp} ${eventLog}`, settled],
  },
  {
    argv: "up --refresh --diff",
    world: { files: deployed },
    calls: [...started, `${pulumiUp} --refresh --diff ${eventLog}`, settled],
  },
  {
    argv: "up --policies",
    world: { files: deployed },
    calls: [
      ...started,
      `${pulumiUp.replace("--skip-preview", "--policy-pack policies")} ${eventLog}`,
      settled,
    ],
  },
  {
    argv: "up --stack dev",
    world: { answer: (line) => (line.includes("export") ? { stdout: "{}" } : {}) },
    calls: [
      "[install toolchain]",
      "pulumi stack select --create dev",
      `pulumi up --stack dev --yes --suppress-outputs --policy-pack policies ${eventLog}`,
      "pulumi stack export --stack dev",
    ],
  },
  {
    argv: "incident enter payment-down",
    world: { files: deployed },
    calls: [...started, `${pulumiUp} --config incident=payment-down ${eventLog}`, settled],
  },
  {
    argv: "incident leave -s sandbox",
    world: {
      files: { [stateFile]: checkpoint("payment-down") },
    },
    calls: [...started, `${pulumiUp} --config incident=none ${eventLog}`, settled],
  },
  {
    argv: "status",
    world: { files: deployed },
    calls: [
      "[find cluster]",
      "[find datadog 2026]",
      "[find shop 2025 2027]",
      "[find agent 2028]",
      "[ledger of the shop on 2027]",
    ],
  },
  {
    argv: "incident status",
    world: { files: deployed, answer: () => ({ stdout: liveCluster(1) }) },
    calls: [readLiveState],
  },
  {
    argv: "shell",
    when: " in bash",
    world: { env: { SHELL: "/bin/bash" }, files: deployed },
    calls: ["/bin/bash --rcfile <root>/cli/shell-prompt.bash -i"],
  },
  { argv: "shell", world: { files: deployed }, calls: ["/bin/sh -i"] },
  {
    argv: "shell -- kubectl get pods -n x",
    world: { files: deployed },
    calls: ["kubectl get pods -n x"],
  },
  { argv: "shell -- npm test", when: " before anything is deployed", calls: ["npm test"] },
  { argv: "shell -s dev -- pulumi up", calls: ["pulumi up"] },
  {
    argv: "down",
    when: " of a sandbox",
    world: { files: deployed },
    calls: [
      "[find cluster]",
      "[start datadog 2026]",
      "pulumi destroy --stack sandbox --yes --suppress-outputs --skip-preview",
      "[stop cluster]",
      "[stop processes]",
    ],
  },
  { argv: "down", calls: [] },
  {
    argv: "down -s dev",
    calls: ["pulumi destroy --stack dev --yes --suppress-outputs --skip-preview"],
  },
  { argv: "doctor -s dev", calls: ["[inspect toolchain]"] },
];

describe("commands of lab", () => {
  for (const { argv, when = "", world, calls } of cases) {
    it(`runs "${argv}"${when}`, async () => {
      const run = await runCli(argv.split(" "), world);

      expect(run.stderr).to.equal("");
      expect(run.code).to.equal(0);
      expect(run.calls).to.deep.equal(calls);
    });
  }

  for (const program of ["", " -- pulumi stack", " -- kubectl get pods"]) {
    it(`says before "shell${program}" that nothing is deployed yet, and goes on`, async () => {
      const run = await runCli(`shell${program}`.split(" "));

      expect(run.stderr).to.equal("lab: nothing is deployed yet; run ./lab up\n");
      expect(run.code).to.equal(0);
      expect(run.calls).to.have.length(1);
    });
  }
});
