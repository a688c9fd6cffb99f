import type { z } from 'zod';
import type { Parameters } from './api-root';
import { faultIn, type SiteFault } from './site-fault';
import { type Slice, type WalkedPage, walk } from './walk';
import type { ListPage, WordPressApi } from './wordpress-api';

/** Something of a list that the site cannot give, or that is no item. */
export type OnLost = (message: string) => void;

/** What is tried where a whole page cannot be had: one broken item breaks the page that it is on. */
const SMALLER = [20, 5, 1] as const;

/** Reads lists of a site to their end, and past what is broken in them. */
export class SiteReader {
  constructor(
    readonly api: WordPressApi,
    private readonly onLost: OnLost,
  ) {}

  /** All items of a list, by rising id. @throws SiteFault where the list as such cannot be read */
  walk<S extends z.ZodType<{ readonly id: number }>>(
    route: string,
    parameters: Parameters,
    shape: S,
  ): AsyncGenerator<WalkedPage<z.infer<S>>, void, undefined> {
    const sorted = { ...parameters, orderby: 'id', order: 'asc' };
    return walk((offset) => this.slice(route, { ...sorted, offset }, shape));
  }

  /** Those of the items that are there, in no particular order. @throws SiteFault as above */
  async some<S extends z.ZodType<{ readonly id: number }>>(
    route: string,
    ids: readonly number[],
    parameters: Parameters,
    shape: S,
  ): Promise<z.infer<S>[]> {
    if (ids.length === 0) return [];
    try {
      // What is not readable is left out, so there are never more than were asked for.
      const page = await this.api.list(route, { ...parameters, include: ids, offset: 0 }, ids.length);
      if (page.size >= ids.length) return this.valid(route, page, shape);
    } catch (error) {
      const fault = faultIn(error);
      if (!fault.perhapsOneItem) throw fault;
      if (ids.length === 1)
        return this.withoutOne(route, { ...parameters, include: ids }, `item ${ids[0]}`, fault);
    }
    const half = Math.ceil(ids.length / 2);
    return [
      ...(await this.some(route, ids.slice(0, half), parameters, shape)),
      ...(await this.some(route, ids.slice(half), parameters, shape)),
    ];
  }

  private async slice<S extends z.ZodType<{ readonly id: number }>>(
    route: string,
    parameters: Parameters,
    shape: S,
  ): Promise<Slice<z.infer<S>>> {
    let fault: SiteFault | undefined;
    for (const size of [undefined, ...SMALLER]) {
      try {
        const page = await this.api.list(route, parameters, size);
        return { items: this.valid(route, page, shape), total: page.total, size: page.size };
      } catch (error) {
        fault = faultIn(error);
        if (!fault.perhapsOneItem) throw fault;
      }
    }
    if (fault === undefined) throw new Error('At least one size was tried');
    const what = `the item at place ${Number(parameters.offset) + 1}`;
    const total = await this.lengthWithout(route, parameters, what, fault);
    return { items: [], total, size: 1 };
  }

  private async withoutOne(route: string, parameters: Parameters, what: string, fault: SiteFault) {
    await this.lengthWithout(route, parameters, what, fault);
    return [];
  }

  /** Leaves out what cannot be read, if the site is well otherwise: its id alone can be had. */
  private async lengthWithout(
    route: string,
    parameters: Parameters,
    what: string,
    fault: SiteFault,
  ): Promise<number | null> {
    const { total, items } = await this.api
      .list(route, { ...parameters, _fields: 'id' }, 1)
      .catch((error: unknown) => Promise.reject(faultIn(error).perhapsOneItem ? fault : error));
    if (items.length > 0) this.onLost(`${route}: ${what} cannot be read. ${fault.message}`);
    return total;
  }

  private valid<S extends z.ZodType<{ readonly id: number }>>(
    route: string,
    { items }: ListPage,
    shape: S,
  ): z.infer<S>[] {
    return items.flatMap((item) => {
      const parsed = shape.safeParse(item);
      if (parsed.success) return [parsed.data];
      this.onLost(`${route}: an item has no id, or is no item`);
      return [];
    });
  }
}
