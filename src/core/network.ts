import { isIPv4, isIPv6 } from 'node:net';

/**
 * What stands for whoever has a network address: an IPv4 address itself, also one that is written as IPv6, and of
 * IPv6 the /64, for a single household has that many addresses. The text itself where it is no address.
 */
export function networkOf(address: string): string {
  const bare = address.trim().replace(/%.*$/, '');
  const [, mapped = ''] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare) ?? [];
  if (isIPv4(mapped)) return mapped;
  if (!isIPv6(bare)) return bare;
  const groups = groupsOf(bare);
  const [embedded, high, low] = [groups.slice(0, 5), groups[6] ?? 0, groups[7] ?? 0];
  if (embedded.every((group) => group === 0) && groups[5] === 0xffff) {
    return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
  }
  const network = groups.slice(0, 4).map((group) => group.toString(16));
  return `${network.join(':')}::/64`;
}

/** The eight groups of a valid IPv6 address. */
function groupsOf(address: string): number[] {
  const [head = '', tail] = address.split('::');
  const before = readGroups(head);
  if (tail === undefined) return before;
  const after = readGroups(tail);
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function readGroups(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return Number.parseInt(group, 16);
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [(a << 8) | b, (c << 8) | d];
  });
}
