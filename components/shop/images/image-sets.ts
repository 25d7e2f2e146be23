import { quay, statusFix } from "./quay.ts";
import { weave } from "./weave.ts";

/** The image sets by the name that the stack's configuration gives them. */
export const imageSets = { weave, quay, "status-fix": statusFix } as const;

export type ImageSetName = keyof typeof imageSets;
