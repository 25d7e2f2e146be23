/**
 * The locustfile by the real locust, against the shop's programs of all three generations.
 *
 * Proves that its journey works with each generation's front-end, users and answers, in both control
 * runs and without payment. Does not prove anything about the Job, its image or the fault proxy,
 * which load.spec.ts runs in the sandbox.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { planFor, type IncidentSettings } from "../../components/incident/plan.ts";
import { loadJobArgs, type LoadRun } from "../../components/incident/load/manifests.ts";
import { startShop, type Generation } from "../../simulation/timeline/simulated-shop.ts";
import { pythonTool } from "../support/sandbox/python-tools.ts";

const locustfile = fileURLToPath(
  new URL("../../components/incident/load/locustfile.py", import.meta.url),
);

/** The last line of a run. */
interface Report {
  readonly verdict: string;
  readonly expected: readonly string[];
  readonly orders: Readonly<Record<string, number>>;
  readonly broken: Readonly<Record<string, number>>;
}

/** Every run of a generation: what is expected, and a service that is away. */
const runs = [
  { of: "orders", load: loadOf("none", "orders"), sees: "placed" },
  { of: "dear carts", load: loadOf("none", "declines"), sees: "declined" },
  { of: "orders without payment", load: loadOf("payment-down"), away: "payment", sees: "outage" },
] as const;

/** What a run is expected to see in a state of the flag. */
function loadOf(
  incident: IncidentSettings["incident"],
  withoutIncident: IncidentSettings["load"]["withoutIncident"] = "nothing",
): LoadRun["load"] {
  const { load } = planFor({
    incident,
    load: { users: 2, rate: 2, runTime: "5m", arrivals: "closed", workers: 1, withoutIncident },
    faults: { delay: "8s", status: 500, percentage: 100 },
    incidentLease: "2h",
    paymentReplicas: 1,
  });
  if (!load) throw new Error("no load in this state");
  return load;
}

for (const generation of ["weave", "quay", "status-fix"] as const) {
  describe(`the load on the ${generation} images`, () => {
    let program: string;

    before(async function () {
      const found = await pythonTool("locust");
      if (found === undefined) return this.skip();
      program = found;
    });

    for (const { of, load, sees, ...fault } of runs) {
      it(`of ${of} is ${sees} each time, as expected`, async () => {
        const { report, code } = await run({ program, generation, load, ...fault });

        expect(code).to.equal(0);
        expect(report).to.include({ verdict: "expected" });
        expect(Object.keys(report.orders)).to.deep.equal([sees]);
        expect(report.broken).to.deep.equal({});
      });
    }
  });
}

interface Run {
  readonly program: string;
  readonly generation: Generation;
  readonly load: LoadRun["load"];
  readonly away?: string;
}

/**
 * Runs locust as the Job does until enough has been ordered: how long that takes depends on the
 * machine.
 */
async function run({ program, generation, load, away }: Run) {
  const limit: Parameters<typeof startShop>[1] =
    generation === "weave" ? { payment: { args: ["-port=80", "-decline=105"] } } : {};
  const shop = await startShop(generation, limit);
  if (away !== undefined) await shop.stop(away);
  const customers = startLocust(program, load, shop.url("front-end"));
  const timer = setInterval(() => {
    if (shop.ledger.read().tried >= enough) customers.stop();
  }, 500);
  const ended = await customers.ended;
  clearInterval(timer);
  await shop.close();
  return ended;
}

/** Orders after which a run may end. */
const enough = 4;

function startLocust(program: string, load: LoadRun["load"], host: string) {
  const { spec } = loadJobArgs({
    load,
    ...{ namespace: "x", env: "x", image: "x:1", locustfile: "", distributed: "" },
  });
  const { args = [], env = [] } = spec.template.spec.containers[0] ?? {};
  const replaced: Readonly<Record<string, string>> = {
    "--locustfile": locustfile,
    "--host": host,
  };
  const words = args.map((arg) => {
    const [name = ""] = arg.split("=");
    return name in replaced ? `${name}=${replaced[name]}` : arg;
  });
  const variables = Object.fromEntries(env.map(({ name, value }) => [name, value]));
  const child = spawn(program, words, {
    env: { PATH: process.env["PATH"], ...variables },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  const ended = once(child, "close").then(([code]) => {
    const line = output.split("\n").find((one) => one.startsWith('{"verdict"'));
    if (line === undefined) throw new Error(`locust ended without a verdict:\n${output}`);
    return { code: code as number | null, report: JSON.parse(line) as Report };
  });
  return { ended, stop: () => child.kill("SIGTERM") };
}
