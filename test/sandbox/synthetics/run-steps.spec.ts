import { expect } from "chai";
import { checkoutTestArgs } from "../../../components/synthetics/checkout-test.ts";
import { runSteps, type SendStep } from "../../../sandbox/synthetics/run-steps.ts";
import { sendToFrontEnd } from "../../../sandbox/synthetics/send-step.ts";
import {
  type Step,
  type TestDefinition,
  whyNotRun,
} from "../../../sandbox/synthetics/test-definition.ts";
import { created } from "../../../simulation/declared/sent-requests.ts";
import {
  type Generation,
  type Shop,
  startShop,
} from "../../../simulation/timeline/simulated-shop.ts";

const place = {
  clusterName: "c",
  namespace: "socks",
  datadog: { app: "https://us5.datadoghq.com/" },
  notify: [],
};

/** What the stack declares, as the API keeps it. */
async function declaredConfig(): Promise<TestDefinition["config"]> {
  const inputs = checkoutTestArgs(place, "pl:x") as never;
  const type = "datadog:index/syntheticsTest:SyntheticsTest";
  const [request] = await created(type, inputs, { public_id: "abc-def-ghi" });
  return (request?.body as unknown as TestDefinition).config;
}

const ok: SendStep = () =>
  Promise.resolve({ status: 200, body: '{"total":0,"id":"x"}', headers: new Headers() });

function step(differences: Partial<Step> = {}): Step {
  return {
    name: "one",
    subtype: "http",
    request: { url: "http://front-end/" },
    assertions: [{ type: "statusCode", operator: "is", target: 200 }],
    ...differences,
  };
}

for (const generation of ["weave", "status-fix"] as const satisfies readonly Generation[]) {
  describe(`the declared checkout in a shop of the ${generation} images`, () => {
    let shop: Shop;
    let config: TestDefinition["config"];

    beforeEach(async () => {
      config = await declaredConfig();
      shop = await startShop(generation);
    });

    afterEach(() => shop.close());

    const run = () => runSteps(config, sendToFrontEnd(shop.url("front-end")));

    it("passes again and again while the shop is healthy, each time with an order", async () => {
      expect(await run()).to.deep.equal({ passed: true });
      expect(await run()).to.deep.equal({ passed: true });
      expect(shop.log("payment")).to.match(/result=true|method=Authorise/);
    });

    it("fails at the order while payment is down, and passes once it is back", async () => {
      await shop.stop("payment");
      const failed = {
        passed: false,
        failure: 'step "order": status 500 instead of 201',
      };

      expect(await run()).to.deep.equal(failed);
      expect(await run()).to.deep.equal(failed);
      await shop.start("payment");
      expect(await run()).to.deep.equal({ passed: true });
    });

    it("fails at the registration without the service user", async () => {
      await shop.stop("user");

      expect(await run()).to.deep.equal({
        passed: false,
        failure: 'step "register": status 500 instead of 200',
      });
    });
  });
}

