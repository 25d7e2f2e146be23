import { stackOption } from "../framework/command.ts";
import type { Command } from "../framework/command.ts";
import { print } from "../context/context.ts";
import { doctorFindings } from "../sandbox/doctor-checks.ts";
import { exitCodes } from "../context/errors.ts";
import { columns } from "../framework/help.ts";
import { openSession } from "../stack/stack-session.ts";

export const doctor: Command = {
  name: "doctor",
  summary: "list every tool, port and folder that is needed, and what is wrong with it",
  words: [],
  options: [stackOption],
  details: "Exit code 1 when something that is needed is missing. Fetches nothing.",
  examples: [["./lab doctor", "works before anything is installed"]],
  async run(invocation, context) {
    const findings = await doctorFindings(await openSession(invocation, context));
    const rows = findings.map(({ ok, what, found }) => [ok ? "ok" : "--", what, found]);
    for (const line of columns(rows, "")) print(context, line);
    const remedies = new Set(findings.flatMap(({ ok, remedy }) => (ok ? [] : [remedy])));
    if (remedies.size === 0) return exitCodes.ok;
    print(context, "\nto mend it:");
    for (const remedy of remedies) print(context, `  ${remedy}`);
    return exitCodes.failed;
  },
};
