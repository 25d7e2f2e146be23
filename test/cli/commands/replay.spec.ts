import { mkdirSync } from "node:fs";
import { expect } from "chai";
import { junitText, markdownText } from "../../../cli/replay/formats.ts";
import { replayDocument } from "../../../cli/json/schemas/run.ts";
import { runCli, type World } from "../../support/cli.ts";

const start = Date.UTC(2030, 0, 2, 3, 0);
const time = (minute: number) => new Date(start + minute * 60_000).toISOString();

const monitor = (name: string, threshold: number) => ({
  id: 7,
  name,
  type: "metric alert",
  query: `max(last_1m):max:up{*} < ${threshold}`,
  options: { new_group_delay: 0, require_full_window: false },
});
const points = Array.from({ length: 40 }, (_, index) => ({
  at: start + index * 30_000,
  value: index >= 20 ? 0 : 1,
}));
const bundle = {
  "b/world/window.json": JSON.stringify({ begins: time(0), from: time(8), to: time(14) }),
  "b/world/logs.jsonl": "",
  "b/world/series.jsonl": `${JSON.stringify({ metric: "up", tags: [], kind: "gauge", points })}\n`,
  "b/world/checks.jsonl": "",
  "b/world/slos.json": '{"data":[]}',
  "b/world/monitors.json": JSON.stringify([monitor("up", 1)]),
};
const files = { ...bundle, "mine.json": JSON.stringify([monitor("up", 1)]) };
const replay = (words: string[], world: World = {}) =>
  runCli(["replay", "b", ...words], { files, ...world });

describe("lab replay", () => {
  it("says what monitors would have done, as text and as JSON", async () => {
    const { code, stdout } = await replay(["--monitors", "mine.json"]);
    const json = await replay(["--monitors", "mine.json", "--json"]);

    expect([code, stdout]).to.deep.equal([
      0,
      "up   OK 3 min, Alert 4 min\n1 monitors, 0 do something else\n",
    ]);
    const document = replayDocument.parse(JSON.parse(json.stdout));
    expect([document.ok, document.monitors[0]?.minutes]).to.deep.equal([true, { OK: 3, Alert: 4 }]);
    expect(document.monitors[0]?.intervals[1]).to.deep.equal({
      status: "Alert",
      from: time(11),
      minutes: 4,
    });
  });

  it("fails where a monitor does something else than what was recorded", async () => {
    const other = { ...files, "mine.json": JSON.stringify([monitor("up", 0)]) };
    const { code, stdout } = await replay(["--monitors", "mine.json"], { files: other });

    expect(code).to.equal(1);
    expect(stdout).to.contain("! up: was OK 3 min, Alert 4 min, is OK 7 min");
  });

  it("fails where a query is not understood, and says which", async () => {
    const odd = { ...monitor("odd", 1), query: "wavelet(last_5m):up{*} > 1" };
    const other = { ...files, "mine.json": JSON.stringify([monitor("up", 1), { ...odd, id: 8 }]) };
    const { code, stdout } = await replay(["--monitors", "mine.json"], { files: other });

    expect(code).to.equal(1);
    expect(stdout).to.match(/^! odd: not evaluated: .+$/m);
  });

  it("asks the checkout for the monitors that it declares, and a revision in its own tree", async () => {
    const declared = JSON.stringify({ monitors: [monitor("up", 1)], slos: [] });
    const answer: World["answer"] = (line, { args }) => {
      if (line.startsWith("git worktree add")) mkdirSync(args[3] ?? "", { recursive: true });
      return line.startsWith("/opt/node") ? { stdout: declared } : {};
    };
    const { code, calls } = await replay(["--base", "main"], { answer });

    expect(code).to.equal(0);
    expect(
      calls.filter((call) => call.startsWith("git")).map((call) => call.split(" ", 3)),
    ).to.deep.equal([
      ["git", "worktree", "add"],
      ["git", "worktree", "remove"],
    ]);
  });

  const mistakes: readonly [string, string[], World["files"], RegExp][] = [
    [
      "there is no bundle",
      ["--monitors", "mine.json"],
      { "mine.json": "[]" },
      /there is no bundle/,
    ],
    [
      "the world is not whole",
      ["--monitors", "mine.json"],
      { ...files, "b/world/slos.json": "{" },
      /world\/slos.json of the bundle is no JSON/,
    ],
    ["there is no file of monitors", ["--monitors", "no.json"], files, /cannot read .*no.json/],
    [
      "the file has no monitor",
      ["--monitors", "mine.json"],
      { ...files, "mine.json": "[]" },
      /there is no monitor/,
    ],
  ];
  for (const [name, words, given, message] of mistakes) {
    it(`fails in one line where ${name}`, async () => {
      const { code, stderr } = await replay(words, given && { files: given });

      expect([code, stderr.split("\n")]).to.deep.equal([1, [stderr.trim(), ""]]);
      expect(stderr).to.match(message);
    });
  }

  it("fails in one line where there is no such revision", async () => {
    const answer: World["answer"] = (line) => {
      if (line.startsWith("git worktree add"))
        return { code: 128, stderr: "fatal: invalid reference" };
      return line.startsWith("/opt/node") ? { stdout: files["mine.json"] } : {};
    };
    const { code, stderr } = await replay(["--base", "nowhere"], { answer });

    expect([code, stderr]).to.deep.equal([
      1,
      "lab: there is no revision nowhere: fatal: invalid reference\n",
    ]);
  });
});

describe("a comparison of monitors", () => {
  const tried = [
    {
      name: 'a "quoted" | name',
      intervals: [{ status: "OK", from: time(0), minutes: 3 }],
      minutes: {},
    },
    { name: "b", intervals: [], minutes: {}, why: "the query <is> odd" },
  ];
  const changed = [
    'a "quoted" | name: was Alert 3 min, is OK 3 min',
    "c: it is gone; it was OK 3 min",
  ];

  it("is JUnit with a failed case for each difference", () => {
    const text = junitText(tried, changed);

    expect(text).to.contain('<testsuite name="replay" tests="3" failures="3">');
    expect(text).to.contain('name="a &quot;quoted&quot; | name"><failure message="a &quot;quoted');
    expect(text).to.contain('<failure message="the query &lt;is&gt; odd"/>');
    expect(text).to.contain('name="c"><failure message="c: it is gone');
    expect(junitText(tried.slice(0, 1), [])).to.contain('failures="0"');
  });

  it("is a Markdown table that no name breaks", () => {
    const text = markdownText(tried, changed);

    expect(text).to.contain('| a "quoted" \\| name | OK 3 min |');
    expect(text).to.contain("- c: it is gone; it was OK 3 min");
    expect(markdownText(tried, [])).to.contain("No monitor does something else.");
  });
});
