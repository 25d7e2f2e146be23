import * as z from "zod";
import { defaults, isPlainName } from "./defaults.ts";
import { key, whole } from "./documented-key.ts";

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

/** Group `logIndex`. */
export const logIndex = key(
  z
    .strictObject({
      dailyLimit: key(whole(1000, 1_000_000_000).default(100_000), {
        expected: "a whole number from 1000 to 1000000000",
        unit: "events",
        meaning: "Events that the index takes in a day; further ones are counted, and not indexed.",
        example: "100000",
      }),
      retentionDays: key(whole(1, 365).default(15), {
        expected: "a whole number from 1 to 365 that your contract with Datadog allows",
        unit: "days",
        meaning: "Days for which an event can be searched.",
        example: "15",
      }),
    })
    .optional(),
  {
    expected: "a group of dailyLimit and retentionDays",
    meaning:
      "An index of the stack's own, which takes how each order ended and what went wrong, and leaves " +
      "out routine lines; monitors and metrics see those all the same. Put it before the account's " +
      "catch-all index in Datadog. A name of an index can never be used again: do not destroy it " +
      "lightly. Absent: the account's indexes take all lines.",
    example: "{ dailyLimit: 100000 }",
  },
);

/** Pulumi hands digits without quotes over as a number. */
const digits = (value: unknown) => (typeof value === "number" ? String(value) : value);

/** Group `logArchive`. */
export const logArchive = key(
  z
    .strictObject({
      bucket: key(z.string().regex(/^[a-z0-9][-.a-z0-9]{1,61}[a-z0-9]$/), {
        expected: "the name of a bucket of S3",
        meaning: "Bucket that the archive is written to.",
        example: "logs-of-the-shop",
      }),
      path: key(
        z
          .string()
          .regex(/^[^/\s][^\s]{0,199}$/)
          .optional(),
        {
          expected: "a path without a slash in front",
          meaning: "Folder in the bucket. Absent: its top.",
          example: "sock-shop",
        },
      ),
      accountId: key(z.preprocess(digits, z.string().regex(/^\d{12}$/)), {
        expected: "the 12 digits of an AWS account, in quotes",
        meaning: "AWS account of the role.",
        example: '"123456789012"',
      }),
      roleName: key(z.string().regex(/^[\w+=,.@-]{1,64}$/), {
        expected: "the name of an IAM role",
        meaning: "Role by which Datadog's AWS integration may write to the bucket.",
        example: "datadog-archive",
      }),
    })
    .optional(),
  {
    expected: "a group of bucket, accountId and roleName",
    meaning:
      "Archive of all lines in a bucket of S3, indexed or not, from which Datadog can read them back. " +
      "Absent: none.",
    example: '{ bucket: logs-of-the-shop, accountId: "123456789012", roleName: datadog-archive }',
  },
);
