/**
 * What a terminal would obey or hide instead of showing it: control characters, and characters that
 * change the direction of the text or have no width.
 */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Text that shows what is in it, as JSON writes it: `\u001b`. Line feeds and tabs stay. */
export function printable(text: string): string {
  return text.replaceAll(unprintable, (character) =>
    character === "\n" || character === "\t" ? character : escaped(character),
  );
}

/** The same on one line. */
export function printableLine(text: string): string {
  return text.replaceAll(unprintable, escaped);
}

function escaped(character: string): string {
  if (character === "\n") return "\\n";
  if (character === "\t") return "\\t";
  return Array.from({ length: character.length }, (_, index) => {
    const unit = character.charCodeAt(index).toString(16).padStart(4, "0");
    return `\\u${unit}`;
  }).join("");
}
