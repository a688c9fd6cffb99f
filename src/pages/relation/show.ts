import type { RequestContext } from '../../context';
import { datelineErrorIn } from '../../core/errors';
import type { Markup } from '../../core/markup';
import { decodeSlug } from '../../core/text';
import type { PageAnswer, PageRequest, Redirection, ShownPage } from '../../core/web-page';
import { FEWEST_TOPICS, MOST_TOPICS } from '../../relations';
import type { TopicRow } from '../../topics';
import { type Asked, addressOf, PICTURE, readAddress, type Wrong } from './asked';
import { homePage, topicCalled } from './home';
import { type RelationModel, readRelation } from './model';
import { relationPicture } from './picture';
import { AT_HOME, BELOW, unknownPage, wrongNumberPage, wrongPage } from './refusals';
import { PAGE_POLICY, PICTURE_POLICY } from './style';
import { relationPage } from './view';

/**
 * The pages at `/relations`: a form at the place itself, and below it, at `afghanistan+pakistan`, how these topics are
 * covered together, or with `.svg` behind it the timeline as a picture. What is refused is a page that says why.
 */
export async function showRelations(context: RequestContext, request: PageRequest): Promise<PageAnswer> {
  const { asked, wrong } = readAddress(request);
  const isHome = request.path === null || request.path === '';
  const place = isHome && request.path === null ? AT_HOME : BELOW;
  if (wrong) return page(400, wrongPage(wrong, asked, place), asked);
  if (!isHome) return relationAt(context, asked);
  const names = request.query.getAll('topic').flatMap((name) => name.trim() || []);
  if (request.path === null) {
    return names.length === 0
      ? page(200, await homePage(context, asked), asked)
      : found(context, asked, names);
  }
  return { status: 301, location: '../relations' };
}

/** Leads from what a form has sent to the page that it means. */
async function found(context: RequestContext, asked: Asked, names: readonly string[]): Promise<PageAnswer> {
  const few = names.slice(0, MOST_TOPICS + 1);
  const topics = await Promise.all(few.map((name) => topicCalled(context, name)));
  const missing = few[topics.indexOf(null)];
  if (missing !== undefined) {
    return page(404, await unknownPage(context, missing, { ...asked, slugs: few }, AT_HOME), asked);
  }
  const slugs = topics.flatMap((topic) => topic?.slug ?? []);
  return { status: 303, location: AT_HOME.relations + addressOf(slugs, asked.kept) };
}

async function relationAt(context: RequestContext, asked: Asked): Promise<PageAnswer> {
  // Of more than there may be it is enough to know that they are more.
  const slugs = asked.slugs.slice(0, MOST_TOPICS + 1).map(decodeSlug);
  const topics = await Promise.all(slugs.map((slug) => context.topics.bySlug.load(slug)));
  if (slugs.length > MOST_TOPICS) return page(400, await wrongNumberPage(context, asked, topics), asked);
  const missing = slugs[topics.indexOf(null)];
  if (missing !== undefined) {
    return page(404, await unknownPage(context, missing, { ...asked, slugs }, BELOW), asked);
  }
  if (slugs.length < FEWEST_TOPICS) return page(400, await wrongNumberPage(context, asked, topics), asked);
  const rows = topics.flatMap((row) => row ?? []);
  const twice = rows.find(({ id }, at) => rows.findIndex((row) => row.id === id) !== at);
  if (twice) {
    const wrong: Wrong = { message: 'repeated', values: { topic: twice.slug } };
    return page(400, wrongPage(wrong, asked, BELOW), asked);
  }
  return movedFrom(slugs, rows, asked) ?? shown(context, rows, asked);
}

/** Where a topic has another slug now. */
function movedFrom(
  slugs: readonly string[],
  rows: readonly TopicRow[],
  { kept, isPicture }: Asked,
): Redirection | null {
  if (rows.every(({ slug }, place) => slug === slugs[place])) return null;
  const now = rows.map(({ slug }) => slug);
  return { status: 301, location: addressOf(now, kept, isPicture ? PICTURE : '') };
}

async function shown(context: RequestContext, rows: readonly TopicRow[], asked: Asked): Promise<PageAnswer> {
  let model: RelationModel;
  try {
    model = await readRelation(context, rows, asked);
  } catch (error) {
    // All else about the times has been looked at.
    if (datelineErrorIn(error)?.code !== 'BAD_USER_INPUT') throw error;
    return page(400, wrongPage({ message: 'tooLong', values: {} }, asked, BELOW), asked);
  }
  if (!asked.isPicture) return page(200, relationPage(model, asked), asked);
  return {
    ...{ status: 200, type: 'image/svg+xml', text: String(relationPicture(model, asked.wording)) },
    ...{ policy: PICTURE_POLICY, language: asked.wording.tag },
  };
}

function page(status: ShownPage['status'], markup: Markup, { wording }: Asked): ShownPage {
  return { status, type: 'text/html', text: String(markup), policy: PAGE_POLICY, language: wording.tag };
}
