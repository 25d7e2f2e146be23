import type * as z from "zod";
import { contractDocument, doctorDocument, driftDocument, reviewDocument } from "./checks.ts";
import { logsDocument, monitorsDocument } from "./datadog.ts";
import { incidentOverdueDocument, incidentStatusDocument } from "./incident.ts";
import { incidentRunDocument, incidentVerifyDocument, replayDocument } from "./run.ts";
import { statusDocument } from "./status.ts";
import { logsTestDocument, signalsTestDocument } from "./tests.ts";

/** The document that each command prints with `--json`. */
export const documentSchemas: Readonly<Record<string, z.ZodType>> = {
  status: statusDocument,
  "incident status": incidentStatusDocument,
  "incident overdue": incidentOverdueDocument,
  "incident run": incidentRunDocument,
  "incident verify": incidentVerifyDocument,
  replay: replayDocument,
  logs: logsDocument,
  "logs test": logsTestDocument,
  monitors: monitorsDocument,
  "signals test": signalsTestDocument,
  contract: contractDocument,
  review: reviewDocument,
  drift: driftDocument,
  doctor: doctorDocument,
};
