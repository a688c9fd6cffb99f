import type { RequestContext } from '../../context';
import { type Child, html, type Markup } from '../../core/markup';
import { toPage } from '../../core/paging';
import { normalise } from '../../core/text';
import { FEWEST_TOPICS, MOST_TOPICS } from '../../relations';
import { TOPIC_ORDERS, type TopicRow } from '../../topics';
import { isolated, type Wording } from '../wording';
import { type Asked, addressOf, type Kept, type Wrong } from './asked';
import { framed } from './frame';
import { type NamedTopic, named, namesIn } from './model';

/** Where a page stands: what leads to the list of relations, and to one of them. */
export interface Place {
  readonly home: string;
  readonly relations: string;
}

/** At `/relations` itself, and below it. */
export const AT_HOME: Place = { home: 'relations', relations: 'relations/' };
export const BELOW: Place = { home: '../relations', relations: '' };

/** What is wrong with an address, and a way out. */
export function wrongPage({ message, values }: Wrong, asked: Asked, place: Place): Markup {
  const { wording } = asked;
  const shown = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? isolated(value) : value,
    ]),
  );
  return refusal(asked, place, 'refusedTitle', html`<p class="lede">${wording.say(message, shown)}</p>`);
}

/** @param topics those that are named, found; where it is but one, what it is often covered with helps on */
export async function wrongNumberPage(
  context: RequestContext,
  asked: Asked,
  topics: readonly (TopicRow | null)[],
): Promise<Markup> {
  const { wording, kept } = asked;
  const bounds = { fewest: wording.number(FEWEST_TOPICS), most: wording.number(MOST_TOPICS) };
  const [only] = topics;
  return refusal(
    asked,
    BELOW,
    'refusedTitle',
    html`<p class="lede">${wording.say('wrongNumber', { ...bounds, count: asked.slugs.length })}</p>
${only != null && topics.length === 1 && (await companions(context, only, wording, kept))}`,
  );
}

async function companions(
  context: RequestContext,
  topic: TopicRow,
  wording: Wording,
  kept: Kept,
): Promise<Child> {
  const found = await context.relations.relatedTopics(topic.id, {
    ...{ mode: 'COVERED_WITH', kind: null, window: null, first: SUGGESTED },
  });
  const rows = await Promise.all(found.map((each) => context.topics.byId.load(each.topic)));
  const others = rows.flatMap((row) => row ?? []);
  if (others.length === 0) return null;
  const names = await namesIn(context, [topic, ...others], wording.tag);
  const self = named(topic, names);
  return html`<p>${wording.say('oftenWith', { topic: isolated(self.name) })}</p>
${links(
  others.map((row) => named(row, names)),
  ({ slug }) => addressOf([self.slug, slug], kept),
)}`;
}

/** Names the slug that nothing has, and those that begin like it. */
export async function unknownPage(
  context: RequestContext,
  slug: string,
  asked: Asked,
  place: Place,
): Promise<Markup> {
  const { wording, kept } = asked;
  const rows = await alike(context, slug);
  const names = await namesIn(context, rows, wording.tag);
  return refusal(
    asked,
    place,
    'unknownTitle',
    html`<p class="lede">${wording.say('unknown', { slug: isolated(slug) })}</p>
${
  rows.length > 0 &&
  html`<p>${wording.say('didYouMean')}</p>
${links(
  rows.map((row) => named(row, names)),
  (other) => {
    const slugs = asked.slugs.map((each) => (each === slug ? other.slug : each));
    return place.relations + addressOf(slugs, kept);
  },
)}`
}`,
  );
}

const SUGGESTED = 8;
/** Letters that a name has in common with what somebody has mistyped. */
const COMMON = 3;

/** The most covered topics with a name that begins so; else with one that begins with the first letters. */
async function alike({ topics }: RequestContext, slug: string): Promise<readonly TopicRow[]> {
  const whole = normalise(slug.replaceAll('-', ' '));
  const beginning = Array.from(whole).slice(0, COMMON).join('');
  for (const matching of new Set([whole, beginning])) {
    if (matching === '') continue;
    const page = toPage({ first: SUGGESTED }, TOPIC_ORDERS.MOST_COVERED);
    const { rows } = await topics.page({ kind: null, matching }, 'MOST_COVERED', page);
    if (rows.length > 0) return rows;
  }
  return [];
}

export function links(topics: readonly NamedTopic[], to: (topic: NamedTopic) => string): Markup {
  return html`<ul class="list">${topics.map((topic) => html`<li><a href="${to(topic)}">${isolated(topic.name)}</a></li>`)}</ul>`;
}

function refusal(
  { wording, kept, slugs }: Asked,
  { home, relations }: Place,
  title: 'refusedTitle' | 'unknownTitle',
  main: Child,
): Markup {
  const here = slugs.length === 0 ? home : relations + addressOf(slugs, {});
  return framed({
    ...{ wording, kept, home, here, title: wording.text(title) },
    main: html`<div class="head"><h1>${wording.say(title)}</h1>
${main}</div>`,
  });
}
