import { expect } from "chai";
import { checkoutSteps } from "../../../components/synthetics/checkout-steps.ts";
import { checkoutTestArgs } from "../../../components/synthetics/checkout-test.ts";
import { created } from "../../../simulation/declared/sent-requests.ts";

const testType = "datadog:index/syntheticsTest:SyntheticsTest";
const place = {
  clusterName: "kind-1",
  namespace: "socks",
  datadog: { app: "https://us5.datadoghq.com/" },
  notify: ["@slack-shop"],
};

describe("the steps of the checkout", () => {
  const steps = checkoutSteps("http://front-end");

  it("register, fill the cart and order, each with the status of the stock front-end", () => {
    const requests = steps.map(({ name, requestDefinition: request, assertions }) => {
      return [name, request?.method, request?.url, assertions?.[0]?.target];
    });

    expect(requests).to.deep.equal([
      ["register", "POST", "http://front-end/register", "200"],
      ["save an address", "POST", "http://front-end/addresses", "200"],
      ["save a card", "POST", "http://front-end/cards", "200"],
      ["put socks into the cart", "POST", "http://front-end/cart", "201"],
      ["order", "POST", "http://front-end/orders", "201"],
    ]);
  });

  it("hand the session from the first on to the others, as a secret", () => {
    const [register, ...others] = steps;

    expect(register?.extractedValues?.[0]).to.deep.include({ name: "SESSION", secure: true });
    for (const { requestHeaders } of others) {
      expect(requestHeaders?.["Cookie"]).to.equal("{{ SESSION }}; logged_in=yes");
    }
  });

  it("want an order that costs something", () => {
    expect(steps.at(-1)?.assertions?.[1]?.targetjsonpath).to.deep.equal({
      jsonpath: "$.total",
      operator: "moreThan",
      targetvalue: "0",
    });
  });
});

describe("the test of the checkout", () => {
  const args = checkoutTestArgs(place, "pl:one");

  it("runs every minute in the private location alone, and alerts at the first failed run", () => {
    expect(args.locations).to.deep.equal(["pl:one"]);
    expect(args.optionsList).to.deep.include({
      tickEvery: 60,
      minFailureDuration: 0,
      minLocationFailed: 1,
      monitorPriority: 2,
    });
  });

  it("has the tags and the message of the other monitors", () => {
    expect(args.tags).to.include.members([
      "incident:payment-failure",
      "kube_cluster_name:kind-1",
      "kube_namespace:socks",
      "service:sock-shop-front-end",
      "runbook:checkout",
    ]);
    expect(args.message)
      .to.contain("#checkout")
      .and.contain("{{#is_alert}}@slack-shop{{/is_alert}}");
    expect(args.message).to.contain("{{#is_alert_recovery}}@slack-shop{{/is_alert_recovery}}");
  });

  it("is sent in the shape of a recorded test of several steps", async () => {
    const [request] = await created(testType, args as never, { public_id: "abc-def-ghi" });
    const body = request?.body as unknown as {
      config: { steps: readonly Record<string, unknown>[] };
    };

    expect([request?.method, request?.path]).to.deep.equal([
      "POST",
      "/api/v1/synthetics/tests/api",
    ]);
    expect(body).to.deep.include({ type: "api", subtype: "multi", status: "live" });
    expect(body.config.steps[0]).to.deep.equal({
      name: "register",
      subtype: "http",
      allowFailure: false,
      isCritical: false,
      assertions: [{ type: "statusCode", operator: "is", target: 200 }],
      extractedValues: [
        {
          name: "SESSION",
          type: "http_header",
          field: "set-cookie",
          secure: true,
          parser: { type: "regex", value: "md\\.sid=[^;]+" },
        },
      ],
      request: {
        method: "POST",
        url: "http://front-end.socks.svc.cluster.local/register",
        body:
          '{"username":"{{ CUSTOMER }}","password":"{{ CUSTOMER }}",' +
          '"email":"{{ CUSTOMER }}@example.com","firstName":"Synthetic","lastName":"Customer"}',
        bodyType: "application/json",
        timeout: 15,
        headers: { "Content-Type": "application/json" },
      },
    });
  });
});
