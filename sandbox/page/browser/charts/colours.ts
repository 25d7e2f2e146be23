/** Colours that stand apart from each other, from a light page and from a dark one. */
const onLight = ["#0b5cad", "#b3400a", "#1d6b34", "#8a1f7a", "#7a5200", "#00707a", "#a8201a"];
const onDark = ["#7ab8ff", "#ff9f6b", "#7fdc9a", "#f09be6", "#f2c661", "#6fdde6", "#ff938c"];

/** Lines are told apart without colours, too. */
const dashes = [[], [8, 4], [2, 3], [12, 4, 2, 4]];

const markers: Partial<Record<string, readonly [light: string, dark: string]>> = {
  error: ["#a8201a", "#ff938c"],
  warning: ["#7a5200", "#f2c661"],
  ok: ["#1d6b34", "#7fdc9a"],
};

export function colourOf(index: number): string {
  const colours = isDark() ? onDark : onLight;
  return colours[index % colours.length] ?? "gray";
}

export function dashOf(index: number): number[] {
  return dashes[index % dashes.length] ?? [];
}

/** A colour of the style sheet as the browser computes it. */
export function themed(name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

export function markerColour(kind: string): string {
  const [light, dark] = markers[kind] ?? ["#4a525c", "#b3bbc6"];
  return isDark() ? dark : light;
}

function isDark(): boolean {
  return matchMedia("(prefers-color-scheme: dark)").matches;
}
