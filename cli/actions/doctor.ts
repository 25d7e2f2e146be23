import { print } from "../context/context.ts";
import { doctorFindings, type Finding } from "../sandbox/doctor-checks.ts";
import type { DoctorDocument } from "../json/schemas/checks.ts";
import { printDocument } from "../json/print-document.ts";
import { exitCodes } from "../context/errors.ts";
import { columns } from "../framework/columns.ts";
import { openSession } from "../stack/stack-session.ts";
import type { Context } from "../context/context.ts";
import type { StackRequest } from "./requests.ts";

/** Prints each finding; how to fix what is missing stands below. */
export async function runDoctor({ stack, json }: StackRequest, context: Context): Promise<number> {
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
}

function findingLines(findings: readonly Finding[]): string[] {
  const rows = findings.map(({ ok, what, found }) => [ok ? "ok" : "--", what, found]);
  const remedies = new Set(findings.flatMap(({ ok, remedy }) => (ok ? [] : [remedy])));
  return [
    ...columns(rows, ""),
    ...(remedies.size === 0 ? [] : ["\nto fix:", ...[...remedies].map((it) => `  ${it}`)]),
  ];
}
