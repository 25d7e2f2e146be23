import { expect } from "chai";
import { CompileError } from "../../../../sandbox/datadog/vrl/compiled-programs.ts";
import { WorkerUnavailable } from "../../../../sandbox/datadog/vrl/supervised-process.ts";
import { createVrlWorker, type VrlWorker } from "../../../../sandbox/datadog/vrl/worker.ts";
import { pyvrl } from "../../../support/logs/pyvrl.ts";

const words = {
  kind: "grok",
  support: [["_number", "%{integer:n}"]],
  rules: [
    ["counted", "%{word:what} %{_number}"],
    ["plain", "%{word:what}"],
  ],
} as const;

/** Oniguruma tries ten million ways before it gives up, which takes it some 0.3 s. */
const slow = {
  kind: "grok",
  support: [],
  rules: [["slow", `%{regex("(?:x+x+)+y"):found}`]],
} as const;

const text = (value: string) => ({ text: value });

describe("the VRL worker", () => {
  let python: string;
  let worker: VrlWorker;

  before(async function () {
    python = await pyvrl(this);
  });

  beforeEach(() => {
    worker = createVrlWorker({ python, secondsPerValue: 0.02 });
  });

  afterEach(() => worker.close());

  it("answers with the first rule that matches, and with nothing where none does", async () => {
    const outcomes = await worker.run(words, [text("socks 7"), text("socks"), text("?")]);

    expect(outcomes).to.deep.equal([
      { value: { rule: 0, found: { what: "socks", n: 7 } } },
      { value: { rule: 1, found: { what: "socks" } } },
      { value: null },
    ]);
  });

  it("takes braces, quotes and backslashes of a rule as they are", async () => {
    const rule = ["braces", String.raw`%{regex("\\{{2}'\\}{2}"):found} "\\"{{`] as const;
    const outcomes = await worker.run({ kind: "grok", support: [], rules: [rule] }, [
      text(`{{'}} "\\"{{`),
    ]);

    expect(outcomes).to.deep.equal([{ value: { rule: 0, found: { found: "{{'}}" } } }]);
  });

  it("answers for each query whether a log matches", async () => {
    const queries = ["service:orders", "kube_namespace:sock-shop", "message:refused"];
    const log = { service: "orders", tags: ["kube_namespace:x"], message: "it was refused" };

    const outcomes = await worker.run({ kind: "match", queries }, [log]);

    expect(outcomes).to.deep.equal([{ value: [true, false, true] }]);
  });

  it("says once and for all why a rule is refused, and goes on with others", async () => {
    const bad = { kind: "grok", support: [], rules: [["bad", "%{nope:x}"]] } as const;
    const failure = () =>
      worker.run(bad, []).then(
        () => "no error",
        (error: unknown) => error,
      );

    const first = await failure();
    expect(first).to.be.instanceOf(CompileError);
    expect((first as Error).message).to.include('"nope" could not be found');
    expect(await failure()).to.equal(first);
    expect(await worker.run(words, [text("socks")])).to.have.length(1);
    expect(worker.figures.restarts).to.equal(0);
  });

  it("ends at a value that takes too long, and loses none of its neighbours", async () => {
    const values = [text("xxy"), text("x".repeat(60)), text("y")];

    const outcomes = await worker.run(slow, values);

    expect(outcomes.map((outcome) => "value" in outcome)).to.deep.equal([true, false, true]);
    expect(outcomes[1]).to.have.nested.property("failed.how", "stuck");
    expect(worker.figures).to.include({ stuck: 1, crashed: 0 });
  });

  it("answers for every value although the process is killed in the middle", async () => {
    const values = Array.from({ length: 5000 }, (_, index) => text(`socks ${index}`));
    await worker.run(words, []);
    const running = worker.run(words, values);
    process.kill(worker.figures.pid ?? 0, "SIGKILL");

    const outcomes = await running;

    expect(outcomes.filter((outcome) => "value" in outcome)).to.have.length(5000);
    expect(worker.figures).to.include({ restarts: 1, crashed: 0 });
  }).timeout(60_000);

  it("keeps to a value that VRL cannot read, as an error of that value alone", async () => {
    const outcomes = await worker.run(words, [text("\ud800"), text("socks")]);

    expect(outcomes[0]).to.have.nested.property("failed.how", "error");
    expect(outcomes[1]).to.have.property("value");
  });

  it("refuses more calls than may wait", async () => {
    const calls = Array.from({ length: 257 }, () => worker.run(words, []));

    const ends = await Promise.allSettled(calls);

    expect(ends.filter(({ status }) => status === "rejected")).to.have.length(1);
  });

  it("says in one line that Python cannot be started", async () => {
    const none = createVrlWorker({ python: "/nowhere/python" });

    const error = await none.run(words, [text("a")]).catch((reason: unknown) => reason);

    expect(error).to.be.instanceOf(WorkerUnavailable);
    expect((error as Error).message).to.include("/nowhere/python");
  });
});
