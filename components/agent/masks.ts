import { cardMasks } from "./card-masks.ts";
import { type LogRule, mask } from "./log-rule.ts";
import { marks, notASecret } from "./marks.ts";
import { secretMasks } from "./secret-masks.ts";

// Placeholders are plain words, because what is masked may stand in JSON or in key=value pairs, and
// must stay so.

/** Colours, carriage returns, and blank lines at an event's end; a mark never comes from outside. */
const unseen = String.raw`\x1b\[[0-9;?]*[A-Za-z]|(?:\\n\s*)+$|\r|${marks}`;

/** Names of ids that are digits, as many as a card number has. */
const idName = String.raw`(?i:(?:trace|span|parent)[_.-]?id)\w*|\b(?i:ean|gtin|imei)[0-9]*`;

/** Two capitals and digits: a bank account's number. CC is no country. */
const country = String.raw`\b(?:[ABD-Z][A-Z]|C[ABD-Z])`;

/** What only looks like a secret, the mark where the secret's rule would begin. */
const lookAlikes: readonly LogRule[] = [
  // Sleuth's and Micrometer's ids.
  mask(
    "keep_trace_ids",
    String.raw`\[([\w.-]*),([0-9a-f]{16,32}),([0-9a-f]{16})`,
    `[\${1},${notASecret}\${2},${notASecret}\${3}`,
  ),
  mask(
    "keep_correlations",
    String.raw`([[ -][0-9a-f]{32}-)([0-9a-f]{16})`,
    `\${1}${notASecret}\${2}`,
  ),
  mask(
    "keep_bank_accounts",
    String.raw`(${country}[0-9]{2}) ([0-9A-Z]{4}) ([0-9A-Z]{4}) ([0-9A-Z]{4})`,
    `\${1} ${notASecret}\${2} ${notASecret}\${3} ${notASecret}\${4}`,
  ),
  mask(
    "keep_ids",
    String.raw`((?:${idName})\\*["']?\s*[=:]\s*\\*["']?|${country}(?:[0-9]{2}[A-Z]{4})?)([0-9]{8})`,
    `\${1}${notASecret}\${2}`,
  ),
  mask(
    "keep_answers",
    String.raw`(using password: |":\s?)((?:YES|NO|null|true|false)\b)`,
    `\${1}${notASecret}\${2}`,
  ),
  // A host of the cluster; a picture's resolution.
  mask(
    "keep_hosts",
    String.raw`@((?:[\w-]+\.)+(?:local|internal|svc|localdomain)\b|[0-9]x\.)`,
    `${notASecret}@\${1}`,
  ),
];

/**
 * Takes secrets and personal data off a line by class, whatever the service and its format. Their
 * order counts: each rule sees what the one before it left.
 */
export const masks: readonly LogRule[] = [
  mask("drop_unseen", unseen, ""),
  ...lookAlikes,
  ...cardMasks,
  ...secretMasks,
  mask("drop_marks", marks, ""),
];
