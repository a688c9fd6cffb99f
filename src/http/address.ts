import ipaddr from 'ipaddr.js';

/** Bits of an IPv6 address that stand for one customer: the rest is theirs to change as they like. */
const CUSTOMER_BYTES = 8;

/** What counts as one address: an IPv4 address, or the /64 network of an IPv6 address. */
export function addressKey(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  // An IPv4 address in the clothes of an IPv6 one is itself.
  const address = ipaddr.process(ip);
  if (address.kind() === 'ipv4') return address.toString();
  return `${Buffer.from(address.toByteArray().slice(0, CUSTOMER_BYTES)).toString('hex')}/64`;
}
