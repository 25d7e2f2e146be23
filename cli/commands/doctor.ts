import { defineCommand } from "../framework/command.ts";
import { jsonOption, stackOption } from "../framework/shared-options.ts";
import { print } from "../context/context.ts";
import { doctorFindings, type Finding } from "../sandbox/doctor-checks.ts";
import type { DoctorDocument } from "../json/schemas/checks.ts";
import { printDocument } from "../json/print-document.ts";
import { exitCodes } from "../context/errors.ts";
import { columns } from "../framework/columns.ts";
import { openSession } from "../stack/stack-session.ts";

export const doctor = defineCommand({
  name: "doctor",
  summary: "check every tool, port and folder that the stack needs, and say how to fix problems",
  options: { stack: stackOption, json: jsonOption },
  details: "Exit code 1 if something that is needed is missing. Downloads nothing.",
  examples: [["./lab doctor", "works before anything is installed"]],
  async run({ stack, json }, context) {
    const findings = await doctorFindings(await openSession({ stack }, context));
    const isFine = findings.every(({ ok }) => ok);
    if (json) {
      printDocument<DoctorDocument>(context, {
        ok: isFine,
        stack,
        findings: findings.map(({ remedy, ...finding }) => {
          return { ...finding, fix: finding.ok ? null : remedy };
        }),
      });
    } else {
      for (const line of findingLines(findings)) print(context, line);
    }
    return isFine ? exitCodes.ok : exitCodes.failed;
  },
});

function findingLines(findings: readonly Finding[]): string[] {
  const rows = findings.map(({ ok, what, found }) => [ok ? "ok" : "--", what, found]);
  const remedies = new Set(findings.flatMap(({ ok, remedy }) => (ok ? [] : [remedy])));
  return [
    ...columns(rows, ""),
    ...(remedies.size === 0 ? [] : ["\nto fix:", ...[...remedies].map((it) => `  ${it}`)]),
  ];
}
