import { type LogRule, mask } from "./log-rule.ts";
import { cardValue } from "./marks.ts";

// Card numbers are told by the issuers' ranges and lengths (ISO/IEC 7812 and the networks' tables).
// RE2 cannot compute Luhn's check digit.

/** The first four digits of numbers with 16 to 19. */
const issuers = [
  // Visa, Mastercard and Maestro.
  "4[0-9]{3}|5[0-8][0-9]{2}|222[1-9]|22[3-9][0-9]|2[3-6][0-9]{2}|27[01][0-9]|2720",
  // Discover, Maestro and UnionPay; JCB, Diners Club, RuPay, Troy and Mir.
  "6[0-9]{3}|35[2-8][0-9]|3[689][0-9]{2}|8[12][0-9]{2}|9792|220[0-4]",
].join("|");
const amex = "3[47][0-9]{2}";
const diners = "3(?:0[0-5]|[689][0-9])[0-9]";

const withoutGroups = `(?:${issuers})[0-9]{12,15}|${amex}[0-9]{11}|${diners}[0-9]{10}`;

/** What people and programs put between groups of digits. */
const between = String.raw`(?:[ .\-_/+*\t\x{a0}\x{2000}-\x{202f}]{1,3}|%20|%2[DdEe]|&nbsp;|\\+u00a0)`;

const inGroups =
  `(?:${issuers})(?:${between}[0-9]{4}){3}(?:${between}[0-9]{1,3})?|` +
  `(?:${amex}${between}[0-9]{6}${between}[0-9]|${diners}${between}[0-9]{6}${between})[0-9]{4}`;

/** Card numbers by what they look like, without what stands around them. */
export const cardNumber = `${withoutGroups}|${inGroups}`;

/**
 * What stands in front of a number: no digit and no fraction; of letters those alone that are no
 * part of a hexadecimal id. The n of a line feed between joined lines is one of them.
 */
const before = String.raw`^|[^0-9A-Za-z.\x01]|[^0-9]\.|[g-zG-Z][a-fA-F]{0,3}|%B|\b[Cc][Cc]`;
const after = String.raw`(?:\b|([g-zG-Z_]|D[0-9]))`;

const nameOfNumber =
  "long_?num(?:ber)?|(?:card|cc)[_-]?(?:num(?:ber)?|no)|(?:credit|debit)[_-]?card" +
  "(?:[_-]?(?:num(?:ber)?|no))?|account[_-]?number";
const nameOfCode =
  "c[cv][vc]2?|cav2|csc|(?:security|card|verification)[_-]?(?:verification[_-]?)?(?:code|value)";

/** Between a name and its value: `='`, `:`, `">`, `":"` and, in JSON within JSON, `\":\"`. */
const separator =
  String.raw`(?:\\*["']|%2[27]|&quot;)?\]?\s*(?:=>|[=:>]|%3[AaDd])` +
  String.raw`\s*(?:\\*["']|%2[27]|&quot;)?`;
const value = String.raw`[^"'\\,}\s<&;]+(?: [0-9]+)*`;

/** Card numbers and card codes, by name and, for numbers, by what they look like. */
export const cardMasks: readonly LogRule[] = [
  mask(
    "mark_card_values",
    String.raw`((?i:${nameOfNumber}|${nameOfCode})${separator})([^"'\\,}\s<&;[{\x01])`,
    `\${1}${cardValue}\${2}`,
  ),
  // A number of JSON's becomes a text of JSON's.
  mask("mask_card_code_in_json", String.raw`":(\s*)\x03[0-9]{3,4}\b`, '":${1}"masked_cvv"'),
  mask("mask_named_number_in_json", String.raw`":(\s*)\x03[0-9]+\b`, '":${1}"masked_pan"'),
  mask("mask_card_number_in_json", String.raw`":(\s*)(?:${withoutGroups})\b`, '":${1}"masked_pan"'),
  mask("mask_named_card_number", String.raw`\x03[0-9](?:${between}?[0-9]){7,}`, "masked_pan"),
  mask("mask_card_code", String.raw`\x03[0-9]{3,4}\b`, "masked_cvv"),
  mask("mask_card_value", String.raw`\x03${value}`, "masked_pan"),
  mask("mask_card_number", `(${before})(?:${cardNumber})${after}`, "${1}masked_pan${2}"),
  // Digits written as percent signs or as JSON's escapes, as many as a card number has.
  mask("mask_number_in_url", "(?:%3[0-9]){13,19}", "masked_pan"),
  mask("mask_escaped_number", String.raw`(?:\\u003[0-9]){13,19}`, "masked_pan"),
];
