import { type LogRule, mask } from "./log-rule.ts";
import { notASecret, secretValue } from "./marks.ts";

/** Last words of a secret's name; what stands before them does not matter. */
const name = [
  String.raw`pass(?:w(?:or)?d|phrase|code)|pwd|[_.-]pass|secret|token|credentials?`,
  "(?:api|app|access|account|auth|private|secret|crypt(?:ion)?|signing|master|licen[cs]e)[ _.-]?key" +
    "(?:[_.-]?id)?",
  String.raw`sess(?:ion)?[ _.-]?(?:id|key)|(?:connect|md)\.sid|amz-signature|authorization|cookies?`,
].join("|");

/** Between a name and its value, up to the value's own quotes. */
const separator =
  String.raw`(?:[_-]?(?:confirm(?:ation)?|hash|[0-9]))?(?:\\*["']|%2[27]|&quot;)?\]?\s*` +
  String.raw`(?:=>|[=:>]|%3[AaDd])\s*\[?(?:%2[27]|&quot;)?(?:(?:basic|bearer|token|negotiate|apikey) +)?`;

/** Names that a blank parts from the value: of flags and statements. */
const typed =
  String.raw`--[\w-]*(?:password|passwd|secret|token|key)|requirepass|identified by|` +
  String.raw`temporary password [^:]*:`;

/**
 * An escape in quotes: `\x` or `\\x`. The agent joins lines by `\n`, which looks the same behind
 * a backslash at a line's end, so no value goes on behind it.
 */
const escapes = String.raw`(?:\\\\)*\\[^n\\]|(?:\\\\)+[^n"'\\]`;

/** Up to a blank, or to a mark behind which a value ends; not into the line feed of joined lines. */
const plain = String.raw`(?:[^\s"'\\&,;<>})\]]|[,;<>})\]"'][\w!#$%*+./?@^~-]|\\+[^nrt"'u\\])+`;

const named: readonly LogRule[] = [
  mask(
    "mark_secret_values",
    String.raw`(?i)((?:${name})${separator})([^\s{\x01\x02])`,
    `\${1}${secretValue}\${2}`,
  ),
  mask(
    "mark_typed_secrets",
    String.raw`(?i)((?:${typed})\s+)([^\s{\x01\x02])`,
    `\${1}${secretValue}\${2}`,
  ),
  mask(
    "mask_signed_request",
    String.raw`\x02(?i:digest|aws4-hmac-sha256) [^'\\]*`,
    "masked_secret",
  ),
  mask(
    "mask_cookies",
    String.raw`\x02[\w.%-]+=[^\s;"'\\,]*(?:; *[\w.%-]+(?:=[^\s;"'\\,]*)?)+(\s|\\|$)`,
    "masked_secret${1}",
  ),
  mask(
    "mask_scheme",
    String.raw`\x02(\\*["'](?:[Bb]asic|[Bb]earer|[Tt]oken|Negotiate) +)[^\s"'\\]+`,
    "${1}masked_secret",
  ),
  mask(
    "mask_secret_in_json",
    String.raw`\x02"(?:[^"\\]|${escapes})*((?:\\\\)+")?`,
    '"masked_secret${1}',
  ),
  mask(
    "mask_escaped_secret",
    String.raw`\x02(\\+")(?:[^"\\]|\\\\(?:\\(?:"|\\[^n"\\])|[a-mo-z]))*`,
    "${1}masked_secret",
  ),
  mask(
    "mask_quoted_secret",
    String.raw`\x02'(?:[^'\\]|${escapes}|'[\w!#$%*+./?@^~-])*((?:\\\\)+')?`,
    "'masked_secret${1}",
  ),
  mask("mask_template_secret", "\\x02`[^`\\\\]*", "`masked_secret"),
  mask("mask_plain_secret", String.raw`\x02${plain}`, "masked_secret"),
];

const unnamed: readonly LogRule[] = [
  mask(
    "mask_private_key",
    "-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?",
    "masked_secret",
  ),
  mask(
    "mask_url_password",
    String.raw`(://[^\s:/?#@"'\\]*:)(?:[0-9]+|[0-9]*[^0-9/\s"'\\][^\s"'\\]*)@`,
    `\${1}masked_secret${notASecret}@`,
  ),
  mask("mask_dsn_password", String.raw`:[^\s"'\\]+(@(?:tcp6?|udp|unix)\()`, ":masked_secret${1}"),
  mask(
    "mask_mysql_password",
    String.raw`(mysql\w* (?:[^\s\\]+ )*?-p)[^\s\\]+`,
    "${1}masked_secret",
  ),
];

/** JSON Web Tokens, and tokens whose makers gave them a prefix. */
export const tokens =
  String.raw`eyJ[\w-]{5,}\.[\w-]{5,}[\w.-]*|A(?:KIA|SIA)[0-9A-Z]{16}|AIza[\w-]{35}|SG\.[\w-]{16,}\.[\w-]+|` +
  String.raw`(?:gh[oprsu]|github_pat|glpat|npm|xox[a-s]|[sr]k_(?:live|test))[_-][\w-]{10,}`;

const localPart = String.raw`[\w.%+\-\x{80}-\x{10ffff}]`;

/** An address, its local part perhaps with an apostrophe; not the user of a connection string. */
const email =
  String.raw`(^|\\[nrt]|[^\w.%+\-/\x{80}-\x{10ffff}])${localPart}+(?:'${localPart}+)*(?:@|%40|&#64;)` +
  String.raw`[\w\-\x{80}-\x{10ffff}]+(?:\.[\w\-\x{80}-\x{10ffff}]+)*\.[a-zA-Z\x{80}-\x{10ffff}]{2,}`;

/** Passwords, keys, tokens and cookies by name, header and form, and e-mail addresses. */
export const secretMasks: readonly LogRule[] = [
  ...unnamed,
  ...named,
  mask(
    "mask_bearer",
    String.raw`\b(B(?:asic|earer)|b(?:asic|earer)|BEARER|BASIC)( +)(?:[A-Za-z0-9+/]{5,}={1,2}|[\w.~+/-]{20,}=*)`,
    "${1}${2}masked_secret",
  ),
  mask("mask_token", tokens, "masked_secret"),
  mask("mask_email", email, "${1}masked_email"),
];
