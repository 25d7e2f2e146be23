import { createLogRules } from "../../../sandbox/agent/apply-log-rules.ts";
import { readLogConfig } from "../../../sandbox/agent/log-config.ts";
import { masks } from "../../../components/agent/masks.ts";

/**
 * Masks what pods printed as the agent masks it before it leaves the cluster: cards, passwords, keys,
 * personal data. Blank lines go with it.
 */
export function maskLines(text: string): string {
  const rules = createLogRules(readLogConfig(JSON.stringify([{ log_processing_rules: masks }])));
  return text
    .split("\n")
    .flatMap((line) => [
      ...rules.push({ text: line, stream: "stdout", nanos: 0n }),
      ...rules.flush(),
    ])
    .map(({ message }) => `${message}\n`)
    .join("");
}
