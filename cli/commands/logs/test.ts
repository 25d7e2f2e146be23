import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { serviceNames, type ServiceName } from "../../../components/shop/catalogue.ts";
import { partOptions } from "../../sandbox/start-parts.ts";
import { type Command, type Invocation, stackOption } from "../../framework/command.ts";
import { print } from "../../context/context.ts";
import { exitCodes, Failure, UsageFailure } from "../../context/errors.ts";
import { openSession } from "../../stack/stack-session.ts";

const serviceOption = {
  name: "service",
  value: "name",
  help: "service that printed the lines (default: the file's name, else orders)",
};

export const logsTest: Command = {
  name: "logs test",
  summary: "show what the declared rules and pipelines make of the lines of a file",
  words: ["<file>"],
  options: [serviceOption, stackOption],
  details:
    "Nothing is deployed and nothing needs to run: the rules are those of this checkout. <file> is\n" +
    "a container's output; - reads standard input. Exit code 1 when no rule matches some line.",
  examples: [
    ["./lab logs test orders.log", "which rule matches each line, and what it finds"],
    ["kubectl logs deploy/user | ./lab logs test - --service user", "lines of a running pod"],
  ],
  async run(invocation, context) {
    const [file = ""] = invocation.words;
    const service = serviceOf(file, invocation);
    const lines = (await content(file)).trimEnd().split(/\r?\n/);
    const session = await openSession(invocation, context);
    // The rules' engines are much to load, and no other command needs them.
    const { testLogs } = await import("../../../simulation/log-test.ts");
    const { trialText } = await import("./test-report.ts");
    const log = await context.sandbox.openLogEngine(partOptions(session));
    try {
      const { logTimeZone: timeZone } = session.targets;
      const trials = await testLogs(lines, {
        service,
        timeZone,
        engine: log.engine,
        arrived: Date.now(),
      });
      for (const trial of trials) print(context, `${trialText(trial).join("\n")}\n`);
      return trials.some((trial) => "stop" in trial && trial.stop)
        ? exitCodes.failed
        : exitCodes.ok;
    } finally {
      await log.close();
    }
  },
};

/** The service that an option or the file's name says. */
function serviceOf(file: string, { values }: Invocation): ServiceName {
  const named = values.get(serviceOption.name);
  const isService = (name: string): name is ServiceName =>
    (serviceNames as readonly string[]).includes(name);
  if (named === undefined) {
    const guess = basename(file).replace(/\..*$/, "");
    return isService(guess) ? guess : "orders";
  }
  if (isService(named)) return named;
  throw new UsageFailure(`"--service" needs one of ${serviceNames.join(", ")}, got "${named}"`);
}

async function content(file: string): Promise<string> {
  if (file === "-") return await text(process.stdin);
  try {
    return await readFile(resolve(file), "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Failure(`cannot read ${file} (${code ?? "unknown"}); name a file of log lines`);
  }
}
