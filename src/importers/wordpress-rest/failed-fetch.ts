import { causes } from '../../core/faults';
import { SiteFault, shortAddress } from './site-fault';

/** What Node and OpenSSL call a certificate that does not stand for the host. */
const CERTIFICATE = /^(?:ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/** Errors of the network in words. What `stop` broke off, and what is none of them, comes back as it is. */
export function explainedFetch(url: URL, error: unknown): unknown {
  const chain = causes(error);
  const names = chain.map((each) => wordIn(each, 'name'));
  if (names.includes('TimeoutError')) {
    return new SiteFault('slow', `${shortAddress(url)} takes too long to answer.`, { cause: error });
  }
  if (names.includes('AbortError')) return error;
  const codes = chain.map((each) => wordIn(each, 'code')).filter((code) => code !== '');
  const code = codes.at(-1) ?? '';
  if (code === 'ENOTFOUND') {
    return new SiteFault('unknown-host', `There is no host ${url.hostname}.`, { cause: error });
  }
  if (CERTIFICATE.test(code)) {
    return new SiteFault('refused', `The certificate of ${url.host} is not valid (${code}).`, {
      cause: error,
    });
  }
  const why = code === '' ? '' : ` (${code})`;
  return new SiteFault('unreachable', `${url.host} cannot be reached, or hangs up${why}.`, { cause: error });
}

function wordIn(error: unknown, key: 'name' | 'code'): string {
  if (typeof error !== 'object' || error === null || !(key in error)) return '';
  const value = key === 'name' ? Reflect.get(error, 'name') : Reflect.get(error, 'code');
  return typeof value === 'string' ? value : '';
}
