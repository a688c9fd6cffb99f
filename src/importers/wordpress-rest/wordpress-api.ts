import type { Clock } from '../../core/clock';
import { type JsonAnswer, jsonOf } from './answer';
import type { ApiRoot, Parameters } from './api-root';
import type { SiteHttp } from './http';
import { faultIn, SiteFault } from './site-fault';
import { type TryLimits, withTries } from './tries';

export interface ListPage {
  readonly items: readonly unknown[];
  /** X-WP-Total; null where the site, or something in front of it, leaves it out. */
  readonly total: number | null;
  /** How many items were asked for: a site may allow less than 100. */
  readonly size: number;
  readonly headers: Headers;
}

/** The most that WordPress gives on one page, and what is tried where a site gives less. */
const PAGE_SIZES = [100, 50, 20, 10] as const;

export interface ApiOptions {
  readonly tries: TryLimits;
  readonly clock: Clock;
  /** Told once of data that had something else around it. */
  readonly onMended: () => void;
}

/** Asks a site's REST API, as often as that helps. */
export class WordPressApi {
  private pageSize: number = PAGE_SIZES[0];

  constructor(
    private readonly http: SiteHttp,
    readonly root: ApiRoot,
    private readonly options: ApiOptions,
  ) {}

  /** @throws SiteFault */
  get(route: string, parameters: Parameters = {}): Promise<JsonAnswer> {
    const { tries, clock, onMended } = this.options;
    return withTries(
      async () => {
        const answer = jsonOf(await this.http.get(this.root.address(route, parameters)), clock);
        if (answer.mended) onMended();
        return answer;
      },
      tries,
      this.http.signal,
    );
  }

  /** One page of a list, of `size` items or as many as the site allows. @throws SiteFault */
  async list(route: string, parameters: Parameters, wanted?: number): Promise<ListPage> {
    for (;;) {
      const size = Math.min(wanted ?? this.pageSize, this.pageSize);
      try {
        return await this.page(route, { ...parameters, per_page: size }, size);
      } catch (error) {
        const fault = faultIn(error);
        const smaller = PAGE_SIZES.find((each) => each < size);
        if (!refusesSize(fault) || smaller === undefined) throw fault;
        this.pageSize = smaller;
      }
    }
  }

  private page(route: string, parameters: Parameters, size: number): Promise<ListPage> {
    const { tries, clock, onMended } = this.options;
    const url = this.root.address(route, parameters);
    return withTries(
      async () => {
        const { body, headers, mended } = jsonOf(await this.http.get(url), clock);
        if (!Array.isArray(body)) {
          throw new SiteFault('garbled', `${url.origin}${url.pathname} answers with no list.`);
        }
        if (mended) onMended();
        return { items: body, total: countIn(headers.get('x-wp-total')), size, headers };
      },
      tries,
      this.http.signal,
    );
  }
}

function refusesSize({ status, code, message }: SiteFault): boolean {
  return status === 400 && code === 'rest_invalid_param' && message.includes('per_page');
}

function countIn(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}
