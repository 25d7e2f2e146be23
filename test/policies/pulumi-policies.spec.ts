import { expect } from "chai";
import type {
  PolicyResource,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import * as proxies from "@pulumi/policy/proxy.js";
import { policies } from "../../policies/pulumi-policies.ts";
import { rules } from "../../policies/rules.ts";

// the SDK's own guard, which it exports without its type
const { unknownCheckingProxy } = proxies as unknown as {
  unknownCheckingProxy: (props: object) => Record<string, unknown>;
};
const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const urn = (type: string, name: string) => `urn:pulumi:sandbox::sock-shop::${type}::${name}`;

/** What the engine was told. */
type Told = readonly [message: string | object, urn: string | undefined];

function pack() {
  const all = policies(rules);
  const named = (name: string) => all.find((policy) => policy.name === name);
  return {
    all,
    async resource(name: string, type: string, props: object, config = {}) {
      const told: Told[] = [];
      const { validateResource } = named(name) as ResourceValidationPolicy;
      const args = {
        urn: urn(type, "thing"),
        type,
        name: "thing",
        props: unknownCheckingProxy(props),
        getConfig: () => config,
      };
      const validate = validateResource as (args: unknown, report: unknown) => Promise<void> | void;
      await validate(args, (message: string, at?: string) => {
        told.push([message, at]);
      });
      return told;
    },
    async stack(name: string, resources: readonly object[]) {
      const told: Told[] = [];
      const { validateStack } = named(name) as StackValidationPolicy;
      const args = { resources: resources as PolicyResource[], getConfig: () => ({}) };
      await validateStack(args as unknown as StackValidationArgs, (message, at) => {
        told.push([message, at]);
      });
      return told;
    },
  };
}

const service = "kubernetes:core/v1:Service";
const deployment = "kubernetes:apps/v1:Deployment";

describe("the rules as the engine runs them", () => {
  it("have the level, the description and the settings of the rule", () => {
    const exposed = pack().all.find(({ name }) => name === "exposed-services");

    expect(exposed).to.deep.include({
      enforcementLevel: "mandatory",
      description: "Services are reachable from outside only in the stacks that allow it",
    });
    expect(exposed?.configSchema?.properties["nodePortStacks"]).to.deep.equal({
      type: "array",
      items: { type: "string" },
      description: "Stacks where a Service may be a NodePort; a name may end in *.",
      default: ["dev", "team-*"],
    });
  });

  it("report a violation at the resource, and take the configuration of the run", async () => {
    const props = { spec: { type: "NodePort" } };
    const [violation] = await pack().resource("exposed-services", service, props);
    const allowed = { nodePortStacks: ["sandbox"] };

    expect(violation?.[0]).to.match(/^thing: it is a NodePort in stack sandbox.*\nWhy: .*\nFix: /);
    expect(violation?.[1]).to.equal(urn(service, "thing"));
    expect(await pack().resource("exposed-services", service, props, allowed)).to.deep.equal([]);
  });

  it("report an unknown value as advice instead of being skipped", async () => {
    const props = { spec: { type: unknownText } };

    const [told] = await pack().resource("exposed-services", service, props);

    expect(told?.[0]).to.deep.include({
      urn: urn(service, "thing"),
      enforcementLevel: "advisory",
    });
    expect((told?.[0] as { message: string }).message).to.contain(
      "thing: undecided: spec.type is not known before the update.",
    );
  });

  it("report an incident whose context is unknown as a violation: the update would report it too late", async () => {
    const root = {
      type: "pulumi:pulumi:Stack",
      urn: urn("pulumi:pulumi:Stack", "s"),
      name: "s",
      props: { incident: "payment-down" },
    };
    const provider = {
      type: "pulumi:providers:kubernetes",
      urn: urn("pulumi:providers:kubernetes", "cluster"),
      name: "cluster",
      props: unknownCheckingProxy({ context: unknownText }),
    };

    const told = await pack().stack("incident-places", [root, provider]);

    expect(told).to.have.length(1);
    expect(told[0]?.[0]).to.contain("cluster: undecided: context is not known before the update.");
    expect(told[0]?.[1]).to.equal(provider.urn);
    const healthy = { ...root, props: { incident: "none" } };
    expect(await pack().stack("incident-places", [healthy, provider])).to.deep.equal([]);
  });

  it("evaluate stacks by what was asked for, and read the state from the stack's outputs", async () => {
    const own = pack();
    const root = {
      type: "pulumi:pulumi:Stack",
      urn: urn("pulumi:pulumi:Stack", "s"),
      name: "s",
      props: { incident: "none" },
    };
    const asked = { metadata: { name: "payment" }, spec: { replicas: 0 } };
    const became = { type: deployment, urn: urn(deployment, "thing"), name: "thing", props: {} };

    expect(await own.stack("zero-replicas", [root, became])).to.deep.equal([]);
    await own.resource("probes", deployment, asked);
    const [told] = await own.stack("zero-replicas", [root, became]);

    expect(told?.[0]).to.contain("thing: it has 0 replicas, and the incident state is none.");
    const down = { ...root, props: { incident: "payment-down" } };
    expect(await own.stack("zero-replicas", [down, became])).to.deep.equal([]);
    const unknown = { ...root, props: unknownCheckingProxy({ incident: unknownText }) };
    const [undecided] = await own.stack("zero-replicas", [unknown, became]);
    expect(undecided?.[0]).to.deep.include({ enforcementLevel: "advisory" });
  });
});
