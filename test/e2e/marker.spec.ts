/**
 * The marker alone by the real engine, in a copy of the checkout whose program is nothing else, and
 * without any server.
 *
 * Proves that entering, leaving and destroying succeed when Datadog does not answer, that each says
 * so in a line, and that no output shows the key. Does not prove that Datadog takes the event
 * (stack.spec.ts posts it to the stand-in), nor that the official command plugin shows the line of a
 * deletion as long as the stand-in does: it is a status line there.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { copyCheckout, type SandboxCopy } from "../support/sandbox/sandbox-copy.ts";

const key = "0123456789abcdef0123456789abcdef";

const program = `
import * as pulumi from "@pulumi/pulumi";
import { IncidentMarker } from "./components/incident/marker/incident-marker.ts";

const config = new pulumi.Config();
const incident = config.require("incident");
const shop = { incident, clusterName: "kind-1", namespace: "socks", env: "demo" };
const account = { apiUrl: config.require("datadogApiUrl"), apiKey: pulumi.secret("${key}") };
export const mark = new IncidentMarker("incident-marker", { shop, account }).mark;
`;

describe("the marker while Datadog is away", () => {
  let copy: SandboxCopy;

  before(async () => {
    copy = await copyCheckout();
    writeFileSync(join(copy.root, "index.ts"), program);
    mkdirSync(join(copy.root, ".sandbox", "backend"), { recursive: true });
    await copy.sh("pulumi", "stack", "select", "--create", "sandbox");
  });

  after(async () => {
    await copy.end();
  });

  /** Runs pulumi and expects it to succeed without showing the key; returns what it printed. */
  async function pulumi(...args: string[]): Promise<string> {
    const all = [...args, "--yes", "--skip-preview", "--stack", "sandbox"];
    const { code, stdout, stderr } = await copy.lab("shell", "--", "pulumi", ...all);
    const text = stdout + stderr;
    expect(code, text).to.equal(0);
    expect(text).not.to.contain(key);
    return text;
  }

  const missing = (state: string, after: string) =>
    `Datadog has no marker: incident ${state}: event not posted (ECONNREFUSED; after ${after})`;

  it("is not missed by a stack that is made healthy", async () => {
    expect(await pulumi("up")).not.to.contain("has no marker");
  });

  it("is missed on entering, which succeeds and warns", async () => {
    const printed = await pulumi("up", "--config", "incident=payment-down");

    expect(printed).to.contain(`warning: ${missing("payment-down", "none")}`);
    expect(await copy.sh("pulumi", "stack", "output", "mark")).to.equal(
      "payment-down: event not posted (ECONNREFUSED; after none)\n",
    );
  });

  it("is missed on leaving, which succeeds and warns", async () => {
    expect(await pulumi("up", "--config", "incident=none")).to.contain(
      `warning: ${missing("none", "payment-down")}`,
    );
  });

  it("is missed when the stack goes, which succeeds and says so", async () => {
    await pulumi("up", "--config", "incident=payment-down");

    expect(await pulumi("destroy")).to.contain(missing("none", "payment-down"));
  });
});
