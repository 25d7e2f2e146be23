import { expect } from "chai";
import { homedir } from "node:os";
import { parse } from "yaml";
import { readFileSync } from "node:fs";
import { evaluateAll } from "../../policies/evaluate.ts";
import { rules } from "../../policies/rules.ts";
import { parseSettings } from "../../settings/settings.ts";
import { judgedStack } from "../support/policies/judged-stack.ts";
import { readArguments } from "../../workshop/arguments.ts";
import { failureOf } from "../../workshop/task.ts";
import {
  baseProblem,
  type PlainConfig,
  teamConfig,
  teamStack,
} from "../../workshop/team-config.ts";

const root = new URL("../../", import.meta.url);
const configOf = (stack: string) =>
  (
    parse(readFileSync(new URL(`Pulumi.${stack}.yaml`, root), "utf8")) as {
      config: PlainConfig;
    }
  ).config;

describe("a team's stack", () => {
  it("is the base's but for its place, its incident, and what a cluster or account has once", () => {
    const base = {
      ...{ "pulumi:disable-default-providers": ["datadog"], "sock-shop:agent": "helm" },
      ...{ "sock-shop:clusterName": "class", "sock-shop:kubeContext": "kind-class" },
      ...{ "sock-shop:datadogApiKey": { secure: "v1:x:y" }, "sock-shop:notify": ["@slack-a"] },
      ...{ "sock-shop:incident": "payment-down", "sock-shop:logNamespaces": "sock-shop*" },
      ...{ "sock-shop:frontEndNodePort": "30001" },
    };

    expect(teamStack({ number: 7 })).to.equal("team-07");
    expect(teamConfig(base, { number: 7 })).to.deep.equal({
      "pulumi:disable-default-providers": ["datadog"],
      "sock-shop:clusterName": "class",
      "sock-shop:kubeContext": "kind-class",
      "sock-shop:notify": ["@slack-a"],
      "sock-shop:namespace": "sock-shop-07",
      "sock-shop:agent": "none",
      "sock-shop:logPipeline": "shared",
      "sock-shop:frontEndUrl": "http://localhost:2107",
    });
  });

  it("gets the sandbox's cluster by name, and a node port where one is asked for", () => {
    const config = teamConfig(configOf("sandbox"), { number: 12, firstNodePort: 30_101 });

    expect(config).to.include({
      "sock-shop:kubeContext": "kwok-sock-shop",
      "sock-shop:kubeconfig": ".sandbox/kubeconfig",
      "sock-shop:frontEndNodePort": "30112",
      "sock-shop:frontEndUrl": "http://localhost:30112",
    });
  });

  for (const stack of ["dev", "sandbox"]) {
    it(`made of ${stack} is a configuration that the program takes`, () => {
      const entries = Object.entries(teamConfig(configOf(stack), { number: 99 }));
      const plain = entries.flatMap(([key, value]) =>
        key.startsWith("sock-shop:") ? [[key.slice("sock-shop:".length), String(value)]] : [],
      );
      const secrets = { datadogApiKey: "encrypted", datadogAppKey: "encrypted" } as const;
      const raw = { plain: Object.fromEntries(plain) as Record<string, string>, secrets };

      expect(parseSettings(raw, homedir())).not.to.have.property("problems");
    });
  }

  it("differs from every other one in its namespace and address", () => {
    const configs = Array.from({ length: 10 }, (_, index) =>
      teamConfig(configOf("dev"), { number: index + 1, firstNodePort: 30_101 }),
    );

    for (const key of ["namespace", "frontEndUrl", "frontEndNodePort"]) {
      const values = configs.map((config) => config[`sock-shop:${key}`]);
      expect(new Set(values), key).to.have.property("size", 10);
    }
  });
});

