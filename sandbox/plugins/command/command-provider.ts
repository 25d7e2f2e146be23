import { randomBytes } from "node:crypto";
import { PluginError } from "../grpc/plugin-error.ts";
import { diffValues } from "../grpc/property-diff.ts";
import {
  containsSecrets,
  revealMap,
  Secret,
  secretTexts,
  UNKNOWN,
  type PropertyMap,
} from "../grpc/property-value.ts";
import type { CallContext, Provider, ResourceRequest } from "../grpc/provider.ts";
import { checkCommand, commandInputs } from "./command-inputs.ts";
import { runCommand, type CommandOutput, type RunContext } from "./command-run.ts";

const LOCAL_COMMAND = "command:local:Command";

/** What the commands see of this process. */
export type CommandSurroundings = Pick<RunContext, "env" | "cwd">;

/** Serves `command:local:Command` as the official plugin does, and nothing else. */
export function commandProvider(surroundings: CommandSurroundings): Provider {
  const run = (line: string | undefined, call: Call, context: CallContext) =>
    line === undefined
      ? Promise.resolve(call.previous)
      : runCommand(line, commandInputs(call.inputs), call.previous, {
          ...surroundings,
          signal: context.signal,
          log: logger(call, context),
          secret: containsSecrets(call.inputs),
        });

  return {
    version: "1.2.1",
    checkConfig: ({ newInputs }) => Promise.resolve({ inputs: newInputs }),
    diffConfig: () => Promise.resolve({ changes: [] }),
    configure: () => Promise.resolve(),

    check(request) {
      refuseOtherTypes(request);
      const inputs = request.newInputs;
      return Promise.resolve({ inputs, failures: checkCommand(inputs) });
    },

    diff: ({ oldInputs, newInputs }) =>
      Promise.resolve({
        changes: diffValues(oldInputs, newInputs).map((change) => ({
          ...change,
          replace: /^triggers\b/.test(change.path),
        })),
      }),

    async create({ urn, name, inputs, preview }, context) {
      if (preview) return { id: "", outputs: unknownOutputs(inputs) };
      const line = commandInputs(inputs).create;
      const output = await run(line, { urn, inputs, previous: NOTHING }, context);
      return {
        id: `${name}${randomBytes(4).toString("hex")}`,
        outputs: commandOutputs(inputs, output),
      };
    },

    async update({ urn, newInputs, oldOutputs, preview }, context) {
      if (preview) return { outputs: unknownOutputs(newInputs) };
      const lines = commandInputs(newInputs);
      const call = { urn, inputs: newInputs, previous: previousOutput(oldOutputs) };
      const output = await run(lines.update ?? lines.create, call, context);
      return { outputs: commandOutputs(newInputs, output) };
    },

    read: ({ id, oldInputs, oldOutputs }) =>
      Promise.resolve({ id, inputs: oldInputs, outputs: oldOutputs }),

    async delete({ urn, oldInputs, oldOutputs }, context) {
      const call = { urn, inputs: oldInputs, previous: previousOutput(oldOutputs) };
      await run(commandInputs(oldInputs).delete, call, context);
    },
  };
}

interface Call {
  readonly urn: string;
  readonly inputs: PropertyMap;
  readonly previous: CommandOutput;
}

const NOTHING: CommandOutput = { stdout: "", stderr: "" };

function refuseOtherTypes({ type }: ResourceRequest): void {
  if (type === LOCAL_COMMAND) return;
  throw new PluginError(
    `${type} is not served by the stand-in for the command plugin, only ${LOCAL_COMMAND}: ` +
      "install the official plugin to use it",
  );
}

/**
 * The official plugin shows every line that `logging` lets through, with secrets in it, too. This one
 * does so only where no input is secret, or where `logging` is set, by which the program vouches for
 * the lines; a secret's own text is masked even then.
 */
function logger({ urn, inputs }: Call, context: CallContext): RunContext["log"] {
  const secrets = secretTexts(inputs);
  if (containsSecrets(inputs) && inputs["logging"] === undefined) return undefined;
  return (line) => {
    const message = secrets.reduce((text, secret) => text.replaceAll(secret, "[secret]"), line);
    void context.log({ severity: "info", message, urn, ephemeral: true });
  };
}

function previousOutput(outputs: PropertyMap): CommandOutput {
  const { stdout, stderr } = revealMap(outputs);
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return { stdout: text(stdout), stderr: text(stderr) };
}

/** Whatever came of a secret may show it, hence is secret too. */
function commandOutputs(inputs: PropertyMap, { stdout, stderr }: CommandOutput): PropertyMap {
  if (!containsSecrets(inputs)) return { ...inputs, stdout, stderr };
  return { ...inputs, stdout: new Secret(stdout), stderr: new Secret(stderr) };
}

function unknownOutputs(inputs: PropertyMap): PropertyMap {
  return { ...inputs, stdout: UNKNOWN, stderr: UNKNOWN };
}
