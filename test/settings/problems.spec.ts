import { expect } from "chai";
import { parseSettings, report } from "../../settings/settings.ts";

const sandbox = { datadogApiUrl: "http://127.0.0.1:2026/" };

function linesOf(plain: Readonly<Record<string, string>>): string[] {
  const result = parseSettings({ plain, secrets: {} }, "/home/me");
  return "problems" in result ? report(result.problems).split("\n  ").slice(1) : [];
}

describe("settings", () => {
  it("give every server of the sandbox a port of its own", () => {
    const conflict = (datadogApiUrl: string) => linesOf({ datadogApiUrl });

    expect(conflict("http://127.0.0.1:2028/")).to.deep.equal([
      "sock-shop:frontEndUrl: expected ports other than that of datadogApiUrl, got 2025, 2027, " +
        "2028, of which Datadog's stand-in has 2028; set it with: pulumi config set frontEndUrl " +
        "http://localhost:<port>",
    ]);
    expect(conflict("http://127.0.0.1:2029/")).to.deep.equal([]);
  });

  it("refuse keys and values that only look harmless", () => {
    const own = (key: string, value: string) => Object.fromEntries([[key, value]]);
    const deep = (levels: number) => "[".repeat(levels) + "]".repeat(levels);

    for (const [plain, key] of [
      [own("__proto__", "1"), "__proto__: unknown key"],
      [own("constructor", "1"), "constructor: unknown key"],
      [own("toString", "1"), "toString: unknown key"],
      [{ load: '{"__proto__":1}' }, "load.__proto__: unknown key"],
      [{ images: '{"overrides":{"__proto__":"a:1"}}' }, "images.overrides.__proto__: unknown key"],
      [{ namespace: "123" }, 'namespace: expected .*, got "123"'],
      [{ agentNamespace: "1e3" }, 'agentNamespace: expected .*, got "1e3"'],
      [{ env: "null" }, 'env: expected .*, got "null"'],
      [{ clusterName: "true" }, 'clusterName: expected .*, got "true"'],
      [{ load: deep(5000) }, "load: expected .*, got .*…"],
      [{ notify: deep(50_000) }, "notify: expected .*, got .*…"],
      [{ env: "a\u202eb\u0007" }, String.raw`env: expected .*, got "a\?b.*"`],
    ] as const) {
      const lines = linesOf({ ...sandbox, ...plain });
      expect(lines, JSON.stringify(plain).slice(0, 50)).to.have.length(1);
      expect(lines[0]).to.match(new RegExp(`^sock-shop:${key}`));
    }
  });
});
