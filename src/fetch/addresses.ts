/** Which addresses are on the public Internet: a page of a site is on no other. */
import ipaddr from "ipaddr.js";

/** The global unicast addresses that are given out (RFC 4291, 2.4; IANA): all else of IPv6 is for something of its own. */
const GLOBAL = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether an address is public unicast: none that is private, of the machine, its link, its operator or a cloud's metadata,
 * and none that carries such a one within it (mapped, translated, 6to4, Teredo).
 */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const plain = ipaddr.process(address);
  if (plain.range() !== "unicast") return false;
  return plain.kind() === "ipv4" || plain.match(GLOBAL);
}
