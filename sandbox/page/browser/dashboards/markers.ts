/** A level that a graph shows as a line: `y = 5`, `y > 5` or `5 < y < 8`. */
export interface Marker {
  readonly levels: readonly number[];
  readonly label: string;
  /** `error`, `warning`, `ok` or `info`. */
  readonly kind: string;
  readonly isDashed: boolean;
}

/** The markers that a widget declares; those that cannot be read are left out. */
export function markersIn(value: unknown): readonly Marker[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly unknown[]).flatMap((one) => {
    const {
      value: text,
      display_type: display = "",
      label,
    } = (one ?? {}) as {
      value?: unknown;
      display_type?: unknown;
      label?: unknown;
    };
    const levels = typeof text === "string" ? levelsIn(text) : [];
    if (levels.length === 0) return [];
    const words = String(display).split(" ");
    return [
      {
        levels,
        label: typeof label === "string" && label.trim() !== "" ? label.trim() : String(text),
        kind: words.find((word) => ["error", "warning", "ok", "info"].includes(word)) ?? "info",
        isDashed: words.includes("dashed"),
      },
    ];
  });
}

function levelsIn(text: string): readonly number[] {
  const number = "-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?";
  const [, low, high] =
    new RegExp(`^\\s*(${number})\\s*<=?\\s*y\\s*<=?\\s*(${number})\\s*$`).exec(text) ?? [];
  if (low !== undefined && high !== undefined) return [Number(low), Number(high)];
  const [, level] = new RegExp(`^\\s*y\\s*(?:=|<=?|>=?)\\s*(${number})\\s*$`).exec(text) ?? [];
  return level === undefined ? [] : [Number(level)];
}
