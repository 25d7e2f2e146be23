import { expect } from "chai";
import { stringify } from "yaml";
import { stackTargets } from "../../cli/stack/stack-config.ts";
import {
  isDeadLoopback,
  isPlainName,
  loopbackPort,
  portConflict,
  shopPorts,
} from "../../settings/defaults.ts";
import { parseSettings } from "../../settings/settings.ts";

/** What one reader makes of a configuration: what it means, or which keys are wrong. */
interface Verdict {
  readonly wrong: readonly string[];
  readonly standIn?: boolean;
  readonly clusterName?: string;
  readonly logTimeZone?: string;
  readonly kubeContext?: string | undefined;
}

const keys = { datadogApiKey: "encrypted", datadogAppKey: "encrypted" } as const;

/** As the engine hands the values of a stack's file to the program (pulumi 3.259). */
function engineText(value: unknown): string {
  if (value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function programVerdict(config: Readonly<Record<string, unknown>>): Verdict {
  const plain = Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, engineText(value)]),
  );
  const result = parseSettings({ plain, secrets: keys }, "/home/me");
  if ("problems" in result) return { wrong: result.problems.map(({ key }) => key).sort() };
  const { settings } = result;
  const { datadogApiUrl, clusterName, logTimeZone, kubeContext } = settings;
  // the program takes any keys for the stand-in alone
  const withoutKeys = parseSettings({ plain, secrets: {} }, "/home/me");
  expect("settings" in withoutKeys).to.equal(
    datadogApiUrl !== undefined && loopbackPort(datadogApiUrl) !== undefined,
  );
  return { wrong: [], standIn: "settings" in withoutKeys, clusterName, logTimeZone, kubeContext };
}

function labVerdict(config: Readonly<Record<string, unknown>>): Verdict {
  const prefixed = Object.entries(config).map(([key, value]) => [`sock-shop:${key}`, value]);
  try {
    const text = stringify({ config: Object.fromEntries(prefixed) as object });
    const { datadogPort, clusterName, logTimeZone, kubeContext } = stackTargets("x", text);
    return { wrong: [], standIn: datadogPort !== undefined, clusterName, logTimeZone, kubeContext };
  } catch (error) {
    const lines = (error as Error).message.split("\n");
    return { wrong: lines.map((line) => /sock-shop:(\w+)/.exec(line)?.[1] ?? line).sort() };
  }
}

describe("the program and lab", () => {
  for (const config of [
    {},
    { clusterName: "kind-a.b" },
    { clusterName: "kind_a" },
    { clusterName: "" },
    { clusterName: null },
    { clusterName: true },
    { clusterName: "true" },
    { clusterName: "NO" },
    { clusterName: 123 },
    { clusterName: ["a"] },
    { clusterName: "a".repeat(80) },
    { clusterName: "a".repeat(81) },
    { datadogApiUrl: "http://127.0.0.1:2026/" },
    { datadogApiUrl: "http://127.0.0.2:2026/" },
    { datadogApiUrl: "http://127.1:2026/" },
    { datadogApiUrl: "http://localhost:2026" },
    { datadogApiUrl: "http://LOCALHOST:2026" },
    { datadogApiUrl: "http://localhost.example.com:2026" },
    { datadogApiUrl: "http://[::1]:2026/" },
    { datadogApiUrl: "https://127.0.0.2/" },
    { datadogApiUrl: "https://api.datadoghq.eu/" },
    { datadogApiUrl: "http://api.datadoghq.eu/" },
    { datadogApiUrl: "127.0.0.1:2026" },
    { datadogApiUrl: 2026 },
    { datadogApiUrl: null },
    { datadogApiUrl: "http://127.0.0.1:2024/" },
    { datadogApiUrl: "http://127.0.0.1:2029/" },
    { datadogApiUrl: "http://127.0.0.1:2028/", kubeContext: "kind" },
    { frontEndUrl: "http://localhost:0" },
    { frontEndUrl: "http://localhost:1" },
    { frontEndUrl: "http://localhost:65532" },
    { frontEndUrl: "http://localhost:65533" },
    { frontEndUrl: "http://localhost:65535" },
    { frontEndUrl: "https://shop.example.com:65535/" },
    { frontEndUrl: "shop" },
    { frontEndUrl: "http://[::1]:2025" },
    { frontEndUrl: "http://127.0.0.2:2025" },
    { kubeContext: "kind-sockshop" },
    { kubeContext: "" },
    { kubeContext: 7 },
    { kubeContext: "a", kubeconfig: "" },
    { kubeContext: "a", kubeconfig: "~/x" },
    { logTimeZone: "Europe/Berlin" },
    { logTimeZone: "+05:30" },
    { logTimeZone: true },
  ] as readonly Readonly<Record<string, unknown>>[]) {
    it(`read ${JSON.stringify(config)} alike`, () => {
      expect(labVerdict(config)).to.deep.equal(programVerdict(config));
    });
  }
});

describe("loopbackPort", () => {
  for (const [address, port] of [
    ["http://127.0.0.1:2026/", 2026],
    ["http://localhost", 80],
    ["https://localhost", 443],
    ["http://127.0.0.2:2026/", undefined],
    ["http://[::1]:2026/", undefined],
    ["http://127.0.0.1.example.com:2026/", undefined],
    ["nowhere", undefined],
  ] as const) {
    it(`is ${port ?? "none"} for ${address}`, () => {
      expect(loopbackPort(address)).to.equal(port);
    });
  }
});

describe("isDeadLoopback", () => {
  for (const [address, expected] of [
    ["http://127.0.0.1:2026/", false],
    ["http://127.1:2026/", false],
    ["http://localhost:2026/", false],
    ["http://127.0.0.2:2026/", true],
    ["http://[::1]:2026/", true],
    ["http://[0:0:0:0:0:0:0:1]/", true],
    ["http://[::ffff:127.0.0.1]:2026/", true],
    ["http://[2001:db8::1]/", false],
    ["http://127.0.0.1.example.com/", false],
    ["https://shop.example.com/", false],
    ["nowhere", false],
  ] as const) {
    it(`is ${expected} for ${address}`, () => {
      expect(isDeadLoopback(address)).to.equal(expected);
    });
  }
});

describe("portConflict", () => {
  it("names the ports, the one that is taken twice, and the way out", () => {
    const shop = shopPorts("http://localhost:3000");
    expect(portConflict(3003, shop)).to.equal(
      "expected ports other than that of datadogApiUrl, got 3000, 3002, 3003, of which Datadog's " +
        "stand-in has 3003; set it with: pulumi config set frontEndUrl http://localhost:<port>",
    );
    expect([2999, 3001, 3004, undefined].map((port) => portConflict(port, shop))).to.deep.equal([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("isPlainName", () => {
  for (const word of ["true", "No", "null", "y", "123", "1.5", "1e3", "0x1f", "1_000", ".inf"]) {
    it(`is false for ${word}`, () => {
      expect(isPlainName(word)).to.equal(false);
    });
  }
  for (const word of ["sock-shop", "truth", "123a", "a1", "v1.5", "1-2", "10.0.0.1", "node"]) {
    it(`is true for ${word}`, () => {
      expect(isPlainName(word)).to.equal(true);
    });
  }
});
