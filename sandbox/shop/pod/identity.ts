import type { Clock } from "../clock.ts";
import { millis } from "../clock.ts";

/** `count` random bytes. Injected, so that tests know every id in advance. */
export type RandomBytes = (count: number) => Uint8Array;

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** Random lower-case hex digits, two per byte. */
export function hexId(random: RandomBytes, byteCount: number): string {
  return hex(random(byteCount));
}

/** What makes ids for one process: same machine part in all of them, as MongoDB drivers do. */
export type ObjectIds = () => string;

/**
 * MongoDB ObjectIds: 8 hex digits of UTC seconds, 10 of the process, 6 of a counter.
 * The creation time of a customer or order can be read from its id.
 */
export function objectIds(clock: Clock, random: RandomBytes): ObjectIds {
  const processPart = hexId(random, 5);
  let counter = Buffer.from(random(3)).readUIntBE(0, 3);
  return () => {
    const seconds = Math.floor(millis(clock) / 1000);
    counter = (counter + 1) % 0x1000000;
    return (
      seconds.toString(16).padStart(8, "0") + processPart + counter.toString(16).padStart(6, "0")
    );
  };
}

/** True for 24 hex digits, what Go's `bson.IsObjectIdHex` accepts. */
export function isObjectId(text: string): boolean {
  return /^[0-9a-fA-F]{24}$/.test(text);
}

/** A random (version 4) UUID. */
export function uuid(random: RandomBytes): string {
  const bytes = Buffer.from(random(16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