describe("the stack that the teams lean on", () => {
  it("must read the logs of their namespaces", () => {
    const remedy = "set it with: pulumi config set logNamespaces 'sock-shop*' --stack dev";
    const expected = "expected a beginning that takes in the teams' namespaces sock-shop-*";

    expect(baseProblem(configOf("dev"), "dev")).to.equal(
      `sock-shop:logNamespaces: ${expected}, got nothing; ${remedy}, and deploy dev first`,
    );
    expect(baseProblem({ "sock-shop:logNamespaces": "sock-shop" }, "dev")).to.equal(
      `sock-shop:logNamespaces: ${expected}, got "sock-shop"; ${remedy}, and deploy dev first`,
    );
    expect(baseProblem({ "sock-shop:logNamespaces": "sock*" }, "dev")).to.equal(undefined);
    const other = { "sock-shop:logNamespaces": "sock*", "sock-shop:namespace": "class" };
    expect(baseProblem(other, "dev")).to.contain("namespaces class-*");
  });

  it("need not where another stack of the account does", () => {
    expect(baseProblem({ "sock-shop:logPipeline": "shared" }, "dev")).to.equal(undefined);
  });
});

describe("the workshop's command line", () => {
  it("has a default for everything but the action", () => {
    expect(readArguments(["up"])).to.deep.equal({ action: "up", base: "dev", teams: 10, jobs: 2 });
  });

  it("takes all of it", () => {
    const words = "destroy --base sandbox --teams 3 --jobs 1 --first-node-port 30101";

    expect(readArguments(words.split(" "))).to.deep.equal({
      ...{ action: "destroy", base: "sandbox", teams: 3, jobs: 1, firstNodePort: 30_101 },
    });
  });

  for (const [words, problem] of [
    ["", "expected one of prepare, preview, up, destroy, got nothing; usage: "],
    ["down", "expected one of prepare, preview, up, destroy, got down; usage: "],
    ["up up", "expected one of prepare, preview, up, destroy, got up up; usage: "],
    ["up --teams 0", '--teams: expected a whole number from 1 to 99, got "0"; usage: '],
    ["up --teams 100", '--teams: expected a whole number from 1 to 99, got "100"; usage: '],
    ["up --jobs x", '--jobs: expected a whole number from 1 to 10, got "x"; usage: '],
    [
      "up --teams 10 --first-node-port 32759",
      '--first-node-port: expected a whole number from 30000 to 32758, got "32759"; usage: ',
    ],
  ] as const) {
    it(`refuses "${words}" in one line`, () => {
      const run = () => readArguments(words.split(" ").filter((word) => word !== ""));

      expect(run).to.throw(problem);
      expect(run).to.throw(/^[^\n]+$/);
    });
  }
});

describe("a team's stack before the policies", () => {
  for (const base of ["dev", "sandbox"] as const) {
    for (const state of ["none", "payment-down"]) {
      it(`made of ${base} in state ${state} has nothing against it`, async () => {
        const config = teamConfig(configOf(base), { number: 1, firstNodePort: 30_101 });
        const own = Object.entries(config).flatMap(([key, value]) =>
          key.startsWith("sock-shop:") ? [[key, String(value)]] : [],
        );
        const stack = await judgedStack(
          "team-01",
          state,
          Object.fromEntries(own) as Record<string, string>,
        );

        expect(evaluateAll(rules, stack).map(({ rule, message }) => [rule, message])).to.deep.equal(
          [],
        );
      });
    }
  }
});

describe("why a team's stack failed", () => {
  it("is the line that names the key to set, else the policy, else the engine's first error, else the first line", () => {
    const engine = "code: 255\nstdout: Updating\nstderr: error: update failed\n";

    const key = "sock-shop:logPipeline: log metric a exist already; set it";
    expect(failureOf(new Error(`${engine}  error: ${key}`))).to.equal(key);
    const policy = "- [mandatory]  monitor-recipient  (datadog:index:Monitor: a)";
    expect(failureOf(new Error(`${engine}\n  ${policy}\n`))).to.equal(policy);
    expect(failureOf(new Error(engine))).to.equal("update failed");
    expect(failureOf(new Error("no such file\n  at x"))).to.equal("no such file");
  });
});
