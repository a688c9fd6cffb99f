/** The pages over real HTTP, and what stands in them. */
import { DomUtils, parseDocument } from 'htmlparser2';
import { createServices, requestContext } from '../../src/app';
import { ChangeFeed } from '../../src/changes';
import { ANONYMOUS } from '../../src/core/actor';
import { type Clock, heldClock } from '../../src/core/clock';
import { silentLog } from '../../src/core/log';
import { NO_SITE, type Site } from '../../src/core/site';
import type { Database } from '../../src/database';
import { showRelations } from '../../src/pages';
import { type Running, start } from '../http/tiny';
import { NOW } from '../support/archive';
import { BOX } from '../support/discussions';

type Document = ReturnType<typeof parseDocument>;
type Element = ReturnType<typeof DomUtils.findAll>[number];

/** Serves the pages about a database, put together as the application does. Close the server at the end. */
export function serveDatabase(
  database: Database,
  clock: Clock = heldClock(NOW),
  site: Site = NO_SITE,
): Promise<Running> {
  const changes = new ChangeFeed({ database, log: silentLog });
  const services = createServices({ database, clock, box: BOX, changes, log: silentLog, site });
  return start(
    {},
    {
      page: (request) => {
        const asked = { actor: ANONYMOUS, requestId: request.requestId };
        return showRelations(requestContext({ database, clock, services }, asked), request);
      },
    },
  );
}

/** A page as a reader has it. */
export class Page {
  private readonly document: Document;

  constructor(
    readonly response: Response,
    readonly html: string,
  ) {
    this.document = parseDocument(html);
  }

  static async at(url: string, init?: RequestInit): Promise<Page> {
    const response = await fetch(url, { redirect: 'manual', ...init });
    return new Page(response, await response.text());
  }

  get status(): number {
    return this.response.status;
  }

  /** The elements of a name, or with a class, within those that were found before. */
  all(name: string, within: Document | Element = this.document): Element[] {
    const [tag = '', kind] = name.split('.');
    return DomUtils.findAll(
      (element) =>
        (tag === '' || element.name === tag) &&
        (kind === undefined || (element.attribs.class ?? '').split(' ').includes(kind)),
      within.children,
    );
  }

  text(name: string): string {
    return this.all(name).map(textOf).join(' ');
  }

  links(): string[] {
    return this.all('a').map(({ attribs }) => attribs.href ?? '');
  }

  /** The cells of each row of the table after a heading with the id. */
  rows(section: string): string[][] {
    const [found] = this.all('section').filter(({ attribs }) => attribs['aria-labelledby'] === section);
    const [body] = found ? this.all('tbody', found) : [];
    return (body ? this.all('tr', body) : []).map((row) =>
      row.children.flatMap((cell) => ('attribs' in cell ? [textOf(cell)] : [])),
    );
  }
}

/** Without white space around it, nor more than one space within. */
export function textOf(element: Element): string {
  return DomUtils.textContent(element).replace(/\s+/g, ' ').trim();
}
