import { type Child, html, type Markup } from '../../core/markup';
import { directionOf } from '../../core/text';
import { MOST_TOPICS } from '../../relations';
import { isolated, type Wording } from '../wording';
import { type Asked, addressOf, PICTURE } from './asked';
import { CHART_HEIGHT, chart } from './chart';
import { type Alternate, framed } from './frame';
import { MOST_COLUMNS, type RelationModel, type ShownArticle, type ShownConnector } from './model';
import { numbers } from './numbers';
import { chartWords, conclusions, lede, topicsAsText, topicsInWords } from './summary';
import { timeChooser } from './time-chooser';

/** How topics are covered together, for somebody who has a minute: the sentence first, the proofs after it. */
export function relationPage(model: RelationModel, asked: Asked): Markup {
  const { wording, kept } = asked;
  const slugs = model.topics.map(({ slug }) => slug);
  return framed({
    wording,
    kept,
    title: `${topicsAsText(model, wording)} · ${wording.text('relations')}`,
    here: addressOf(slugs, {}),
    home: '../relations',
    alternates: model.hasFeeds ? feedsOf(slugs, topicsAsText(model, wording)) : [],
    main: html`<div class="head">
<p class="kicker">${wording.say('howCovered')}</p>
<h1>${topicsInWords(model, wording)}</h1>
<p class="lede">${lede(model, wording)}</p>
${conclusions(model, wording)}
</div>
${timeChooser(model, asked)}
${model.span !== null && overTime(model, asked)}
<section aria-labelledby="numbers">${numbers(model, wording)}</section>
<div class="pair">
<section aria-labelledby="connectors">${connectors(model, asked)}</section>
<section aria-labelledby="articles">${articles(model, wording)}</section>
</div>
<footer><p class="quiet">${wording.say('whatCounts')}</p></footer>`,
  });
}

/** The articles of the relation for programs that read feeds. */
function feedsOf(slugs: readonly string[], topics: string): Alternate[] {
  const address = `../feeds/relation/${addressOf(slugs, {})}`;
  return [
    { href: `${address}.atom`, type: 'application/atom+xml', title: `${topics} (Atom)` },
    { href: `${address}.rss`, type: 'application/rss+xml', title: `${topics} (RSS)` },
    { href: `${address}.json`, type: 'application/feed+json', title: `${topics} (JSON Feed)` },
  ];
}

function overTime(model: RelationModel, { wording, kept }: Asked): Markup {
  const words = chartWords(model, wording);
  const picture = addressOf(
    model.topics.map(({ slug }) => slug),
    kept,
    PICTURE,
  );
  return html`<section aria-labelledby="over-time">
<h2 id="over-time">${wording.say('overTime')}</h2>
<figure>
<svg class="chart" height="${CHART_HEIGHT}" role="img" aria-labelledby="chart-title chart-description">
<title id="chart-title">${words.title}</title><desc id="chart-description">${words.summary}</desc>
${chart(model, wording)}
</svg>
<figcaption><ul>
<li>${key(html`<rect class="bar" width="14" height="14"/>`)}${wording.say('legendBar')}</li>
<li>${key(html`<line class="mark" x1="0" x2="14" y1="7" y2="7"/>`)}${wording.say('legendBaseline')}</li>
<li>${key(html`<rect class="band" width="14" height="14"/>`)}${wording.say('legendBurst')}</li>
<li><a href="${picture}">${wording.say('asPicture')}</a></li>
</ul></figcaption>
</figure>
${model.isCoarser && html`<p class="quiet">${wording.say('coarser', { most: wording.number(MOST_COLUMNS) })}</p>`}
${columnsTable(model, wording)}
${bursts(model, wording)}
</section>`;
}

function key(shape: Markup): Markup {
  return html`<svg class="key" viewBox="0 0 14 14" aria-hidden="true">${shape}</svg>`;
}

function columnsTable({ columns }: RelationModel, wording: Wording): Markup {
  const measure = (value: number | null) => (value === null ? '–' : wording.measure(value));
  return html`<details><summary>${wording.say('asTable')}</summary>
<div class="scroll" tabindex="0" role="region" aria-label="${wording.text('asTable')}"><table>
<thead><tr><th scope="col">${wording.say('period')}</th>${(
    ['together', 'allArticles', 'share', 'expected', 'deviation'] as const
  ).map((name) => html`<th scope="col" class="figure">${wording.say(name)}</th>`)}</tr></thead>
<tbody>${columns.map(
    (column) => html`<tr><th scope="row">${wording.days(column)}</th>
<td class="figure">${wording.number(column.count)}</td><td class="figure">${wording.number(column.total)}</td>
<td class="figure">${wording.percent(column.share)}</td><td class="figure">${measure(column.baseline)}</td>
<td class="figure">${measure(column.z)}</td></tr>`,
  )}</tbody></table></div></details>`;
}

