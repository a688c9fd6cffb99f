import type { Clock } from '../../core/clock';
import type { SiteAnswer } from './http';
import { parseJsonText } from './json-text';
import { SiteFault, shortAddress } from './site-fault';

export interface JsonAnswer {
  readonly body: unknown;
  readonly headers: Headers;
  /** Whether something that is no data stood around it. */
  readonly mended: boolean;
}

/** In characters: how much of a title or message is quoted. */
const LONGEST_QUOTE = 120;

/** The data of an answer. @throws SiteFault for whatever is no success, and for what is no data */
export function jsonOf(answer: SiteAnswer, clock: Clock): JsonAnswer {
  const { status, headers } = answer;
  const parsed = parseJsonText(answer.text);
  if (status < 200 || status >= 300) throw statusFault(answer, parsed?.value, clock);
  if (parsed !== undefined) return { body: parsed.value, headers, mended: parsed.mended };
  const what = answer.text.trim() === '' ? 'nothing' : described(answer.text);
  throw new SiteFault('garbled', `${shortAddress(answer.url)} answers with ${what} instead of data.`, {
    status,
  });
}

function statusFault(answer: SiteAnswer, body: unknown, clock: Clock): SiteFault {
  const { status, headers, url } = answer;
  const code = wordOf(body, 'code');
  const said = wordOf(body, 'message') || (answer.text.trim() === '' ? '' : described(answer.text));
  const message = `${shortAddress(url)} answers ${status}${said === '' ? '' : ` (${quoted(said)})`}.`;
  const retryAfter = retryAfterOf(headers, clock);
  const details = { status, code, ...(retryAfter === null ? {} : { retryAfter }) };
  if (status === 429) return new SiteFault('busy', message, details);
  // 408 and 425 ask for another try; 5xx, with Cloudflare's 52x, is a fault over there.
  if (status >= 500 || status === 408 || status === 425) return new SiteFault('broken', message, details);
  return new SiteFault('refused', message, details);
}

/** Milliseconds. The header has seconds or a date. */
function retryAfterOf(headers: Headers, clock: Clock): number | null {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - clock.now());
}

/** What a page that is no data says of itself. */
function described(text: string): string {
  const title = /<title[^>]{0,200}>([^<]{1,500})/i.exec(text)?.[1]?.trim();
  if (title) return `a page "${quoted(title)}"`;
  return text.trimStart().startsWith('<') ? 'a page' : `"${quoted(text.trim())}"`;
}

function quoted(text: string): string {
  const line = text
    .replace(/<[^>]{0,300}>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= LONGEST_QUOTE ? line : `${line.slice(0, LONGEST_QUOTE)}…`;
}

function wordOf(body: unknown, key: string): string {
  if (typeof body !== 'object' || body === null) return '';
  const value: unknown = Reflect.get(body, key);
  return typeof value === 'string' ? value : '';
}
