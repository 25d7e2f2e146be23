import { expect } from "chai";
import fc from "fast-check";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandProvider } from "../../../../sandbox/plugins/command/command-provider.ts";
import {
  Secret,
  UNKNOWN,
  type PropertyMap,
} from "../../../../sandbox/plugins/grpc/property-value.ts";
import type { LogEntry } from "../../../../sandbox/plugins/grpc/engine-log.ts";

const resource = { urn: "urn:test", type: "command:local:Command", name: "mark" };
const env = { PATH: process.env["PATH"] };
const provider = commandProvider({ env, cwd: process.cwd() });

function context(signal = new AbortController().signal) {
  const lines: LogEntry[] = [];
  const log = (entry: LogEntry) => {
    lines.push(entry);
    return Promise.resolve();
  };
  return { lines, signal, log };
}

function create(inputs: PropertyMap, call = context()) {
  return provider.create({ ...resource, inputs, preview: false, timeoutSeconds: 0 }, call);
}

function diff(oldInputs: PropertyMap, newInputs: PropertyMap) {
  const request = { ...resource, id: "mark1", oldInputs, oldOutputs: oldInputs, newInputs };
  return provider.diff(request, context());
}

async function messageOf(failing: Promise<unknown>): Promise<string> {
  return failing.then(
    () => "no error",
    (error: unknown) => (error as Error).message,
  );
}

