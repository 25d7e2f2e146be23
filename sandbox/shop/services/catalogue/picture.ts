import type { HttpResponse } from "../../../http/message.ts";
import { muxNotFound } from "../../gokit/kit.ts";
import type { Sock } from "../../stores/catalogue-db.ts";

/** A drawn sock instead of the real shop's photograph; the colour comes from the sock's id. */
export function pictureOf(socks: readonly Sock[], path: string): HttpResponse {
  const sock = socks.find(({ images }) => images.includes(path));
  if (sock === undefined) return muxNotFound;
  const hue = Buffer.from(sock.id).reduce((sum, byte) => sum + byte, 0) % 360;
  const shape = "M45 10h30v55l25 30a12 12 0 0 1-20 15L40 75z";
  return {
    status: 200,
    headers: { "content-type": "image/svg+xml" },
    body:
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120">` +
      `<path d="${shape}" fill="hsl(${hue} 55% 55%)"/></svg>`,
  };
}
