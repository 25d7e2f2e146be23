import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { listProcesses } from "../../../../sandbox/host/processes.ts";
import { processIdentity } from "../../../../sandbox/host/process-identity.ts";
import { nameNotFound } from "../../../../sandbox/shop/http/address.ts";
import type { PodState, RunningPod } from "../../../../sandbox/shop/pod/running-pod.ts";
import type { PodLog } from "../../../../sandbox/shop/pod/pod-log.ts";
import { createPodLog } from "../../../../sandbox/shop/pod/pod-log.ts";
import { systemClock } from "../../../../sandbox/shop/clock.ts";
import { endOrphans } from "../../../../sandbox/shop/process/os-process.ts";
import type { ProcessPlace } from "../../../../sandbox/shop/process/process-pod.ts";
import { runProcessPod } from "../../../../sandbox/shop/process/process-pod.ts";
import type { ProcessSpec } from "../../../../sandbox/shop/process/process-spec.ts";

// Real processes: the program called locust or envoy is a script of a few lines.

describe("a pod that is a process", () => {
  let root: string;
  let place: ProcessPlace;
  let states: PodState[];
  let lines: PodLog;
  let pods: RunningPod[];

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "process-pod-"));
    const folder = (name: string) => join(root, name);
    place = {
      runDir: folder("run"),
      logsDir: folder("logs"),
      podsDir: folder("pods"),
      toolsDir: folder("tools"),
    };
    states = [];
    pods = [];
    await mkdir(place.toolsDir);
  });

  afterEach(async () => {
    await Promise.all(pods.map((pod) => pod.stop()));
    await rm(root, { recursive: true });
  });

  async function program(name: string, interpreter: string, text: string): Promise<void> {
    const file = join(place.toolsDir, name);
    await writeFile(file, `#!${interpreter}\n${text}\n`);
    await chmod(file, 0o755);
  }

  async function run(change: Partial<ProcessSpec> = {}): Promise<RunningPod> {
    lines = createPodLog(systemClock);
    const spec: ProcessSpec = {
      program: "locust",
      image: "locustio/locust:2.47.0",
      podName: "load-1",
      namespace: "shop",
      words: ["--headless", "-f", "/mnt/file.py"],
      env: {},
      probes: [],
      volumes: [{ mountPath: "/mnt", files: { "file.py": "exact\n\ttext" } }],
      restart: "Never",
      graceSeconds: 0.2,
      ...change,
    };
    const resolve = (name: string) => {
      throw nameNotFound(name);
    };
    const onChange = (state: PodState) => void states.push(state);
    const pod = await runProcessPod(spec, { place, clock: systemClock, lines, resolve, onChange });
    pods.push(pod);
    return pod;
  }

  const until = async (test: () => boolean) => {
    while (!test()) await sleep(5);
  };
  const printed = () => lines.recent().map(({ stream, text }) => `${stream}: ${text}`);
  const pidOf = async () => (await listProcesses(place.runDir))[0]?.pid ?? 0;

  for (const code of [0, 3]) {
    it(`tells exit code ${code}, after it printed its last line`, async () => {
      await program("locust", "/bin/sh", `cat "$3"; echo oops >&2; printf last; exit ${code}`);
      await run();

      await until(() => states.at(-1)?.process?.ended !== undefined);

      expect(states[0]).to.include({ ready: true, restarts: 0 });
      expect(states.at(-1)?.ready).to.equal(false);
      expect(states.at(-1)?.process?.ended?.exitCode).to.equal(code);
      expect(printed()).to.have.members(["stdout: exact", "stdout: \ttextlast", "stderr: oops"]);
      expect(await listProcesses(place.runDir)).to.deep.equal([]);
    });
  }

  it("gets files that nobody can write to, and leaves none behind", async () => {
    await program("locust", "/bin/sh", "ls -l $3; exec sleep 60");
    const pod = await run();
    await until(() => lines.recent().length > 0);

    expect(printed()[0]).to.match(/^stdout: -r--r--r--/);
    expect(await readdir(place.podsDir)).to.deep.equal(["shop_load-1"]);
    await pod.stop();
    expect(await readdir(place.podsDir)).to.deep.equal([]);
  });

  it("reads a secret file alone, which goes with the pod", async () => {
    await program("locust", "/bin/sh", `ls -l $PWD/secret; exec sleep 60`);
    const secret = { mountPath: "/secret", files: { token: "a.b.c" }, secret: true };
    const pod = await run({ volumes: [secret] });
    await until(() => lines.recent().length > 1);

    expect(printed()[1]).to.match(/^stdout: -rw-------.* token$/);
    await pod.stop();
    expect(await readdir(place.podsDir)).to.deep.equal([]);
  });

  /** A Python that serves, and that answers as the probe of the given word. */
  async function runProbed(word: "ready" | "hang", timeoutSeconds: number) {
    const answer = `case "$1" in ready) test -e "$PWD/up" ;; hang) exec sleep 60 ;; `;
    await program("python3", "/bin/sh", `${answer}*) touch "$PWD/up"; exec sleep 60 ;; esac`);
    const probe = {
      kind: word === "ready" ? "readiness" : "liveness",
      path: "",
      command: ["python3", word],
      timeoutSeconds,
      initialDelaySeconds: 0,
      periodSeconds: 0.05,
      failureThreshold: 3,
    } as const;
    return await run({ words: ["python3", "serve"], restart: "Always", probes: [probe] });
  }

  it("is ready once the program of its probe says so", async () => {
    const pod = await runProbed("ready", 10);

    await until(() => pod.state.ready);

    expect(states[0]?.ready).to.equal(false);
    expect(pod.state.restarts).to.equal(0);
  });

  it("is started again when the program of its probe hangs", async () => {
    const pod = await runProbed("hang", 0.1);

    await until(() => pod.state.restarts > 0);

    expect(pod.state.waiting).to.equal("CrashLoopBackOff");
  });

  it("ends with the pod, by SIGTERM if it listens to it", async () => {
    await program("locust", "/bin/sh", `trap 'echo bye; exit 0' TERM; echo on; sleep 60 & wait`);
    const pod = await run({ graceSeconds: 30 });
    await until(() => printed().includes("stdout: on"));
    const pid = await pidOf();

    await pod.stop();

    expect(printed()).to.include("stdout: bye");
    expect(await processIdentity(pid)).to.equal(undefined);
    expect(states.every(({ process }) => process?.ended === undefined)).to.equal(true);
  });

  it("is killed after the grace period if it does not", async () => {
    await program("locust", "/bin/sh", `trap '' TERM; echo on; while :; do sleep 0.1; done`);
    const pod = await run();
    await until(() => printed().includes("stdout: on"));
    const pid = await pidOf();

    await pod.stop();

    expect(await processIdentity(pid)).to.equal(undefined);
  });

  it("is started again where the pod's restart policy says so", async () => {
    await program("locust", "/bin/sh", "exit 1");
    const pod = await run({ restart: "Always" });

    await until(() => pod.state.restarts === 2);

    expect(pod.state).to.deep.equal({ ready: false, restarts: 2, waiting: "CrashLoopBackOff" });
  });

  it("is ready when its readiness probe is answered well over HTTP, on the port of that listener", async () => {
    await program(
      "envoy",
      process.execPath,
      `const { readFileSync } = require("node:fs");
       const port = Number(/port_value: (\\d+)/.exec(readFileSync(process.argv[3], "utf8"))[1]);
       let asked = 0;
       require("node:http").createServer((request, answer) => {
         console.log(request.url);
         answer.writeHead((asked += 1) < 2 ? 503 : 200).end();
       }).listen(port, "127.0.0.1");`,
    );
    const config =
      "static_resources: { listeners: [{ address: " +
      "{ socket_address: { address: 0.0.0.0, port_value: 9901 } } }] }";
    const pod = await run({
      program: "envoy",
      image: "envoyproxy/envoy:v1.40.0",
      words: ["-c", "/etc/envoy/envoy.yaml"],
      volumes: [{ mountPath: "/etc/envoy", files: { "envoy.yaml": config } }],
      probes: [
        {
          ...{ kind: "readiness", path: "/ready", port: 9901 },
          ...{ initialDelaySeconds: 0, periodSeconds: 0.05, failureThreshold: 3 },
        },
      ],
    });

    expect(pod.state.ready).to.equal(false);
    await until(() => pod.state.ready);

    expect(printed().slice(0, 2)).to.deep.equal(["stdout: /ready", "stdout: /ready"]);
    expect([...pod.ports.keys()]).to.deep.equal([9901]);
    const copy = join(place.podsDir, "shop_load-1", "etc", "envoy", "envoy.yaml");
    expect(await readFile(copy, "utf8")).to.equal(config);
  });

  it("says so where its program is not there", async () => {
    const failed = await run().then(
      () => "started",
      (error: unknown) => (error as Error).message,
    );

    expect(failed).to.equal(`cannot start ${join(place.toolsDir, "locust")}: ENOENT`);
  });

  it("is ended by the next shop when its own was killed", async () => {
    await program("locust", "/bin/sh", "exec sleep 60");
    await run();
    const pid = await pidOf();

    expect(await endOrphans(place.runDir)).to.deep.equal(["pod-load-1"]);

    expect(await processIdentity(pid)).to.equal(undefined);
    expect(await endOrphans(place.runDir)).to.deep.equal([]);
  });
});
