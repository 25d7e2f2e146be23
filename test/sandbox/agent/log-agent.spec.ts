import { expect } from "chai";
import { appendFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Batch, readState } from "../../../sandbox/agent/agent-state.ts";
import {
  type LogAgentOptions,
  type LogFigures,
  runLogAgent,
} from "../../../sandbox/agent/log-agent.ts";
import { logSourceOf } from "../../../sandbox/agent/pod-tags.ts";

const rules = [
  { type: "multi_line", name: "start", pattern: "\\d{4}-" },
  { type: "exclude_at_match", name: "health", pattern: "Health" },
];
const source = logSourceOf(
  {
    metadata: {
      name: "orders-7d9c-x",
      namespace: "sock-shop",
      labels: { "tags.datadoghq.com/env": "demo" },
      annotations: {
        "ad.datadoghq.com/orders.logs": JSON.stringify([
          { source: "spring-boot", service: "sock-shop-orders", log_processing_rules: rules },
        ]),
      },
      ownerReferences: [{ kind: "ReplicaSet", name: "orders-7d9c" }],
    },
    spec: { nodeName: "node-1", containers: [{ name: "orders", image: "quay.io/x/orders:1.2" }] },
  },
  "lab",
);

let second = 0;
/** A line as the container runtime stores it, each a second later. */
const cri = (text: string, stream = "stdout"): string => {
  second += 1;
  return `2027-01-05T10:${String(Math.floor(second / 60)).padStart(2, "0")}:${String(second % 60).padStart(2, "0")}.5Z ${stream} F ${text}\n`;
};

