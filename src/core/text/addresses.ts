/**
 * A slug as a client types it or a WordPress export writes it, percent-encoded (in either case of hexadecimal
 * digits) or not, as it is stored: decoded once, NFC, trimmed. Escapes that are not UTF-8, are cut off, or
 * stand for a control character are kept as they are. Nothing is thrown.
 */
export function decodeSlug(raw: string): string {
  return decodeEscapes(raw, CONTROL).normalize('NFC').trim();
}

/**
 * The path on a publisher's site that a path or URL names, in the one form in which paths are stored and
 * compared: percent-decoded, NFC, without scheme, host, query and fragment, with one leading slash, no
 * trailing slash and no empty segments; the site's root is `/`. What cannot be decoded without changing the
 * meaning (an encoded slash, question mark, hash or per cent sign, control characters, escapes that are not
 * UTF-8) stays encoded with upper-case digits. Idempotent; nothing is thrown. Dot segments are kept.
 */
export function normalisePath(pathOrUrl: string): string {
  const path = pathOrUrl.trim().replace(SCHEME_AND_HOST, '').replace(QUERY_AND_FRAGMENT, '');
  // A per cent sign that starts no escape is itself encoded, or it might form one with what is decoded next.
  const decoded = decodeEscapes(
    upperCaseEscapes(path.replace(BARE_PERCENT, '%25')),
    RESERVED_IN_PATHS,
  ).normalize('NFC');
  const segments = decoded.split('/').filter((segment) => segment.trim() !== '');
  return `/${segments.join('/').trimEnd()}`;
}

const SCHEME_AND_HOST = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i;
const QUERY_AND_FRAGMENT = /[?#].*$/s;
const BARE_PERCENT = /%(?![0-9a-f]{2})/gi;
const ESCAPES = /(?:%[0-9a-f]{2})+/gi;

// One character of UTF-8, or a byte that cannot start one. Over-long forms are left to the decoder to refuse.
const ONE_CHARACTER =
  /%[c-d][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-7](?:%[89ab][0-9a-f]){3}|%[0-9a-f]{2}/gi;

const CONTROL = /\p{Cc}/u;
const RESERVED_IN_PATHS = /[/?#%]|\p{Cc}/u;

function upperCaseEscapes(path: string): string {
  return path.replace(ESCAPES, (run) => run.toUpperCase());
}

/** Decodes what is UTF-8 and not one of the `kept` characters; the rest stays as it is written. */
function decodeEscapes(text: string, kept: RegExp): string {
  if (!text.includes('%')) return text;
  return text.replace(ESCAPES, (run) => {
    const whole = decode(run);
    if (whole !== null && !kept.test(whole)) return whole;
    return run.replace(ONE_CHARACTER, (escaped) => {
      const character = decode(escaped);
      return character === null || kept.test(character) ? escaped : character;
    });
  });
}

function decode(escapes: string): string | null {
  try {
    return decodeURIComponent(escapes);
  } catch {
    return null;
  }
}
