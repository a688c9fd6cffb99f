import type { RequestContext } from '../../context';
import { html, type Markup } from '../../core/markup';
import { toPage } from '../../core/paging';
import { decodeSlug, normalise } from '../../core/text';
import { FEWEST_TOPICS, MOST_TOPICS } from '../../relations';
import { TOPIC_ORDERS, type TopicRow } from '../../topics';
import { isolated } from '../wording';
import { type Asked, addressOf } from './asked';
import { framed } from './frame';
import { type NamedTopic, named, namesIn } from './model';
import { AT_HOME } from './refusals';

/** Of the most covered topics those of which the companions are looked for, and how many of each. */
const TOPICS = 4;
const COMPANIONS = 4;

/** A form for two to five topics, and some that are often covered together. */
export async function homePage(context: RequestContext, asked: Asked): Promise<Markup> {
  const { wording, kept } = asked;
  const pairs = await oftenTogether(context, wording.tag);
  const fields = Array.from({ length: MOST_TOPICS }, (_, place) => place + 1);
  return framed({
    ...{ wording, kept, home: AT_HOME.home, here: AT_HOME.home, title: wording.text('relations') },
    main: html`<div class="head"><h1>${wording.say('choose')}</h1>
<p class="lede">${wording.say('chooseHint')}</p>
<form method="get"><div class="choice">${fields.map(
      (number) =>
        html`<div><label for="topic-${number}">${wording.say('topicNumber', { number: wording.number(number) })}</label>
<input id="topic-${number}" name="topic" dir="auto" maxlength="200"${number <= FEWEST_TOPICS && html` required`}></div>`,
    )}</div>
${kept.language !== undefined && html`<input type="hidden" name="language" value="${kept.language}">`}
<button>${wording.say('show')}</button></form></div>
${
  pairs.length > 0 &&
  html`<section aria-labelledby="often"><h2 id="often">${wording.say('oftenTogether')}</h2>
<ul class="list">${pairs.map(({ topics, articleCount }) => {
    const address =
      AT_HOME.relations +
      addressOf(
        topics.map(({ slug }) => slug),
        kept,
      );
    const names = wording.list(topics.map(({ name }) => isolated(name)));
    return html`<li><a href="${address}">${names}</a> <span class="quiet">${wording.number(articleCount)}</span></li>`;
  })}</ul></section>`
}`,
  });
}

interface Pair {
  readonly topics: readonly NamedTopic[];
  readonly articleCount: number;
}

/** What the most covered topics are most often covered with, each pair once; the most articles first. */
async function oftenTogether(context: RequestContext, language: string): Promise<Pair[]> {
  const first = toPage({ first: TOPICS }, TOPIC_ORDERS.MOST_COVERED);
  const { rows } = await context.topics.page({ kind: null, matching: null }, 'MOST_COVERED', first);
  const asked = { mode: 'COVERED_WITH', kind: null, window: null, first: COMPANIONS } as const;
  const found = await Promise.all(rows.map(({ id }) => context.relations.relatedTopics(id, asked)));
  const pairs = new Map<string, { keys: readonly number[]; articleCount: number }>();
  for (const [place, { id }] of rows.entries()) {
    for (const { topic, articleCount } of found[place] ?? []) {
      const name = [id, topic].sort((a, b) => a - b).join(' ');
      if (!pairs.has(name)) pairs.set(name, { keys: [id, topic], articleCount });
    }
  }
  const keys = [...new Set([...pairs.values()].flatMap((pair) => pair.keys))];
  const topics = new Map(
    (await Promise.all(keys.map((key) => context.topics.byId.load(key)))).flatMap((row) =>
      row ? [[row.id, row] as const] : [],
    ),
  );
  const names = await namesIn(context, [...topics.values()], language);
  return [...pairs.values()]
    .map(({ keys: pair, articleCount }) => {
      const known = pair.flatMap((key) => topics.get(key) ?? []);
      return { topics: known.map((row) => named(row, names)), articleCount };
    })
    .filter((pair) => pair.topics.length === 2)
    .sort((a, b) => b.articleCount - a.articleCount);
}

/** By its slug, else the most covered of those with a name that begins so. */
export async function topicCalled({ topics }: RequestContext, text: string): Promise<TopicRow | null> {
  const row = await topics.bySlug.load(decodeSlug(text));
  const matching = normalise(text);
  if (row !== null || matching === '') return row;
  const first = toPage({ first: 1 }, TOPIC_ORDERS.MOST_COVERED);
  const found = await topics.page({ kind: null, matching }, 'MOST_COVERED', first);
  return found.rows[0] ?? null;
}
