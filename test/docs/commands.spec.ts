import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { incidentStates } from "../../components/incident/plan.ts";
import { type Checkout, commandsOf, pageProblems } from "../support/pages/commands.ts";
import type { Registered } from "../../simulation/declared/resource-graph.ts";
import { stackGraph } from "../../simulation/declared/stack-graph.ts";

// Every command of the two pages that people copy from, against the stack, the settings and `lab`.
// Proves that what it names is declared where it is typed; does not prove what it prints.

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");

type State = (typeof incidentStates)[number];

const staged = incidentStates.filter((state) => state !== "none");
const withPaymentProxy = ["payment-slow", "payment-errors"] as const;

/** Headings whose commands are typed in certain states; all others must work in each. */
const statesOf: Readonly<Record<string, readonly State[]>> = {
  "Stage it": staged,
  "What to look at with a proxy": withPaymentProxy,
  "When the lease ran out": ["payment-down"],
};

describe("the commands of", () => {
  let checkout: Checkout;

  before(async function () {
    this.timeout(60_000);
    const graphs = new Map<State, readonly Registered[]>();
    let outputs: readonly string[] = [];
    for (const state of incidentStates) {
      const optional = { "sock-shop:agent": "helm", "sock-shop:synthetics": "private" };
      const config = { "sock-shop:incident": state, ...optional };
      const { resources, result } = await stackGraph(config);
      graphs.set(state, resources);
      outputs = Object.keys(result);
    }
    checkout = {
      resourcesAt: (heading) =>
        (statesOf[heading] ?? incidentStates).map((state) => graphs.get(state) ?? []),
      outputs,
      targets: [...read("Makefile").matchAll(/^([a-z-]+):/gm)].map(([, name = ""]) => name),
      files: readdirSync(root),
    };
  });

  for (const [page, least] of [
    ["README.md", 20],
    ["docs/runbook.md", 70],
  ] as const) {
    it(`${page} do what they are there for`, () => {
      expect(commandsOf(read(page)).length).to.be.at.least(least);
      expect(pageProblems(read(page), checkout)).to.deep.equal([]);
    });
  }

  /** Slips, each made in the runbook, with what is said of it. */
  const slips: readonly (readonly [was: string, is: string, said: string])[] = [
    ["deployment/payment-down-lease", "deploymnt/payment-lease", "no kind deploymnt is known"],
    ["deployment/payment-down-lease", "deployment/payment-lease", "no Deployment payment-lease"],
    ["job/locust-payment-failure", "job/locust-payments", "no Job locust-payments is declared"],
    ["deployment/payment-proxy", "deployment/payment-envoy", "no Deployment payment-envoy"],
    ["faults.percentage 30", "faults.percentage 3", "expected a whole number from 10 to 100"],
    ["--path faults.percentage 30", "faults.percentage 30", "unknown key"],
    ["load.withoutIncident orders", "load.withoutIncident order", 'expected "nothing" or "orders"'],
    ["incidentLease 4h", "incidentLease 40h", "expected a duration from 1m to 24h"],
    ["logPipeline shared", "logPipelin shared", "unknown key"],
    [
      "incident enter payment-down",
      "incident enter payment-dwon",
      'unknown incident "payment-dwon"',
    ],
    ["config set incident none", "config set --plain incident none", "--plain is no option of it"],
    ["config set incident none", "config set incident", "takes a key and a value"],
    ["config set incident none", "config set --secret incident", "incident is no secret"],
    ["pulumi up --refresh", "pulumi refresh --up", "no such command of pulumi"],
    ["./lab up --refresh", "./lab up --refesh", "has no option"],
    ["./lab incident overdue", "./lab incident overdo", "unknown command"],
    ["stack output incidentMark", "stack output incidentMarker", "incidentMarker"],
    ["-n sock-shop get pods -o", "-n sockshop get pods -o", "no namespace sockshop is declared"],
    ["kubectl -n sock-shop describe", "kubectl describe", "no namespace undefined is declared"],
    ["describe pod -l name=payment", "describe pod -l app=payment", "no Pod has app=payment"],
    ["service-name=payment", "service-name=payments", "no EndpointSlice has kubernetes.io"],
    ["scale deployment/payment --replicas=1", "scale deployment/payment", "scale needs --replicas"],
    ["logs deployment/orders --tail=200", "logs deployment/orders --last=200", "--last"],
    ["logs deployment/front-end --follow", "get deployment/front-end --follow", "--follow"],
    ["deployment/front-end -- node", "deployment/front-end node", "exec needs -- and a program"],
    ["-c agent -- agent", "-c agnet -- agent", "no pod has a container agnet"],
    ["component=agent -o", "component=agents -o", "no Pod has app.kubernetes.io/component=agents"],
    ["-o name", "-o names", "no output names is known"],
    ["'{.items[*].spec.selector}'", "'{.items[*].spec.selectors}'", "selectors: no such field"],
    ["'{.items[*].spec.selector}'", "{.items[*].spec.selector}", "needs quotes"],
    ["--sort-by=.lastTimestamp", "--sort-by=.lastSeen", "lastSeen: no such field"],
    ["| grep -E", "| grpe -E", "no program grpe is known"],
  ];

  for (const [was, is, said] of slips) {
    it(`notices ${is} instead of ${was}`, () => {
      const runbook = read("docs/runbook.md");
      expect(runbook).to.include(was);

      const problems = pageProblems(runbook.replaceAll(was, is), checkout);

      expect(problems.join("\n")).to.include(said);
    });
  }

  it("finds what only some states have in no other", () => {
    const log = "kubectl -n sock-shop logs deployment/payment-proxy";

    const asked = ["What to look at with a proxy", "Watch"].map((heading) =>
      pageProblems(`## ${heading}\n\n\`${log}\`\n`, checkout),
    );

    expect(asked).to.deep.equal([
      [],
      Array(1).fill(`Watch: ${log}: no Deployment payment-proxy is declared`),
    ]);
  });
});
