import { defineCommand } from "../framework/command.ts";
import { stackOption } from "../framework/shared-options.ts";
import { print } from "../context/context.ts";
import { doctorFindings } from "../sandbox/doctor-checks.ts";
import { exitCodes } from "../context/errors.ts";
import { columns } from "../framework/columns.ts";
import { openSession } from "../stack/stack-session.ts";

export const doctor = defineCommand({
  name: "doctor",
  summary: "check every tool, port and folder that the stack needs, and say how to fix problems",
  options: { stack: stackOption },
  details: "Exit code 1 if something that is needed is missing. Downloads nothing.",
  examples: [["./lab doctor", "works before anything is installed"]],
  async run({ stack }, context) {
    const findings = await doctorFindings(await openSession({ stack }, context));
    const rows = findings.map(({ ok, what, found }) => [ok ? "ok" : "--", what, found]);
    for (const line of columns(rows, "")) print(context, line);
    const remedies = new Set(findings.flatMap(({ ok, remedy }) => (ok ? [] : [remedy])));
    if (remedies.size === 0) return exitCodes.ok;
    print(context, "\nto fix:");
    for (const remedy of remedies) print(context, `  ${remedy}`);
    return exitCodes.failed;
  },
});
