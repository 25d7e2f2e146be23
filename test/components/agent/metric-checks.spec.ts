import { expect } from "chai";
import { checkAnnotations } from "../../../components/agent/metric-checks.ts";
import { serviceNames } from "../../../components/shop/catalogue.ts";
import { ofType } from "../../../simulation/declared/resource-graph.ts";
import { stackGraph } from "../../../simulation/declared/stack-graph.ts";

interface Checks {
  readonly openmetrics: {
    readonly instances: readonly {
      readonly openmetrics_endpoint: string;
      readonly namespace: string;
      readonly metrics: readonly Readonly<Record<string, string>>[];
      readonly [option: string]: unknown;
    }[];
  };
}

const name = "ad.datadoghq.com/orders.checks";
const checksOf = (annotations: Readonly<Record<string, string>>) =>
  JSON.parse(annotations[name] ?? "{}") as Checks;

describe("the Agent's checks of the shop", () => {
  it("ask those Java services that measure requests, and no other", () => {
    const asked = serviceNames.filter(
      (service) => Object.keys(checkAnnotations(service, { name: service, port: 80 })).length > 0,
    );

    expect(asked).to.deep.equal(["carts", "orders", "shipping"]);
  });

  it("take the durations of both generations as one metric, without buckets", () => {
    const { openmetrics } = checksOf(checkAnnotations("orders", { name: "orders", port: 8080 }));

    expect(openmetrics.instances).to.deep.equal([
      {
        openmetrics_endpoint: "http://%%host%%:8080/metrics",
        namespace: "sockshop",
        metrics: [
          { request_duration_seconds: "java.request.duration" },
          { http_request_duration_seconds: "java.request.duration" },
        ],
        collect_histogram_buckets: false,
        exclude_labels: ["service"],
      },
    ]);
  });

  for (const [set, port] of [
    ["weave", 80],
    ["quay", 8080],
  ] as const) {
    it(`ask the port of the containers of image set ${set}`, async () => {
      const config = { "sock-shop:images": JSON.stringify({ set }) };
      const { resources } = await stackGraph(config);
      const deployment = ofType(resources, "kubernetes:apps/v1:Deployment").get("orders");
      const { spec } = deployment?.inputs as unknown as {
        spec: { template: { metadata: { annotations: Record<string, string> } } };
      };

      const { openmetrics } = checksOf(spec.template.metadata.annotations);
      expect(openmetrics.instances[0]?.openmetrics_endpoint).to.equal(
        `http://%%host%%:${port}/metrics`,
      );
    });
  }
});
