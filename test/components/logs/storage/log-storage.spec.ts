import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import {
  businessSearches,
  indexArgs,
  routineSearch,
} from "../../../../components/logs/storage/log-index.ts";
import { runPipelines } from "../../../../sandbox/datadog/logs/pipeline.ts";
import { parseSettings } from "../../../../settings/settings.ts";
import { ofType } from "../../../../simulation/declared/resource-graph.ts";
import { stackGraph } from "../../../../simulation/declared/stack-graph.ts";
import { agentEvents, arrival, declaredLogs } from "../../../support/logs/log-pipeline.ts";
import { vrlEngine } from "../../../support/logs/vrl-engine.ts";

const types = {
  index: "datadog:index/logsIndex:LogsIndex",
  archive: "datadog:index/logsArchive:LogsArchive",
} as const;
const bucket = '{"bucket":"logs","accountId":"123456789012","roleName":"datadog-archive"}';

describe("where the shop's logs are kept", () => {
  it("is the account's matter by default", async () => {
    const { resources } = await stackGraph();

    for (const type of Object.values(types)) expect(ofType(resources, type).size).to.equal(0);
  });

  it("is an index of the stack's own where one is asked for", async () => {
    const { resources } = await stackGraph({ "sock-shop:logIndex": '{"retentionDays":7}' });

    const index = ofType(resources, types.index).get("sock-shop");
    expect(index?.inputs).to.deep.include({
      name: "sock-shop-sock-shop-sandbox",
      filters: [{ query: "kube_namespace:sock-shop" }],
      dailyLimit: 100_000,
      retentionDays: 7,
      disableDailyLimit: false,
      tags: ["managed-by:pulumi", "team:sock-shop"],
    });
    expect(ofType(resources, types.archive).size).to.equal(0);
  });

  it("is a bucket of S3, too, where one is named", async () => {
    const { resources } = await stackGraph({ "sock-shop:logArchive": bucket });

    expect(ofType(resources, types.archive).get("sock-shop")?.inputs).to.deep.equal({
      name: "Sock Shop (sock-shop-sandbox)",
      query: "kube_namespace:sock-shop",
      includeTags: true,
      s3Archive: { bucket: "logs", accountId: "123456789012", roleName: "datadog-archive" },
    });
  });

  it("has a name that no other cluster's index has, without the dots of the cluster's name", () => {
    const limits = { dailyLimit: 1000, retentionDays: 15 };

    const { name } = indexArgs({ clusterName: "kind.eu-1", namespace: "socks" }, limits);
    expect(name).to.equal("sock-shop-kind-eu-1");
  });

  it("leaves out what no business search finds", () => {
    expect(routineSearch.split(" -").length).to.be.at.least(businessSearches.length);
    for (const search of businessSearches) expect(routineSearch).to.contain(`-${search}`);
  });

  const refused: readonly (readonly [plain: Record<string, string>, said: RegExp])[] = [
    [
      { logIndex: '{"dailyLimit":999}' },
      /^logIndex\.dailyLimit: expected a whole number from 1000/,
    ],
    [
      { logIndex: '{"retentionDays":0}' },
      /^logIndex\.retentionDays: expected a whole number from 1/,
    ],
    [{ logIndex: "yes" }, /^logIndex: expected a group/],
    [
      { logArchive: '{"bucket":"logs"}' },
      /^logArchive\.(accountId|roleName): expected .*got nothing/,
    ],
    [
      { logArchive: bucket.replace("123456789012", "1234") },
      /^logArchive\.accountId: expected the 12/,
    ],
    [{ logArchive: bucket.replace("logs", "Logs") }, /^logArchive\.bucket: expected/],
    [
      { logIndex: "{}", logPipeline: "shared" },
      /^logIndex: expected none beside logPipeline shared/,
    ],
  ];
  for (const [plain, said] of refused) {
    it(`is refused as ${JSON.stringify(plain)}`, () => {
      const sandbox = { datadogApiUrl: "http://127.0.0.1:2026/" };
      const result = parseSettings({ plain: { ...sandbox, ...plain }, secrets: {} }, "/home/ada");

      const problems = "problems" in result ? result.problems : [];
      expect(problems.map(({ key, problem }) => `${key}: ${problem}`)[0]).to.match(said);
    });
  }
});

/** Lines of the real services, where they lie beside the checkout; they are read there, not copied. */
const recorded = new URL("../../../../../shared/logs/", import.meta.url);

describe("the recorded lines of the real services", () => {
  const engine = vrlEngine();

  it("are indexed to at most 5 %, and the end of every order is", async function () {
    if (!existsSync(recorded)) return this.skip();
    this.timeout(120_000);
    const declared = await declaredLogs();
    const [index] = ofType(
      (await stackGraph({ "sock-shop:logIndex": "{}" })).resources,
      types.index,
    ).values();
    const { exclusionFilters } = index?.inputs as unknown as {
      readonly exclusionFilters: readonly { readonly filters: readonly { query: string }[] }[];
    };
    const exclusions = exclusionFilters.flatMap(({ filters }) => filters.map(({ query }) => query));
    const total = { lines: 0, indexed: 0, ends: 0, lost: 0 };
    for (const { service, text, stream } of recordedFiles()) {
      const raw = agentEvents(declared, service, text, stream);
      const logs = raw.map((event) => arrival(declared, service, event, Date.now()));
      const processed = await runPipelines(declared.pipelines, logs, engine(), Date.now());
      const events = processed.map(({ event }) => event);
      const matches = await engine().match([...exclusions, "@order.outcome:*"], events);
      for (const match of matches) {
        if (!Array.isArray(match)) expect.fail("a search was not evaluated");
        const isIndexed = !match.slice(0, -1).includes(true);
        if (isIndexed) total.indexed += 1;
        if (match.at(-1) === true) total[isIndexed ? "ends" : "lost"] += 1;
      }
      total.lines += text.split("\n").filter((line) => line !== "").length;
    }

    expect(total.lines).to.be.greaterThan(3000);
    expect([total.lost, total.ends > 30]).to.deep.equal([0, true]);
    expect(total.indexed / total.lines, JSON.stringify(total)).to.be.at.most(0.05);
  });
});

function* recordedFiles() {
  for (const folder of ["./", "built/"]) {
    const url = new URL(folder, recorded);
    for (const file of readdirSync(url)) {
      const [, service = "", end] = /^(.*)\.(log|out|err)$/.exec(file) ?? [];
      // a proxy's lines are of a pod that is there in an incident alone
      if (service === "" || service === "envoy") continue;
      const stream = end === "err" ? ("stderr" as const) : ("stdout" as const);
      yield { service, stream, text: readFileSync(new URL(file, url), "utf8") };
    }
  }
}
