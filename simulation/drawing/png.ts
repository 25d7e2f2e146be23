import { Resvg } from "@resvg/resvg-js";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Svg } from "./svg.ts";

const fonts = fileURLToPath(new URL("ttf/", import.meta.resolve("dejavu-fonts-ttf/package.json")));

/** The picture as PNG, with fonts of its own: the same on every machine. */
export function pngOf(svg: Svg): Buffer {
  const files = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map((file) => join(fonts, file));
  const font = { fontFiles: files, loadSystemFonts: false, defaultFontFamily: "DejaVu Sans" };
  return new Resvg(svg, { font }).render().asPng();
}
