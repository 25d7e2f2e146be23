import type { Answer } from "../http/handler.ts";

export function validateApiKey(): Answer {
  return { body: { valid: true } };
}

export function validateBothKeys(): Answer {
  return { body: { status: "ok" } };
}
