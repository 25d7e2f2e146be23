import { remapAttribute } from "./attribute-remapper.ts";
import { buildString, calculate, lookUp, parseUrl } from "./enrichers.ts";
import type { PlainProcessor } from "../passage.ts";
import { fieldRemappers } from "./remappers.ts";

/** The processors that need nothing but the log. Grok, categories and user agents ask VRL. */
export const plainProcessors: Partial<Record<string, PlainProcessor>> = {
  ...fieldRemappers,
  "attribute-remapper": remapAttribute,
  "string-builder-processor": buildString,
  "arithmetic-processor": calculate,
  "lookup-processor": lookUp,
  "url-parser": parseUrl,
};

/** The processors that ask the engine. */
export const engineProcessors = ["grok-parser", "category-processor", "user-agent-parser"] as const;