describe("stand-in for the command plugin", () => {
  it("keeps what the command printed, without the last line feed", async () => {
    const { id, outputs } = await create({ create: "echo out; echo; printf err >&2" });

    expect(id).to.match(/^mark[0-9a-f]{8}$/);
    expect(outputs).to.deep.equal({
      create: "echo out; echo; printf err >&2",
      stdout: "out\n",
      stderr: "err",
    });
  });

  it("runs nothing in a preview and leaves the outputs unknown", async () => {
    const inputs = { create: "exit 9" };

    const request = { ...resource, inputs, preview: true, timeoutSeconds: 0 };
    const { outputs } = await provider.create(request, context());

    expect(outputs).to.deep.equal({ create: "exit 9", stdout: UNKNOWN, stderr: UNKNOWN });
  });

  it("creates without running when there is no create command", async () => {
    const { outputs } = await create({ delete: "exit 9" });

    expect(outputs).to.deep.equal({ delete: "exit 9", stdout: "", stderr: "" });
  });

  it("passes environment, standard input, folder and interpreter on", async () => {
    const dir = realpathSync(mkdtempSync(join(tmpdir(), "command-")));

    const { outputs } = await create({
      create: 'echo "$GREETING from $PWD"; cat',
      environment: { GREETING: "hello" },
      stdin: "typed",
      dir,
      interpreter: ["/bin/sh", "-e", "-c"],
    });

    rmSync(dir, { recursive: true });
    expect(outputs["stdout"]).to.equal(`hello from ${dir}\ntyped`);
  });

  it("makes the outputs secret, and shows no line, when an input is secret", async () => {
    const call = context();

    const { outputs } = await create(
      { create: 'echo "$KEY"', environment: { KEY: new Secret("s3cret") } },
      call,
    );

    expect(outputs["stdout"]).to.deep.equal(new Secret("s3cret"));
    expect(call.lines).to.deep.equal([]);
  });

  it("shows what a program with a secret vouches for by logging, without the secret", async () => {
    const environment = { KEY: new Secret("s3cret\nof two lines"), PLACE: "here" };
    const inputs = {
      create: 'echo "key $KEY" >&2; echo "$PLACE" >&2; echo out',
      logging: "stderr",
      environment,
    };
    const call = context();

    const { outputs } = await create(inputs, call);

    expect(call.lines.map(({ message }) => message)).to.deep.equal([
      "key [secret]",
      "[secret]",
      "here",
    ]);
    expect(outputs["stderr"]).to.deep.equal(new Secret("key s3cret\nof two lines\nhere"));
    const failure = await messageOf(create({ ...inputs, create: "echo $KEY; exit 3" }));
    expect(failure).to.contain("its output is not shown");
  });

  it("shows the streams that logging names", async () => {
    const shown = async (logging: string) => {
      const call = context();
      await create({ create: "echo out; echo err >&2", logging }, call);
      return call.lines.map(({ message }) => message).sort();
    };

    expect(await shown("none")).to.deep.equal([]);
    expect(await shown("stdout")).to.deep.equal(["out"]);
    expect(await shown("stderr")).to.deep.equal(["err"]);
    expect(await shown("stdoutAndStderr")).to.deep.equal(["err", "out"]);
  });

  it("fails with the exit code and the command's own words", async () => {
    const message = await messageOf(create({ create: "echo no such host >&2; exit 3" }));

    expect(message).to.equal("the command ended with exit code 3: no such host");
  });

  it("keeps the command's words back when an input is secret", async () => {
    const inputs = { create: new Secret("echo s3cret; exit 3") };

    const message = await messageOf(create(inputs));

    expect(message).to.equal(
      "the command ended with exit code 3 (its output is not shown: the inputs hold a secret)",
    );
  });

  it("fails when the interpreter does not exist", async () => {
    const message = await messageOf(create({ create: "x", interpreter: ["no-such-program"] }));

    expect(message).to.match(/^cannot run the command: .*ENOENT/);
  });

  it("ends the command when the update is cancelled", async () => {
    const cancel = new AbortController();
    const running = messageOf(create({ create: "exec sleep 60" }, context(cancel.signal)));

    cancel.abort();

    expect(await running).to.match(/^cannot run the command: .*aborted/);
  });

  it("updates by the update command, with the previous output in its environment", async () => {
    const newInputs = { create: "exit 9", update: 'echo "was $PULUMI_COMMAND_STDOUT"' };
    const oldOutputs = { ...newInputs, stdout: "first", stderr: "" };

    const request = { ...resource, id: "mark1", oldInputs: {}, oldOutputs, newInputs };
    const updated = await provider.update(
      { ...request, preview: false, timeoutSeconds: 0 },
      context(),
    );

    expect(updated.outputs["stdout"]).to.equal("was first");
  });

  it("updates by the create command when there is no update command", async () => {
    const newInputs = { create: "echo again", addPreviousOutputInEnv: false };
    const request = { ...resource, id: "mark1", oldInputs: {}, oldOutputs: {}, newInputs };

    const updated = await provider.update(
      { ...request, preview: false, timeoutSeconds: 0 },
      context(),
    );

    expect(updated.outputs["stdout"]).to.equal("again");
  });

  it("runs the delete command, and fails when that fails", async () => {
    const remove = (line: string) => {
      const oldInputs = { delete: line };
      const request = { ...resource, id: "mark1", oldInputs, oldOutputs: oldInputs };
      return messageOf(provider.delete({ ...request, timeoutSeconds: 0 }, context()));
    };

    expect(await remove("exit 0")).to.equal("no error");
    expect(await remove("exit 1")).to.equal("the command ended with exit code 1");
  });

  it("replaces on changed triggers and updates on anything else", async () => {
    expect(await diff({ triggers: ["a"] }, { triggers: ["b"] })).to.deep.equal({
      changes: [{ path: "triggers[0]", kind: "update", replace: true }],
    });
    expect(await diff({ create: "a" }, { create: "b" })).to.deep.equal({
      changes: [{ path: "create", kind: "update", replace: false }],
    });
    expect(await diff({ create: "a" }, { create: "a" })).to.deep.equal({ changes: [] });
  });

  it("refuses what it does not serve, naming what it does", async () => {
    const inputs = { create: "true", assetPaths: ["*.txt"], logging: "loud", stdin: 7 };
    const request = { ...resource, oldInputs: {}, newInputs: inputs };

    const { failures } = await provider.check(
      { ...request, randomSeed: new Uint8Array() },
      context(),
    );

    expect(failures?.map(({ reason }) => reason)).to.deep.equal([
      "assetPaths is not served by this stand-in: use only create, update, delete, dir, stdin, " +
        "interpreter, environment, logging, addPreviousOutputInEnv, triggers",
      'logging: expected "stdout", "stderr", "stdoutAndStderr", "none"',
      "stdin: expected a string",
    ]);
  });

  it("refuses remote commands", () => {
    const request = { ...resource, type: "command:remote:Command", oldInputs: {}, newInputs: {} };

    expect(() => provider.check({ ...request, randomSeed: new Uint8Array() }, context())).to.throw(
      "command:remote:Command is not served by the stand-in for the command plugin",
    );
  });

  it("never shows a rejected value", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 100000 }), async (value) => {
        const inputs = { create: value, environment: value, triggers: value };
        const request = { ...resource, oldInputs: {}, newInputs: inputs };
        const call = { ...request, randomSeed: new Uint8Array() };
        const { failures } = await provider.check(call, context());
        expect(failures).to.have.length(3);
        expect(JSON.stringify(failures)).not.to.include(String(value));
      }),
    );
  });
});
