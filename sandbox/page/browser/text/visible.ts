/**
 * Marks that change the direction of what follows, or that nobody sees: all control characters but
 * tab and line feed, and all formatting characters but the joiners that scripts need.
 */
const unseen = /(?![\t\n\u200c\u200d])[\p{Cc}\p{Cf}]/gu;

/** A text in which nothing hides: control and direction marks are written as their code points. */
export function visible(text: string): string {
  return text.replaceAll(unseen, (mark) => `‹U+${codePoint(mark)}›`);
}

function codePoint(mark: string): string {
  return (mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}

/** Any value of an attribute as one line. */
export function shownValue(value: unknown): string {
  if (value === undefined || value === null) return "";
  return visible(typeof value === "string" ? value : JSON.stringify(value));
}

/** The address of a link that may be followed; undefined for a script or an unknown scheme. */
export function safeHref(target: string, base: string): string | undefined {
  try {
    const { protocol, href } = new URL(target, base);
    return protocol === "http:" || protocol === "https:" ? href : undefined;
  } catch {
    return undefined;
  }
}
