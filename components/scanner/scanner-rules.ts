import { cardNumber } from "../agent/card-masks.ts";
import { tokens } from "../agent/secret-masks.ts";

/** What one rule looks for, and what it leaves in its place. */
export interface ScannerRule {
  readonly key: string;
  readonly title: string;

  /** As RE2 reads it; nothing looks ahead or back, which the scanner has not either. */
  readonly pattern: string;

  /** The same word as the agent leaves. */
  readonly replacement: string;

  /** How serious a find is: 1 (most) to 5. */
  readonly priority: number;
}

/** Ends of matches that are left alone: the agent has masked them, and their names help readers. */
export const maskedWords = ["masked_pan", "masked_cvv", "masked_secret", "masked_email"];

const separator = String.raw`\\*["']?\s*[=:]\s*\\*["']?`;
const value = String.raw`[^\s"'\\,;&<>{}]{3,}`;
const secretName =
  "(?:pass(?:word|wd|phrase)|pwd|secret|(?:api|app|access|private|secret)[ _.-]?key|" +
  "(?:access|auth|refresh|session|id)?[ _.-]?token|client[ _.-]?secret|credentials?)";

/**
 * The classes of the agent's masks once more, where logs arrive: for lines of pods that have no rules
 * of their own, and for what an agent without them sends. Wider than the agent's and not as careful:
 * the name of a secret goes with its value.
 */
export const scannerRules: readonly ScannerRule[] = [
  {
    key: "card-numbers",
    title: "card numbers",
    pattern: String.raw`\b(?:${asciiOf(cardNumber)})\b`,
    replacement: "masked_pan",
    priority: 1,
  },
  {
    key: "card-codes",
    title: "card codes by their names",
    pattern: String.raw`(?i)\b(?:c[cv][vc]2?|csc|security[ _-]?code)${separator}[0-9]{3,4}\b`,
    replacement: "masked_cvv",
    priority: 1,
  },
  {
    key: "private-keys",
    title: "private keys",
    pattern: "-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*",
    replacement: "masked_secret",
    priority: 1,
  },
  {
    key: "tokens",
    title: "tokens by their form",
    pattern: tokens,
    replacement: "masked_secret",
    priority: 1,
  },
  {
    key: "bearers",
    title: "credentials of HTTP",
    pattern: String.raw`(?i)\b(?:bearer|basic) +[\w.~+/-]{16,}=*`,
    replacement: "masked_secret",
    priority: 1,
  },
  {
    key: "named-secrets",
    title: "passwords, keys and tokens by their names",
    pattern: `(?i)${secretName}${separator}${value}`,
    replacement: "masked_secret",
    priority: 2,
  },
  {
    key: "url-passwords",
    title: "passwords in addresses",
    pattern: String.raw`://[^\s:/?#@"'\\]+:[^\s@"'\\/]+@`,
    replacement: "://masked_secret@",
    priority: 2,
  },
  {
    key: "email-addresses",
    title: "e-mail addresses",
    pattern: String.raw`\b[\w.%+-]+@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}\b`,
    replacement: "masked_email",
    priority: 3,
  },
];

/** RE2's `\x{a0}` is written otherwise elsewhere: the scanner gets the plain separators alone. */
function asciiOf(pattern: string): string {
  return pattern.replaceAll(String.raw`\x{a0}\x{2000}-\x{202f}`, "");
}
