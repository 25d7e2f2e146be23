import * as z from "zod";
import { defaults, isPlainName } from "./defaults.ts";
import { key } from "./documented-key.ts";

const timeZone = z.string().refine((name) => isTimeZone(name));

/** Rejects UTC offsets such as +05:30: they ignore daylight saving, and Datadog refuses them. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]+(\/[\w+-]+)*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const logTimeZone = key(timeZone.default(defaults.logTimeZone), {
  expected: "an IANA time zone",
  meaning:
    "Time zone in which the Java services write their log lines, which do not name it. Containers " +
    "run in UTC unless an image says otherwise.",
  example: "UTC",
});

export const logPipeline = key(z.enum(["own", "shared"]).default("own"), {
  expected: '"own" or "shared"',
  meaning:
    "Names of log metrics are unique per Datadog account. If several stacks share an account, " +
    "set `own` on one of them and `shared` on the rest; a second `own` is stopped before its " +
    "first resource. The one needs logNamespaces where the others have other namespaces.",
  example: "shared",
});

export const logNamespaces = key(
  z
    .string()
    .max(63)
    .regex(/^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9]|[-a-z0-9]{2,61}\*)?$/)
    .refine(isPlainName)
    .optional(),
  {
    expected: "the name of a namespace, or at least three characters of its beginning and a *",
    meaning:
      "Namespaces whose logs the stack's own pipeline and log metrics read, with a * at the end " +
      "all that begin alike. Absent: the stack's namespace alone.",
    example: "sock-shop*",
  },
);
