import { parse, parseCIDR } from 'ipaddr.js';
import { badInput } from '../../core/errors';

/** Networks that receivers may be in although they are not on the internet; none as a rule. */
export type AllowedNetworks = readonly string[];

/** Characters. */
const LONGEST = 2_000;
/** Of what every address on the internet is, as ipaddr.js calls it. */
const PUBLIC = 'unicast';

/**
 * The address of a receiver. What its name leads to is looked at when something is sent, each time: names change.
 * @throws DatelineError BAD_USER_INPUT for one that is not on the web, or says an address that is not on the internet
 */
export function checkTarget(url: string, allowed: AllowedNetworks): string {
  const target = URL.canParse(url) ? new URL(url) : null;
  if (target === null || url.length > LONGEST) throw badInput('url', '"url" must be a whole address.');
  const isPlain = target.protocol === 'http:' && allowed.length > 0;
  if (target.protocol !== 'https:' && !isPlain)
    throw badInput('url', '"url" must begin with https://, so that nobody on the way can read or change it.');
  if (target.username !== '' || target.password !== '')
    throw badInput('url', '"url" must have no user or password in it: messages are signed instead.');
  const host = target.hostname.replace(/^\[|\]$/g, '');
  if (!isOnInternet(host, allowed))
    throw badInput('url', '"url" leads to an address that is not on the internet.');
  target.hash = '';
  return target.href;
}

function isOnInternet(host: string, allowed: AllowedNetworks): boolean {
  const address = parsed(host);
  if (address === null) return true;
  return address.range() === PUBLIC || allowed.some((network) => isWithin(address, network));
}

function isWithin(address: ReturnType<typeof parse>, network: string): boolean {
  const range = parseCIDR(network);
  return address.kind() === range[0].kind() && address.match(range);
}

/** Null for a name. */
function parsed(host: string) {
  try {
    return parse(host);
  } catch {
    return null;
  }
}