describe("the agent's logs", () => {
  let dir: string;
  let file: string;
  /** Everything that the intake took, by batch, as an intake that knows repeated names. */
  let taken: Map<string, Batch>;
  let attempts: number;
  let figures: LogFigures;

  beforeEach(async () => {
    second = 0;
    dir = await mkdtemp(join(tmpdir(), "agent-"));
    file = join(dir, "sock-shop_orders-7d9c-x.log");
    taken = new Map();
    attempts = 0;
    figures = { lines: 0, bytes: 0, logs: 0, sentBytes: 0, missed: 0, refused: 0 };
  });

  afterEach(() => rm(dir, { recursive: true }));

  const messages = (): string[] =>
    [...taken.values()].flatMap(({ logs }) => logs.map(({ message }) => message));

  /** Runs an agent until `done`, or until its intake throws. */
  async function run(
    done: () => boolean | Promise<boolean>,
    intake = (batch: Batch): void => void taken.set(batch.id, batch),
    options: Partial<LogAgentOptions> = {},
  ): Promise<void> {
    const end = new AbortController();
    const stateFile = join(dir, "state", "agent.json");
    const agent = runLogAgent(
      {
        sources: () => new Map([[file, source]]),
        stateFile,
        state: await readState(stateFile),
        intake: {
          logs: (batch) => {
            attempts += 1;
            intake(batch);
            return Promise.resolve();
          },
        },
        signal: end.signal,
        onProblem: (reason) => {
          throw new Error(reason);
        },
        ...options,
      },
      figures,
    );
    const ended = agent.then(
      () => true,
      () => true,
    );
    for (let turn = 0; turn < 400 && !(await done()); turn += 1) {
      if (await Promise.race([ended, sleep(10, false)])) break;
    }
    end.abort();
    await ended;
  }

  it("carry the tags of their pod, its service and source, and the stream as a status", async () => {
    await writeFile(file, cri("2027-01-05 a") + cri("2027-01-05 b", "stderr"));

    await run(() => messages().length === 2);

    const [first, last] = [...taken.values()].flatMap(({ logs }) => logs);
    expect(first).to.deep.equal({
      message: "2027-01-05 a",
      status: "info",
      timestamp: Date.parse("2027-01-05T10:00:01.500Z"),
      hostname: "node-1",
      service: "sock-shop-orders",
      ddsource: "spring-boot",
      ddtags:
        "kube_namespace:sock-shop,pod_name:orders-7d9c-x,kube_cluster_name:lab," +
        "kube_replica_set:orders-7d9c,kube_deployment:orders,env:demo,kube_container_name:orders," +
        "image_name:quay.io/x/orders,short_image:orders,image_tag:1.2",
    });
    expect(last?.status).to.equal("error");
  });

  it("pass the declared rules: one event for a stack trace, none for health checks", async () => {
    const trace = [cri("2027-01-05 failed"), cri("java.lang.Error"), cri("\tat a.B.c")].join("");
    await writeFile(file, trace + cri("2027-01-05 Health") + cri("2027-01-05 next"));

    await run(() => messages().length === 2);

    expect(messages()).to.deep.equal([
      "2027-01-05 failed\\njava.lang.Error\\n\tat a.B.c",
      "2027-01-05 next",
    ]);
    expect(figures).to.include({ lines: 5, logs: 2 });
  });

  it("are sent once over a restart, the lines of an unfinished event too", async () => {
    await writeFile(file, cri("2027-01-05 a") + cri("2027-01-05 b"));
    await run(() => messages().length === 1);
    await appendFile(file, cri("\tmore of b") + cri("2027-01-05 c"));

    await run(() => messages().length === 3);

    expect(messages()).to.deep.equal([
      "2027-01-05 a",
      "2027-01-05 b\\n\tmore of b",
      "2027-01-05 c",
    ]);
  }).timeout(20_000);

  it("are sent again under the same name when the reply was lost", async () => {
    await writeFile(file, cri("2027-01-05 a") + cri("2027-01-05 b"));
    await run(
      () => false,
      (batch) => {
        taken.set(batch.id, batch);
        throw new Error("the connection broke after the intake had taken it");
      },
    );
    await run(() => messages().length === 2);

    expect(messages()).to.deep.equal(["2027-01-05 a", "2027-01-05 b"]);
    expect(attempts).to.equal(3);
  });

  /** Writes a line with one letter and rotates the file after it. */
  async function rotate(letter: string, linesBefore: number): Promise<void> {
    await appendFile(file, cri(`2027-01-05 ${letter}`));
    await rename(file, `${file}.${linesBefore}`);
  }

  const letters = (): string =>
    messages()
      .map((message) => message.slice(-1))
      .join("");

  it("are read from all files that were rotated, the oldest first, and from the new one", async () => {
    await writeFile(file, cri("2027-01-05 a") + cri("2027-01-05 b"));
    await run(() => messages().length === 1);
    await rotate("c", 0);
    await rotate("d", 3);
    await rotate("e", 4);
    await writeFile(file, cri("2027-01-05 f"));

    await run(() => messages().length === 6);

    expect(letters()).to.equal("abcdef");
    expect(figures.missed).to.equal(0);
  });

  it("are read from rotated files of a container that the agent has not seen before", async () => {
    await rotate("a", 0);
    await rotate("b", 1);
    await writeFile(file, cri("2027-01-05 c"));

    await run(() => messages().length === 3);

    expect(letters()).to.equal("abc");
  });

  it("are counted where they were removed before they were read", async () => {
    await writeFile(file, cri("2027-01-05 a") + cri("2027-01-05 b"));
    await run(() => messages().length === 2);
    await rm(file);
    await rotate("d", 9);
    await writeFile(file, cri("2027-01-05 e"));
    const problems: string[] = [];

    await run(() => messages().length === 4, undefined, {
      onProblem: (reason) => void problems.push(reason),
    });

    expect(letters()).to.equal("abde");
    expect(figures.missed).to.equal(7);
    expect(problems).to.deep.equal([`${file}: 7 lines were removed before they were read`]);
  });

  it("are joined from the parts of a long line", async () => {
    const part = cri("2027-01-05 long").replace(" F ", " P ");
    await writeFile(file, part + part.replace("2027-01-05 long", "er") + cri("est"));

    await run(() => messages().length === 1);

    expect(messages()).to.deep.equal(["2027-01-05 longerest"]);
  });

  it("are sent once the disk can be written again, and once only", async () => {
    const obstacle = join(dir, "state", "agent.json.new");
    await mkdir(obstacle, { recursive: true });
    await writeFile(file, cri("2027-01-05 a") + cri("2027-01-05 b"));
    const problems: string[] = [];

    const agent = run(() => messages().length === 2, undefined, {
      retryMs: 5,
      onProblem: (reason) => void problems.push(reason),
    });
    for (let turn = 0; turn < 200 && figures.problem === undefined; turn += 1) await sleep(5);
    expect(figures.problem).to.match(/^no logs are sent: /);
    expect(messages()).to.deep.equal([]);
    await rm(obstacle, { recursive: true });
    await agent;

    expect(letters()).to.equal("ab");
    expect(figures.problem).to.equal(undefined);
    expect(problems).to.have.length(2);
    expect(problems[0]).to.match(/^no logs are sent: .*; trying again$/);
    expect(problems[1]).to.equal("logs are sent again");
  });

  it("of other containers are sent although one file cannot be read", async () => {
    const unreadable = join(dir, "folder.log");
    await mkdir(unreadable);
    await writeFile(file, cri("2027-01-05 a"));
    const problems: string[] = [];

    await run(() => messages().length === 1, undefined, {
      sources: () => new Map([unreadable, file].map((path) => [path, source])),
      onProblem: (reason) => void problems.push(reason),
    });

    expect(letters()).to.equal("a");
    expect(problems).to.have.length(1);
    expect(problems[0]).to.match(/folder\.log cannot be read: EISDIR/);
  });

  it("are read to their end before the agent forgets a pod that is gone", async () => {
    await writeFile(file, cri("2027-01-05 a"));
    const stateFile = join(dir, "state", "agent.json");
    let pods = new Map([[file, source]]);
    const forgotten = async (): Promise<boolean> => {
      if (messages().length === 1) pods = new Map();
      const { files } = await readState(stateFile);
      return messages().length === 1 && Object.keys(files).length === 0;
    };

    await run(forgotten, undefined, { sources: () => pods, forgetAfterMs: 50 });

    expect(await forgotten()).to.equal(true);
  });

  it("are not sent again because the state cannot be read", async () => {
    const state = join(dir, "agent.json");
    await writeFile(state, "{");

    const failure = await readState(state).catch((error: unknown) => (error as Error).message);

    expect(failure).to.include("remove it to send all logs again");
    expect(await readFile(state, "utf8")).to.equal("{");
  });
});