function bursts({ bursts }: RelationModel, wording: Wording): Markup {
  return html`<h3>${wording.say('bursts')}</h3>
<p class="quiet">${wording.say(bursts.length === 0 ? 'noBursts' : 'burstsAre')}</p>
<ol class="list bursts">${bursts.map(
    (burst, place) => html`<li><span class="number-key">${wording.number(place + 1)}</span>
<strong>${wording.days(burst)}</strong>
<span class="quiet">${wording.say('weight', { weight: wording.measure(burst.weight) })}</span>
${burst.peak && html`<p${inLanguage(burst.peak)}>${headline(burst.peak)}</p>`}</li>`,
  )}</ol>`;
}

function connectors({ connectors, topics }: RelationModel, { wording, kept }: Asked): Markup {
  const slugs = topics.map(({ slug }) => slug);
  const heading = html`<h2 id="connectors">${wording.say('connectors')}</h2>`;
  if (connectors.length === 0) return html`${heading}<p>${wording.say('noConnectors')}</p>`;
  const name = ({ topic }: ShownConnector): Child => {
    const shown = isolated(topic.name);
    // Six would be too many.
    if (slugs.length >= MOST_TOPICS) return shown;
    const says = wording.text('addTopic', { topic: topic.name });
    return html`<a href="${addressOf([...slugs, topic.slug], kept)}" title="${says}">${shown}</a>`;
  };
  const pairs = ({ topic }: ShownConnector) =>
    wording.list(
      topics.map(
        (asked) => html`<a href="${addressOf([asked.slug, topic.slug], kept)}">${isolated(asked.name)}</a>`,
      ),
    );
  return html`${heading}<p class="quiet">${wording.say('connectorsAre')}</p>
<div class="scroll"><table>
<thead><tr><th scope="col">${wording.say('topic')}</th><th scope="col" class="figure">${wording.say('articles')}</th>
<th scope="col" class="figure">${wording.say('tie')}</th></tr></thead>
<tbody>${connectors.map(
    (connector) => html`<tr><th scope="row">${name(connector)}
${connector.newInWindow && html`<span class="tag">${wording.say('newHere')}</span>`}
<div class="quiet">${wording.say('alsoWith')} ${pairs(connector)}</div></th>
<td class="figure">${wording.number(connector.articleCount)}</td>
<td class="figure">${connector.logLikelihood === null ? html`<span class="quiet">${wording.say('tooFewToTell')}</span>` : wording.measure(connector.logLikelihood)}</td></tr>`,
  )}</tbody></table></div>`;
}

function articles({ articles, association }: RelationModel, wording: Wording): Markup {
  const counts = {
    shown: wording.number(articles.length),
    count: wording.number(association.together),
  };
  return html`<h2 id="articles">${wording.say('toRead')}</h2>
<p class="quiet">${articles.length === 0 ? wording.say('noArticles') : wording.say('newestOf', counts)}</p>
<ol class="list articles">${articles.map(
    (article) => html`<li><h3${inLanguage(article)}>${headline(article)}</h3>
<p class="quiet">${article.publishedAt !== null && html`<time datetime="${new Date(article.publishedAt).toISOString()}">${wording.date(article.publishedAt)}</time>`}</p>
${article.standfirst !== null && html`<p${inLanguage(article)}>${isolated(shortened(article.standfirst))}</p>`}</li>`,
  )}</ol>`;
}

/** Linked where it is known where the article stands on the web. */
function headline({ title, address }: ShownArticle): Markup {
  const shown = isolated(title);
  return address === null ? shown : html`<a href="${address}">${shown}</a>`;
}

function inLanguage({ language }: ShownArticle): Markup {
  return html` lang="${language}" dir="${directionOf(language) === 'RTL' ? 'rtl' : 'ltr'}"`;
}

/** Characters of a standfirst. */
const LONGEST_STANDFIRST = 220;

function shortened(text: string): string {
  const characters = Array.from(text);
  if (characters.length <= LONGEST_STANDFIRST) return text;
  return `${characters
    .slice(0, LONGEST_STANDFIRST)
    .join('')
    .replace(/\s+\S*$/, '')}…`;
}
