/**
 * Annotation of what incidents change. After somebody's `kubectl scale` or `kubectl patch` the field
 * belongs to kubectl. Without this the next change of it fails with a conflict, and an incident
 * could be entered only once.
 */
export const forced = { "pulumi.com/patchForce": "true" } as const;
