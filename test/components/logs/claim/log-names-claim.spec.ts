import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { execa } from "execa";
import {
  type AccountLogs,
  type ClaimInput,
  claimProblem,
  claimTag,
  isClaimId,
} from "../../../../components/logs/claim/claim.ts";
import { ofType } from "../../../../simulation/declared/resource-graph.ts";
import { stackGraph } from "../../../../simulation/declared/stack-graph.ts";

const root = new URL("../../../../", import.meta.url);
const id = "0f5f2f0e-7d7e-4c52-9c53-3d6c1cf6a7a1";
const wanted: ClaimInput = {
  url: "http://127.0.0.1:1/",
  metrics: ["sockshop.a", "sockshop.b"],
  pipeline: "Sock Shop (kind-1)",
};
const account = (changes: Partial<AccountLogs>): AccountLogs => ({
  metrics: ["sockshop.a", "sockshop.b"],
  pipelines: [],
  ...changes,
});
const remedy = "set it with: pulumi config set logPipeline shared";

describe("a claim of log metrics' names", () => {
  it("is granted in an account that has none of them", () => {
    const others = { metrics: ["sockshop.c"], pipelines: [{ name: "Nginx", tags: [] }] };

    expect(claimProblem(others, wanted)).to.equal(undefined);
  });

  it("is refused while another stack has them, in one line that names the key to set", () => {
    const other = { name: "Sock Shop (kind-2)", tags: [claimTag(id)] };
    const problem = claimProblem(account({ pipelines: [other] }), wanted);

    expect(problem).to.equal(
      "sock-shop:logPipeline: log metric sockshop.a and 1 more exist in this Datadog account " +
        'already, with pipeline "Sock Shop (kind-2)": their names are unique in an account, so ' +
        `another stack declares them, or one that was lost has left them; ${remedy}`,
    );
  });

  it("is refused for a single name, whoever has it", () => {
    const problem = claimProblem(account({ metrics: ["sockshop.b"] }), wanted);

    expect(problem).to.match(
      /^sock-shop:logPipeline: log metric sockshop\.b exist in .* already: /,
    );
    expect(problem).to.match(new RegExp(`${remedy}$`));
  });

  it("is refused to another stack with the same names of cluster and pipeline", () => {
    const twin = { name: wanted.pipeline, tags: ["managed-by:pulumi", claimTag(id)] };

    expect(claimProblem(account({ pipelines: [twin] }), wanted)).to.contain(remedy);
  });

  it("is granted to a stack that was deployed before there were claims", () => {
    const own = { name: wanted.pipeline, tags: ["managed-by:pulumi"] };

    expect(claimProblem(account({ pipelines: [own] }), wanted)).to.equal(undefined);
    const foreign = { ...own, name: "Sock Shop (kind-2)" };
    expect(claimProblem(account({ pipelines: [foreign] }), wanted)).to.contain(remedy);
  });
});

describe("the claim's process", () => {
  let server: Server;
  let url: string;
  let status = 200;
  let metrics: readonly string[] = [];
  const asked: string[] = [];

  before(async () => {
    server = createServer((request, response) => {
      const keys = [request.headers["dd-api-key"], request.headers["dd-application-key"]];
      asked.push(`${request.method ?? ""} ${request.url ?? ""} ${keys.join(" ")}`);
      const body = request.url?.includes("metrics")
        ? { data: metrics.map((name) => ({ id: name, type: "logs_metrics" })) }
        : [{ name: "Sock Shop (kind-2)", tags: [claimTag(id)] }];
      response.writeHead(status).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });

  beforeEach(() => {
    asked.length = 0;
    status = 200;
    metrics = [];
  });

  after(() => {
    server.close();
  });

  /** Runs the process as the command does. */
  async function run(action: "apply" | "keep", { last = "", to = url } = {}) {
    const { stdout, stderr, exitCode } = await execa(
      process.execPath,
      ["components/logs/claim/main.ts", action],
      {
        cwd: root,
        input: JSON.stringify({ ...wanted, url: to }),
        env: { DD_API_KEY: "api-key", DD_APP_KEY: "app-key", PULUMI_COMMAND_STDOUT: last },
        reject: false,
      },
    );
    return { stdout, stderr, exitCode };
  }

  it("asks for metrics and pipelines with both keys and prints an id", async () => {
    const { stdout, stderr, exitCode } = await run("apply");

    expect([exitCode, stderr]).to.deep.equal([0, ""]);
    expect(isClaimId(stdout)).to.equal(true);
    expect(asked.sort()).to.deep.equal([
      "GET /api/v1/logs/config/pipelines api-key app-key",
      "GET /api/v2/logs/config/metrics api-key app-key",
    ]);
  });

  it("fails with one line where the names are taken", async () => {
    metrics = ["sockshop.b"];

    const { stdout, stderr, exitCode } = await run("apply");

    expect([exitCode, stdout]).to.deep.equal([1, ""]);
    expect(stderr.split("\n")).to.have.length(1);
    expect(stderr).to.contain(remedy);
    expect(stderr).not.to.match(/api-key|app-key/);
  });

  it("asks nothing and keeps its id when its inputs change", async () => {
    metrics = ["sockshop.a"];

    expect(await run("keep", { last: id })).to.deep.equal({ stdout: id, stderr: "", exitCode: 0 });
    expect(asked).to.deep.equal([]);
  });

  it("lets the update go on where Datadog refuses or does not answer, and says so", async () => {
    status = 403;
    const refused = await run("apply");
    const silent = await run("apply", { to: "http://127.0.0.1:1/" });

    for (const { stdout, stderr, exitCode } of [refused, silent]) {
      expect(exitCode).to.equal(0);
      expect(isClaimId(stdout)).to.equal(true);
      expect(stderr).to.match(/^whether another stack declares the log metrics is not known: .+$/);
    }
    expect(refused.stderr).to.match(/Datadog answered \/api\/v\d\/logs\/config\/\w+ with 403$/);
  });
});

describe("the stack's claim", () => {
  it("names each log metric that the stack declares, and marks the pipeline", async () => {
    const { resources } = await stackGraph();

    const claim = ofType(resources, "command:local:Command").get("log-names")?.inputs["stdin"];
    const declared = ofType(resources, "datadog:index/logsMetric:LogsMetric");
    expect((JSON.parse(String(claim)) as ClaimInput).metrics).to.have.members([...declared.keys()]);
    const pipelines = ofType(resources, "datadog:index/logsCustomPipeline:LogsCustomPipeline");
    expect(pipelines.get("sock-shop")?.inputs["tags"]).to.deep.equal([
      "managed-by:pulumi",
      "team:sock-shop",
      "claim:generated",
    ]);
  });

  it("takes in the logs of all namespaces that are named", async () => {
    const { resources } = await stackGraph({ "sock-shop:logNamespaces": "sock*" });

    const pipelines = ofType(resources, "datadog:index/logsCustomPipeline:LogsCustomPipeline");
    expect(pipelines.get("sock-shop")?.inputs["filters"]).to.deep.equal([
      { query: "kube_namespace:sock*" },
    ]);
    const metrics = ofType(resources, "datadog:index/logsMetric:LogsMetric");
    expect(metrics.get("sockshop.logs.lines")?.inputs["filter"]).to.deep.equal({
      query: "kube_namespace:sock*",
    });
  });
});
