import { expect } from "chai";
import { parse } from "yaml";
import {
  envoyPorts,
  localEnvoyConfig,
} from "../../../../sandbox/shop/process/localise-envoy-config.ts";
import { nameNotFound } from "../../../../sandbox/shop/http/address.ts";

const config = `
# in front of payment
static_resources:
  listeners:
    - name: proxy
      address: { socket_address: { address: 0.0.0.0, port_value: 8080 } }
      per_connection_buffer_limit_bytes: 0x8000
    - name: ready
      address: { socket_address: { address: "0.0.0.0", port_value: 9901 } }
  clusters:
    - name: upstream
      type: STRICT_DNS
      connect_timeout: 2s
      load_assignment:
        cluster_name: upstream
        endpoints:
          - lb_endpoints:
              - endpoint:
                  address:
                    socket_address: { address: payment-direct.shop.svc.cluster.local, port_value: 80 }
`;

const place = {
  portOf: (port: number) => port + 30_000,
  resolve: (name: string, port: number) => {
    if (name !== "payment-direct.shop.svc.cluster.local") throw nameNotFound(name);
    return { host: "127.0.0.1", port: 20_000 + port };
  },
};

function failure(text: string): string {
  try {
    localEnvoyConfig(text, place);
    return "no failure";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("Envoy's configuration on this machine", () => {
  it("has other listeners and upstreams, and nothing else is touched", () => {
    const local = localEnvoyConfig(config, place);

    const expected = config
      .replace("address: 0.0.0.0, port_value: 8080", "address: 127.0.0.1, port_value: 38080")
      .replace('address: "0.0.0.0", port_value: 9901', "address: 127.0.0.1, port_value: 39901")
      .replace(
        "address: payment-direct.shop.svc.cluster.local, port_value: 80",
        "address: 127.0.0.1, port_value: 20080",
      );
    expect(parse(local)).to.deep.equal(parse(expected));
    expect(local).to.contain("# in front of payment").and.to.contain("0x8000");
  });

  it("says which ports it opens, the admin interface's as well", () => {
    const admin = "admin: { address: { socket_address: { address: 127.0.0.1, port_value: 9 } } }\n";

    expect(envoyPorts(admin + config)).to.deep.equal([9, 8080, 9901]);
  });

  const at = (path: string) => `the sandbox cannot map Envoy's ${path} to this machine`;
  const listener = "static_resources.listeners.0.address.socket_address";
  for (const [what, text, message] of [
    ["text that is no YAML", "a: [", "Envoy's configuration is not YAML: "],
    [
      "an upstream that is no Service",
      config.replace("payment-direct.", "api."),
      "Envoy's upstream api.shop.svc.cluster.local:80 is no Service of the cluster",
    ],
    [
      "an address of one interface",
      config.replace("0.0.0.0", "10.0.0.1"),
      at(`${listener}: 10.0.0.1`),
    ],
    [
      "a port by name",
      config.replace("port_value: 8080", "named_port: http"),
      at(`${listener} without address and port_value of TCP`),
    ],
    [
      "UDP",
      config.replace("port_value: 8080", "port_value: 8080, protocol: UDP"),
      at(`${listener} without address and port_value of TCP`),
    ],
    [
      "a cluster that learns its endpoints elsewhere",
      config.replace("STRICT_DNS", "EDS"),
      at("static_resources.clusters.0.type: EDS"),
    ],
    ["dynamic configuration", `dynamic_resources: {}\n${config}`, at("dynamic_resources")],
    [
      "an address in a place that it does not know",
      `tracing: { collector: { socket_address: { address: x, port_value: 1 } } }\n${config}`,
      at("tracing.collector.socket_address"),
    ],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(failure(text)).to.satisfy((got: string) => got.startsWith(message));
    });
  }
});
