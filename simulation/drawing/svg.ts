/** Markup that may stand in another one; texts went in escaped. */
export type Svg = string;

const entities: Partial<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Text as it may stand in XML, which has no place for most control characters. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(/[&<>"]/g, (character) => entities[character] ?? "")
    .replaceAll(/(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu, "\ufffd");
}

/** An element; numbers are cut to two digits so that files stay small and the same everywhere. */
export function tag(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  ...children: readonly Svg[]
): Svg {
  const words = Object.entries(attributes).flatMap(([key, value]) => {
    if (value === undefined) return [];
    const shown = typeof value === "number" ? String(Math.round(value * 100) / 100) : value;
    return [` ${key}="${escapeXml(shown)}"`];
  });
  return children.length === 0
    ? `<${name}${words.join("")}/>`
    : `<${name}${words.join("")}>${children.join("")}</${name}>`;
}

interface TextStyle {
  readonly size?: number;
  readonly fill?: string;
  readonly weight?: "bold";
  readonly anchor?: "middle" | "end";
}

/** Mean width of a character of DejaVu Sans, in shares of the size of the font. */
const characterWidth = 0.6;

/** One line of text, cut where it would leave its place. */
export function textLine(
  words: string,
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
  { size = 12, fill = "#1b1f24", weight, anchor }: TextStyle = {},
): Svg {
  const attributes = {
    x,
    y,
    fill,
    "font-size": size,
    "font-weight": weight,
    "text-anchor": anchor,
  };
  return tag(
    "text",
    attributes,
    escapeXml(cut(words, Math.floor(width / (size * characterWidth)))),
  );
}

export function cut(text: string, most: number): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length <= most ? line : `${line.slice(0, Math.max(0, most - 1))}…`;
}

/** Words in lines of a width; what does not fit is cut. */
export function wrapped(text: string, width: number, size = 12): readonly string[] {
  const most = Math.max(4, Math.floor(width / (size * characterWidth)));
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length > most && line !== "") {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((one) => cut(one, most));
}
