import fc from "fast-check";

/** Networks' prefixes and the lengths of their numbers. */
const networks: readonly (readonly [prefixes: readonly string[], lengths: readonly number[]])[] = [
  [["4"], [16, 19]],
  [["51", "53", "55", "2221", "2299", "2345", "2600", "2719", "2720"], [16]],
  [["34", "37"], [15]],
  [["300", "305", "36", "38", "39"], [14]],
  [
    ["6011", "644", "649", "65", "622126", "622925"],
    [16, 19],
  ],
  [
    ["3528", "3589"],
    [16, 19],
  ],
  [
    ["62", "81"],
    [16, 19],
  ],
  [
    ["5018", "5020", "5038", "5893", "6304", "6759", "6761", "6763"],
    [16, 18, 19],
  ],
  [["2200", "2204"], [16]],
  [["6521", "508", "6062", "9792"], [16]],
];

/** Digits with a check digit by Luhn's formula appended. */
function withCheckDigit(digits: string): string {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => {
      const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}

/** A card number of any network, without separators. */
export const cardNumbers: fc.Arbitrary<string> = fc
  .constantFrom(...networks.flatMap(([prefixes, lengths]) => combined(prefixes, lengths)))
  .chain(({ prefix, length }) =>
    fc
      .stringMatching(new RegExp(`^[0-9]{${length - prefix.length - 1}}$`))
      .map((middle) => withCheckDigit(prefix + middle)),
  );

function combined(prefixes: readonly string[], lengths: readonly number[]) {
  return prefixes.flatMap((prefix) => lengths.map((length) => ({ prefix, length })));
}

/** Separators that people and programs put between the groups of a number. */
const separators = [" ", "-", ".", "/", "_", "+", "\t", "\u00a0", "\u2011", "\u202f", "  ", " - "];
const encoded = ["%20", "%2D", "&nbsp;", String.raw`\u00a0`];

/** The number in the groups that cards show: 4-6-5, 4-6-4, or by four. */
function groupedBy(separator: string, number: string): string {
  const groups =
    number.length <= 15
      ? [number.slice(0, 4), number.slice(4, 10), number.slice(10)]
      : (number.match(/.{1,4}/g) ?? []);
  return groups.join(separator);
}

/** The same number as it is, or in groups. */
export const writtenNumbers: fc.Arbitrary<string> = fc
  .tuple(cardNumbers, fc.constantFrom("", "", "", "", ...separators.slice(0, -1), ...encoded))
  .map(([number, separator]) => groupedBy(separator, number));
