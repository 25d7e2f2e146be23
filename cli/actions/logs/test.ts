import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import process from "node:process";
import { buffer } from "node:stream/consumers";
import type { ServiceName } from "../../../components/shop/catalogue.ts";
import { partOptions } from "../../sandbox/start-parts.ts";
import { printableLine } from "../../framework/printable.ts";
import { print } from "../../context/context.ts";
import { exitCodes, Failure } from "../../context/errors.ts";
import { printDocument, withoutText } from "../../json/print-document.ts";
import type { LogsTestDocument } from "../../json/schemas/tests.ts";
import { openSession } from "../../stack/stack-session.ts";
import { isService } from "../../commands/logs/test.ts";
import { decodeText } from "./decode-text.ts";
import type { Context } from "../../context/context.ts";
import type { StackRequest } from "../requests.ts";

interface LogsTestRequest extends StackRequest {
  /** A path, or `-` for standard input. */
  readonly file: string;

  /** @default - the service that the file's name says, else orders */
  readonly service: ServiceName | undefined;
}

/** Runs a file's lines through the declared rules, and prints what each becomes. */
export async function runLogsTest(
  { file, service = serviceNamed(file), json, stack }: LogsTestRequest,
  context: Context,
): Promise<number> {
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
}

/** The service that a file's name says; orders where it says none. */
function serviceNamed(file: string): ServiceName {
  const guess = basename(file).replace(/\..*$/, "");
  return isService(guess) ? guess : "orders";
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
