import type { Command } from "./framework/command.ts";
import { clean } from "./commands/clean.ts";
import { completion } from "./commands/completion.ts";
import { contract } from "./commands/contract.ts";
import { doctor } from "./commands/doctor.ts";
import { drift } from "./commands/drift.ts";
import { down } from "./commands/down.ts";
import { incidentEnter } from "./commands/incident/enter.ts";
import { incidentLeave } from "./commands/incident/leave.ts";
import { incidentOverdue } from "./commands/incident/overdue.ts";
import { incidentRun } from "./commands/incident/run.ts";
import { incidentVerify } from "./commands/incident/verify.ts";
import { incidentStatus } from "./commands/incident/status.ts";
import { logs } from "./commands/logs/search.ts";
import { logsTest } from "./commands/logs/test.ts";
import { monitors } from "./commands/monitors.ts";
import { replay } from "./commands/replay.ts";
import { review } from "./commands/review.ts";
import { shell } from "./commands/shell.ts";
import { dashboardsDraw } from "./commands/dashboards/draw.ts";
import { signalsTest } from "./commands/signals/test.ts";
import { status } from "./commands/status.ts";
import { up } from "./commands/up.ts";

/** Every command of `lab`, in the order of its help. */
export const commands: readonly Command[] = [
  up,
  status,
  incidentEnter,
  incidentLeave,
  incidentRun,
  incidentStatus,
  incidentOverdue,
  incidentVerify,
  logs,
  logsTest,
  monitors,
  signalsTest,
  dashboardsDraw,
  replay,
  contract,
  review,
  drift,
  shell,
  doctor,
  down,
  clean,
  completion,
];