describe("a run of steps", () => {
  it("hands what it extracts on to the steps after it", async () => {
    const asked: string[] = [];
    const send: SendStep = (url, { headers, body = "" }) => {
      asked.push(`${url} ${headers["X"] ?? ""} ${body}`);
      const headersOut = new Headers([
        ["set-cookie", "a=1; Path=/"],
        ["set-cookie", "b=2"],
      ]);
      return Promise.resolve({ status: 200, body: '{"items":[{"id":7}]}', headers: headersOut });
    };
    const extracting = step({
      extractedValues: [
        { name: "ID", type: "http_body", parser: { type: "json_path", value: "$.items[0].id" } },
        {
          name: "B",
          type: "http_header",
          field: "set-cookie",
          parser: { type: "regex", value: "b=[^;]+" },
        },
      ],
    });
    const using = step({
      request: { url: "http://front-end/{{ ID }}", headers: { X: "{{B}}" }, body: "{{ NONE }}" },
    });

    expect(await runSteps({ steps: [extracting, using] }, send)).to.deep.equal({ passed: true });
    expect(asked[1]).to.equal("http://front-end/7 b=2 {{ NONE }}");
  });

  it("fails where a value is missing, a body is not as asserted, or nobody answers", async () => {
    const body = (jsonPath: string, operator: string, targetValue: unknown) =>
      step({
        assertions: [
          {
            type: "body",
            operator: "validatesJSONPath",
            target: { jsonPath, operator, targetValue },
          },
        ],
      });
    const nobody: SendStep = () =>
      Promise.reject(
        new TypeError("fetch failed", {
          cause: Object.assign(new Error("x"), { code: "ECONNREFUSED" }),
        }),
      );
    const outcome = async (one: Step, send = ok) => runSteps({ steps: [one] }, send);

    expect(await outcome(body("$.total", "moreThan", "0"))).to.deep.include({ passed: false });
    expect(await outcome(body("$.total", "lessThan", "1"))).to.deep.equal({ passed: true });
    expect(await outcome(body("$.id", "is", "x"))).to.deep.equal({ passed: true });
    expect(await outcome(body("$.none", "isNot", "x"))).to.deep.include({ passed: false });
    expect(await outcome(step(), nobody)).to.deep.equal({
      passed: false,
      failure: 'step "one": ECONNREFUSED',
    });
    const missing = step({
      extractedValues: [{ name: "S", type: "http_header", field: "x", parser: { type: "raw" } }],
    });
    expect(await outcome(missing)).to.deep.equal({
      passed: false,
      failure: 'step "one": it finds no S in the answer',
    });
  });

  it("goes on after a step that may fail", async () => {
    const failing = step({
      allowFailure: true,
      assertions: [{ type: "statusCode", operator: "is", target: 201 }],
    });

    expect(await runSteps({ steps: [failing, step()] }, ok)).to.deep.equal({ passed: true });
  });

  it("reaches the front-end alone", async () => {
    const send = sendToFrontEnd("http://127.0.0.1:1");
    const elsewhere = step({ request: { url: "http://payment.socks.svc.cluster.local/health" } });

    expect(await runSteps({ steps: [elsewhere] }, send)).to.deep.equal({
      passed: false,
      failure:
        'step "one": the sandbox reaches the front-end alone, not payment.socks.svc.cluster.local',
    });
  });
});

describe("the variables of a test", () => {
  it("have other values in each run", async () => {
    const asked: string[] = [];
    const send: SendStep = (url) => {
      asked.push(url);
      return ok(url, { method: "GET", headers: {}, timeoutMs: 1 });
    };
    const config = {
      steps: [step({ request: { url: "http://front-end/{{ WHO }}" } })],
      configVariables: [{ name: "WHO", type: "text", pattern: "s-{{ alphanumeric(12) }}" }],
    };

    await runSteps(config, send);
    await runSteps(config, send);
    for (const url of asked) expect(url).to.match(/^http:\/\/front-end\/s-[0-9a-z]{12}$/);
    expect(new Set(asked).size).to.equal(2);
  });
});

describe("a test that the stand-in does not know in full", () => {
  const why = (differences: Partial<Step>) =>
    whyNotRun({
      public_id: "a",
      name: "t",
      locations: [],
      options: {},
      config: { steps: [step(), step({ name: "two", ...differences })] },
    });

  it("is not run, with the step and the reason", () => {
    expect(why({})).to.equal(undefined);
    const timed = [{ name: "T", type: "text", pattern: "{{ timestamp(0, s) }}" }];
    expect(
      whyNotRun({
        public_id: "a",
        name: "t",
        locations: [],
        options: {},
        config: { steps: [step()], configVariables: timed },
      }),
    ).to.equal("variable T is of another kind than alphanumeric");
    expect(why({ subtype: "grpc" })).to.equal('step "two" is of subtype grpc');
    expect(
      why({ assertions: [{ type: "responseTime", operator: "lessThan", target: 5 }] }),
    ).to.equal('step "two" asserts responseTime lessThan');
    const script = { type: "body", operator: "validatesJSONPath", target: { jsonPath: "$..a" } };
    expect(why({ assertions: [script] })).to.equal('step "two" asserts body validatesJSONPath');
    expect(why({ request: { url: "http://a/", basicAuth: { type: "ntlm" } } })).to.equal(
      'step "two" authenticates by ntlm',
    );
  });
});
