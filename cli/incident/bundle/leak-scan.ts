/** A secret that a file of a bundle must not have. */
export interface Leak {
  readonly file: string;

  /** From 1. */
  readonly line: number;
  readonly what: string;
}

/** Digits in groups, as cards are printed; no part of a longer number, an id or a decimal. */
const cardLike = /(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-]|\.\d)/g;

const patterns: readonly (readonly [string, RegExp])[] = [
  ["a key of Datadog", /(?:api|app|application)[_-]?key\W{1,6}(?:[0-9a-f]{40}|[0-9a-f]{32})\b/i],
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ["an access key of AWS", /\bAKIA[0-9A-Z]{16}\b/],
  ["a bearer token", /\bauthorization\W{1,6}bearer\s+[\w.~+/-]{16,}/i],
  ["a password in an address", /:\/\/[^\s/:@"']+:[^\s/:@"'*]{3,}@/],
];

/**
 * Looks for cards and keys in a text.
 *
 * @param secrets - values that are known to be secret; short ones would be found everywhere
 */
export function leaksIn(file: string, text: string, secrets: readonly string[]): Leak[] {
  const known = secrets.filter((secret) => secret.length >= 12);
  return text.split("\n").flatMap((line, index) => {
    const found = [
      ...(hasCard(line) ? ["a card number"] : []),
      ...patterns.filter(([, pattern]) => pattern.test(line)).map(([what]) => what),
      ...(known.some((secret) => line.includes(secret)) ? ["a secret of the stack"] : []),
    ];
    return found.map((what) => ({ file, line: index + 1, what }));
  });
}

function hasCard(line: string): boolean {
  return (line.match(cardLike) ?? []).some((text) => isCard(text.replaceAll(/[ -]/g, "")));
}

/** Begins as cards of the large networks do, and its check digit is right. */
function isCard(digits: string): boolean {
  return /^(?:4|5[1-5]|2[2-7]|3[4-7]|6(?:011|5))/.test(digits) && luhn(digits);
}

function luhn(digits: string): boolean {
  const sum = Array.from(digits, Number)
    .reverse()
    .reduce((total, digit, index) => {
      const value = digit * (index % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}

/** One line about a leak; the secret itself is not shown. */
export function leakLine({ file, line, what }: Leak): string {
  return `${file}, line ${line}: ${what}`;
}
