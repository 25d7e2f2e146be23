import { expect } from "chai";
import { parse } from "yaml";
import {
  envoyYaml,
  type EnvoyRoute,
} from "../../../../components/incident/fault-proxy/envoy-config.ts";
import { expectGoldenText } from "../../../support/golden/golden-text.ts";

const route: EnvoyRoute = {
  path: "/paymentAuth",
  fault: { delaySeconds: 8 },
  percentage: 30,
  port: 8080,
  readyPort: 8081,
  upstream: { name: "payment", address: "payment-direct.socks.svc.cluster.local", port: 80 },
};

/** Every value that stands under a key, however deep. */
function valuesOf(key: string, value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value as Readonly<Record<string, unknown>>).flatMap(([name, inner]) => [
    ...(name === key ? [inner] : []),
    ...valuesOf(key, inner),
  ]);
}

describe("envoyYaml", () => {
  it("is the recorded configuration", () => {
    expectGoldenText("envoy.yaml", envoyYaml(route));
  });

  it("delays or answers with a status, for a share of the calls", () => {
    const percentage = { numerator: 30, denominator: "HUNDRED" };
    const failing = envoyYaml({ ...route, fault: { status: 503 } });

    expect(valuesOf("delay", parse(envoyYaml(route)))).to.deep.equal([
      { fixed_delay: "8s", percentage },
    ]);
    expect(valuesOf("abort", parse(envoyYaml(route)))).to.deep.equal([]);
    expect(valuesOf("abort", parse(failing))).to.deep.equal([{ http_status: 503, percentage }]);
    expect(valuesOf("delay", parse(failing))).to.deep.equal([]);
  });

  it("hits one POST and nothing else", () => {
    const [routes] = valuesOf("routes", parse(envoyYaml(route))) as [Record<string, object>[]];

    const faulty = routes.filter((entry) => "typed_per_filter_config" in entry);
    expect(faulty.map(({ match }) => match)).to.deep.equal([
      { path: "/paymentAuth", headers: [{ name: ":method", string_match: { exact: "POST" } }] },
    ]);
  });

  it("opens its two ports and no admin interface", () => {
    const config = parse(envoyYaml(route)) as { admin?: object; static_resources: object };

    expect(config.admin).to.equal(undefined);
    expect(
      valuesOf("port_value", (config.static_resources as { listeners: object }).listeners),
    ).to.deep.equal([8080, 8081]);
  });
});
