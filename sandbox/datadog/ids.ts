import { createHash } from "node:crypto";
import type { State } from "./state.ts";

interface Given {
  state: State;
  /** A number no other object of this or an earlier state has. */
  number: number;
}

/** Gives out the next id; put the returned state in place of the old one. */
export function giveId(state: State): Given {
  const given = state.given + 1;
  return { state: { ...state, given }, number: state.base + given };
}

/** 32 hexadecimal digits, as SLO ids are. */
export function hexId(kind: string, number: number): string {
  return createHash("sha256").update(`${kind} ${number}`).digest("hex").slice(0, 32);
}

/** Three groups of three, as dashboard ids are: `x3k-9pq-2mb`. */
export function dashedId(kind: string, number: number): string {
  const text = BigInt(`0x${hexId(kind, number)}`)
    .toString(36)
    .padStart(9, "0");
  return [text.slice(-9, -6), text.slice(-6, -3), text.slice(-3)].join("-");
}

/** 22 URL-safe characters, as pipeline ids are. */
export function urlSafeId(kind: string, number: number): string {
  return Buffer.from(hexId(kind, number), "hex").toString("base64url");
}

/** A UUID, as downtime ids are. */
export function uuid(kind: string, number: number): string {
  const hex = hexId(kind, number);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`];
  return [...parts, `8${hex.slice(17, 20)}`, hex.slice(20)].join("-");
}
