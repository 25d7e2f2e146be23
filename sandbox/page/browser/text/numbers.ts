import type { Unit } from "../api/shapes.ts";

export interface NumberFormat {
  /** Digits after the point. @default 2, trailing zeros cut */
  readonly precision?: number;
  /** Shortens to K, M, G, or to a fitting unit of the family. @default true */
  readonly autoscale?: boolean;
  /** Shown as it is instead of the API's unit. */
  readonly customUnit?: string;
  readonly unit?: Unit | null;
}

export interface Shown {
  readonly number: string;
  readonly unit: string;
}

type Scale = readonly (readonly [factor: number, name: string])[];

const plain: Scale = [
  [1e12, "T"],
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "K"],
];

const families: Partial<Record<string, Scale>> = {
  time: [
    [86_400, "d"],
    [3600, "h"],
    [60, "min"],
    [1, "s"],
    [1e-3, "ms"],
    [1e-6, "µs"],
    [1e-9, "ns"],
  ],
  bytes: [
    [1024 ** 4, "TiB"],
    [1024 ** 3, "GiB"],
    [1024 ** 2, "MiB"],
    [1024, "KiB"],
    [1, "B"],
  ],
};

/** A value as people read it; a missing one has no digits. */
export function formatNumber(value: number | null | undefined, format: NumberFormat = {}): Shown {
  if (value === null || value === undefined || Number.isNaN(value)) {
    return { number: "No data", unit: "" };
  }
  if (!Number.isFinite(value)) return { number: value > 0 ? "∞" : "-∞", unit: "" };
  const family = familyOf(format);
  return family === undefined
    ? inThousands(value, format)
    : scaled(value * (format.unit?.scale_factor ?? 1), family, format);
}

/** The units among which the fitting one is picked; undefined where the unit stays as it is. */
function familyOf({ unit, customUnit, autoscale = true }: NumberFormat): Scale | undefined {
  return autoscale && customUnit === undefined && unit ? families[unit.family] : undefined;
}

function inThousands(value: number, format: NumberFormat): Shown {
  const { unit, customUnit, autoscale = true } = format;
  const { number, unit: thousands } = autoscale
    ? scaled(value, plain, format)
    : { number: digits(value, format), unit: "" };
  return { number: number + thousands, unit: customUnit ?? unit?.short_name ?? unit?.name ?? "" };
}

/** The largest unit of which there is at least one; 999.999 is rounded up into the next one. */
function scaled(value: number, scale: Scale, format: NumberFormat): Shown {
  const smallest = scale === plain ? ([1, ""] as const) : (scale.at(-1) ?? ([1, ""] as const));
  const at = scale.findIndex(([factor]) => Math.abs(value) >= factor);
  const [own] = at < 0 ? smallest : (scale[at] ?? smallest);
  const rounded = Math.abs(Number((value / own).toFixed(format.precision ?? 2))) * own;
  const [factor, unit] = scale.find(([one]) => rounded >= one) ?? smallest;
  return { number: digits(value / factor, format), unit };
}

function digits(value: number, { precision }: NumberFormat): string {
  const text = value.toFixed(precision ?? 2);
  const short = precision === undefined ? text.replace(/\.?0+$/, "") : text;
  const [whole = "", fraction] = short.split(".");
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** Number and unit as one text. */
export function numberText(value: number | null | undefined, format: NumberFormat = {}): string {
  const { number, unit } = formatNumber(value, format);
  return unit === "" ? number : `${number} ${unit}`;
}
