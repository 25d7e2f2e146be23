import * as z from "zod";
import { isDuration, toSeconds, type Duration } from "../components/duration.ts";

/** What users read about one configuration key, in errors and in docs/configuration.md. */
export interface KeyDoc {
  /** Allowed values in words; completes "expected …". */
  readonly expected: string;
  readonly meaning: string;
  readonly example: string;
  readonly unit?: string;
}

/** Attaches the documentation that errors and docs/configuration.md are made of. */
export function key<Schema extends z.ZodType>(schema: Schema, doc: KeyDoc): Schema {
  return schema.meta({ ...doc });
}

/** Pulumi hands numbers over as text; anything that does not read as a number stays what it is. */
export function numberFromText(value: unknown): unknown {
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}

/** True or false, as text or truth value. */
export const truth = z.preprocess(
  (value) => (value === "true" ? true : value === "false" ? false : value),
  z.boolean(),
);

/** A whole number, as text or number. */
export const whole = (min: number, max: number) =>
  z.preprocess(numberFromText, z.number().int().min(min).max(max));

/** A duration whose seconds fit. */
export const duration = (fits: (seconds: number) => boolean) =>
  z
    .string()
    .refine((text) => isDuration(text) && fits(toSeconds(text)))
    .transform((text) => text as Duration);

/** An image with a tag or digest. */
export const imageReference = z
  .string()
  .regex(
    /^[a-z0-9][\w.-]*(:\d+)?(\/[\w.-]+)*(:\w[\w.-]*(@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})$/,
  );

/** Allowed words in a sentence. */
export const quoted = (values: readonly string[]) =>
  values.map((value) => `"${value}"`).join(" or ");
