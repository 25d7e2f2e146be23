/** A colour of a number by a comparison, as widgets declare it. */
export interface ConditionalFormat {
  readonly comparator: string;
  readonly value: number;
  readonly palette: string;
}

const comparisons: Partial<Record<string, (a: number, b: number) => boolean>> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "=": (a, b) => a === b,
};

/** Palettes that the page has colours for, with the word that a reader without colours gets. */
const palettes: Partial<Record<string, string>> = {
  white_on_red: "red",
  white_on_yellow: "yellow",
  white_on_green: "green",
  red_on_white: "red",
  yellow_on_white: "yellow",
  green_on_white: "green",
  black_on_light_red: "red",
  black_on_light_yellow: "yellow",
  black_on_light_green: "green",
  white_on_gray: "gray",
};

export interface Paint {
  /** Class of the style sheet. */
  readonly className: string;
  readonly word: string;
}

/** The paint of the first format that holds; undefined where none does or its palette is unknown. */
export function paintOf(
  value: number | null | undefined,
  formats: readonly ConditionalFormat[],
): Paint | undefined {
  if (value === null || value === undefined) return undefined;
  const first = formats.find(({ comparator, value: bound }) => {
    return comparisons[comparator]?.(value, bound) === true;
  });
  const word = first && palettes[first.palette];
  return first && word !== undefined
    ? { className: `palette-${first.palette.replaceAll("_", "-")}`, word }
    : undefined;
}

/** The formats of a widget's request, or none where it is of another shape. */
export function formatsIn(value: unknown): readonly ConditionalFormat[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly unknown[]).filter(
    (one): one is ConditionalFormat =>
      typeof one === "object" &&
      one !== null &&
      typeof (one as ConditionalFormat).comparator === "string" &&
      typeof (one as ConditionalFormat).value === "number" &&
      typeof (one as ConditionalFormat).palette === "string",
  );
}
