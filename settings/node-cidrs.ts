import { isIPv4, isIPv6 } from "node:net";

/** Shortest prefixes of a range: a node has few addresses, and a wider range would open the pods. */
const shortest = { v4: 16, v6: 64 };

/** Whether a text is a range of addresses that nodes may have, such as `10.244.1.1/32`. */
export function isNodeCidr(text: string): boolean {
  const [address = "", length = "", ...more] = text.split("/");
  if (more.length > 0 || !/^\d{1,3}$/.test(length)) return false;
  const bits = Number(length);
  if (isIPv4(address)) return bits >= shortest.v4 && bits <= 32 && hasNoHostBits(address, bits);
  return isIPv6(address) && bits >= shortest.v6 && bits <= 128;
}

/** Kubernetes warns of a range whose address is not its first one. */
function hasNoHostBits(address: string, bits: number): boolean {
  const number = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return number % 2 ** (32 - bits) === 0;
}
