// Names are compared in lower case, with one underscore between their words.
const secretWords = alternatives(
  "passw(or)?d",
  "passphrase",
  "(^|_)(db|root|user|admin|require)?pass$",
  "^masterauth$",
  "_pwd$",
  "secret",
  "token(?!iz)",
  "credential",
  "authorization$",
  "(api|app|application|private|access|encryption|signing|shared|account|master)_?keys?(_|$)",
);

/** Names of what is about a secret: where it is, how it is made, whether there is one. */
const reference = alternatives(
  "existing_secret",
  "(^|_)(tls|ca|certs?|certificate|pull|registry)_secrets?$",
  "(^|_)(max|min|num|per)_",
  "_(name|file|path|dir|mount|ref|url|uri|endpoint|host|port|id|type|class|provider)s?$",
  "_(enabled|disabled|policy|format|algorithm|issuer|audience|label|description|annotations)$",
  "_(ttl|expiry|expiration|lifetime|timeout|interval|seconds|minutes|hours|days|length|size)$",
);

/** Values that say where the secret comes from, or that there is none. */
const standIn = alternatives(
  String.raw`^\$\(`,
  String.raw`^\$\{\w+(:[-=?+]?)?\}`,
  String.raw`^\$[a-z_]\w*$`,
  String.raw`^(\{\{|%\{|%%env_|ENC\[)`,
  "^<[^>]*>$",
  "^/(app|config|data|etc|home|mnt|opt|root|run|secrets?|srv|tmp|usr|var|vault)/",
  "^(true|false|yes|no|null|none|nil|undefined|str|string|bytes)$",
);

const datadogKey = /(?<![0-9a-f])(?:[0-9a-f]{32}|[0-9a-f]{40})(?![0-9a-f])/g;

/** What precedes a number that is as long as a key, and says of which source something was made. */
const digestName =
  /(commit|sha\d*|rev|revision|digest|hash|checksum|md5|etag|version|tag|ref)["']?\W{1,3}$/i;

const otherSecrets = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\./, // a JSON Web Token
  /\bgh[pousr]_\w{36}/,
  /(^|[\s"'=])[\w.-]+:(?!\$[({A-Z]|\{\{|%%)[^\s:@/]+@(tcp|unix)\(/, // a DSN of Go
  /\b(mysql|mariadb)\w*\s(?:[^|;&]*\s)?-p(?![\s"'$])\S/, // a client's password in a script
  /:\/\/[^\s/:@]+:(?!\$[({A-Z]|\{\{|%%)[^\s/:@]+@/, // user and password in an address
];

/** `name=value` in a line; at its start, or with the name in quotes, `name: value`, too. */
const assignments = new RegExp(
  String.raw`(?:(?<![\w.-])(?<bare>[\w.-]+)=` +
    String.raw`|^[ \t]*(?:- |export )?["']?(?<first>[\w.-]+)["']?[ \t]*(?:=>|[:=])[ \t]*` +
    String.raw`|["'](?<quoted>[\w.-]+)["'][ \t]*(?:=>|[:=])[ \t]*)(?![=~>])` +
    String.raw`(?:"(?<double>(?:\\.|[^"\\])*)"|'(?<single>[^']*)'|(?<plain>(?:\$\{[^}]{0,99}\}|[^\s"',;&)}\]])+))`,
  "g",
);

/** Whether the text under a name is a secret in the clear: by the name, or by its own looks. */
export function isSecret(name: string, text: string): boolean {
  return (isSecretName(name) && isLiteral(text)) || looksSecret(`${name}=${text}`);
}

/**
 * The lines, from 1, of a file, script or query that give a secret to a name.
 *
 * @param harmless - names that sound like secrets and hold none
 */
export function secretLines(text: string, harmless: readonly string[]): readonly number[] {
  return text.split("\n").flatMap((line, index) => {
    const found = [...line.matchAll(assignments)];
    return found.some(({ groups = {} }) => assignsSecret(groups, harmless)) ? [index + 1] : [];
  });
}

/** A place without what looks secret: a key can be one, where it was put the wrong way round. */
export function masked(place: string): string {
  return [datadogKey, ...otherSecrets].reduce(
    (text, pattern) => text.replaceAll(new RegExp(pattern, "g"), "…"),
    place,
  );
}

function assignsSecret(
  { bare, first, quoted, double, single, plain }: Readonly<Record<string, string | undefined>>,
  harmless: readonly string[],
): boolean {
  const name = [bare, first, quoted].join("");
  if (harmless.includes(name) || !isSecretName(name)) return false;
  if (plain !== undefined && isExpression(name, plain)) return false;
  return isLiteral([double, single, plain].join(""));
}

/** Whether text without quotes is code rather than a value. */
function isExpression(name: string, text: string): boolean {
  const isCall = /[([{]/.test(text) && !text.startsWith("${");
  return isCall || /^[a-z_]\w*(\.\w+)+$/i.test(text) || text.toLowerCase() === name.toLowerCase();
}

function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .toLowerCase();
  return secretWords.test(words) && !reference.test(words);
}

function isLiteral(text: string): boolean {
  const value = text.trim().replace(/^(bearer|basic)\s+/i, "");
  return /[\p{L}\p{N}]/u.test(value) && !standIn.test(value);
}

function looksSecret(text: string): boolean {
  return (
    otherSecrets.some((pattern) => pattern.test(text)) ||
    [...text.matchAll(datadogKey)].some(
      ({ index }) => !digestName.test(text.slice(Math.max(0, index - 20), index)),
    )
  );
}

function alternatives(...patterns: readonly string[]): RegExp {
  return new RegExp(patterns.join("|"), "i");
}
