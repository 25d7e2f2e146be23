import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import process from "node:process";
import { buffer } from "node:stream/consumers";
import { serviceNames, type ServiceName } from "../../../components/shop/catalogue.ts";
import { partOptions } from "../../sandbox/start-parts.ts";
import { argument, defineCommand, option } from "../../framework/command.ts";
import { jsonOption, stackOption } from "../../framework/shared-options.ts";
import { didYouMean } from "../../../settings/did-you-mean.ts";
import { printableLine } from "../../framework/printable.ts";
import { print } from "../../context/context.ts";
import { exitCodes, Failure, UsageFailure } from "../../context/errors.ts";
import { printDocument, withoutText } from "../../json/print-document.ts";
import type { LogsTestDocument } from "../../json/schemas/tests.ts";
import { openSession } from "../../stack/stack-session.ts";
import { decodeText } from "./decode-text.ts";

export const logsTest = defineCommand({
  name: "logs test",
  summary: "show what the declared log rules and pipelines make of a file's lines",
  arguments: {
    file: argument({
      placeholder: "file",
      help: "output of a container; - reads standard input",
      suggestions: "files",
      read: (file) => file,
    }),
  },
  options: {
    service: option({
      placeholder: "name",
      help: "service that printed the lines (default: the file's name, else orders)",
      suggestions: () => serviceNames,
      read: readService,
    }),
    json: jsonOption,
    stack: stackOption,
  },
  details:
    "Deploys nothing and needs nothing that runs: the rules are those of this checkout. " +
    "Exit code 1 if a line matches no rule.",
  examples: [
    ["./lab logs test orders.log", "show what each line becomes"],
    ["kubectl logs deploy/user | ./lab logs test - --service user", "test a pod's lines"],
  ],
  async run({ file, service = serviceNamed(file), json, stack }, context) {
    const lines = (await content(file)).trimEnd().split(/\r?\n/);
    const session = await openSession({ stack }, json ? withoutText(context) : context);
    // the rules' engines take long to load, and no other command needs them
    const { testLogs } = await import("../../../simulation/log-test.ts");
    const { eventOf, resultText } = await import("./test-report.ts");
    const log = await context.sandbox.openLogEngine(partOptions(session));
    try {
      const { logTimeZone: timeZone } = session.targets;
      const options = { service, timeZone, engine: log.engine, arrived: Date.now() };
      const results = await testLogs(lines, options);
      const ok = !results.some((result) => "stop" in result && result.stop);
      if (json) {
        const events = results.map(eventOf);
        printDocument<LogsTestDocument>(context, { ok, service, events });
      } else {
        for (const result of results) print(context, `${resultText(result).join("\n")}\n`);
      }
      return ok ? exitCodes.ok : exitCodes.failed;
    } finally {
      await log.close();
    }
  },
});

/** The service that a file's name says; orders where it says none. */
function serviceNamed(file: string): ServiceName {
  const guess = basename(file).replace(/\..*$/, "");
  return isService(guess) ? guess : "orders";
}

function readService(name: string | undefined): ServiceName | undefined {
  if (name === undefined || isService(name)) return name;
  const known = serviceNames.join(", ");
  const guess = didYouMean(name, serviceNames);
  throw new UsageFailure(`option "--service" needs one of ${known}, got "${name}"${guess}`);
}

function isService(name: string): name is ServiceName {
  return (serviceNames as readonly string[]).includes(name);
}

async function content(file: string): Promise<string> {
  if (file === "-") return decodeText(await buffer(process.stdin));
  try {
    return decodeText(await readFile(resolve(file)));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Failure(
      `cannot read ${printableLine(file)} (${code ?? "unknown"}); name a file of log lines`,
    );
  }
}
