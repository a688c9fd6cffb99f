import type { ImportArticle, ImportSkipped } from '../wordpress/records';
import type { Authors } from './authors';
import { galleriesIn } from './galleries';
import { mapPost, type RestKnowledge, termIdsOf } from './map-post';
import { LANGUAGE_FIELDS } from './post-languages';
import { HEAD_FIELD } from './primary-category';
import type { Collection, RestSite } from './rest-site';
import { type Comment, comment, type Post, post } from './shapes';
import { faultIn } from './site-fault';
import type { SiteReader } from './site-reader';

const POST_FIELDS = [
  ...['id', 'date', 'date_gmt', 'modified', 'modified_gmt', 'slug', 'status', 'type', 'link', 'password'],
  ...['title', 'content', 'excerpt', 'author', 'featured_media', 'parent', 'comment_status', 'sticky'],
  ...[`${HEAD_FIELD}.schema`, ...LANGUAGE_FIELDS],
];
const COMMENT_FIELDS = 'id,post,parent,author_name,author_email,author_ip,date,date_gmt,content,status,type';

export interface PostQuestions {
  readonly site: RestSite;
  readonly knowledge: RestKnowledge;
  readonly authors: Authors;
  /** The greatest ids when terms and pictures were read. */
  readonly lastTerm: number;
  readonly lastMedia: number;
  readonly commentsReadable: boolean;
  readonly onLost: (message: string) => void;
}

/** A post that readers need a password for; its text is not told. */
export interface ProtectedPost {
  readonly kind: 'protected';
  readonly externalId: string;
}

export type ReadPost = ImportArticle | ImportSkipped | ProtectedPost;

/** Reads posts with their comments, by their ids. */
export class Posts {
  constructor(
    private readonly reader: SiteReader,
    private readonly questions: PostQuestions,
  ) {}

  /** Those of the posts that are still there, by rising id. @throws SiteFault */
  async read(type: Collection, ids: readonly number[]): Promise<ReadPost[]> {
    const { site, authors } = this.questions;
    const fields = [...POST_FIELDS, ...site.taxonomies.map(({ field }) => field)].join(',');
    const posts = await this.reader.some(type.route, ids, { ...site.posts, _fields: fields }, post);
    posts.sort((a, b) => a.id - b.id);
    const open = posts.filter((each) => !isProtected(each));
    const comments = await this.commentsOf(open.map(({ id }) => id));
    await authors.recall(posts.map(({ author }) => author));
    const galleries = await galleriesIn(this.reader, open, site.media);
    const knowledge = {
      ...this.questions.knowledge,
      context: { ...this.questions.knowledge.context, galleries },
    };
    return posts.flatMap((each): ReadPost[] => {
      if (isProtected(each)) return [{ kind: 'protected', externalId: String(each.id) }];
      if (this.isLate(each)) {
        this.questions.onLost(
          `Post ${each.id} refers to what came up while the site was read. Run the import again.`,
        );
        return [];
      }
      return [mapPost(named(each, type), comments.get(each.id) ?? [], knowledge)];
    });
  }

  private async commentsOf(ids: readonly number[]): Promise<Map<number, Comment[]>> {
    const { commentsReadable, site, onLost } = this.questions;
    const byPost = new Map<number, Comment[]>();
    if (!commentsReadable || ids.length === 0) return byPost;
    try {
      const parameters = { ...site.comments, post: ids, _fields: COMMENT_FIELDS };
      for await (const { items } of this.reader.walk('wp/v2/comments', parameters, comment)) {
        for (const each of items) byPost.set(each.post, [...(byPost.get(each.post) ?? []), each]);
      }
      return byPost;
    } catch (error) {
      const fault = faultIn(error);
      if (!fault.closed) throw fault;
      // One post whose comments are closed to whoever asks closes those of all that are asked for with it.
      if (ids.length > 1) {
        const half = Math.ceil(ids.length / 2);
        const parts = [await this.commentsOf(ids.slice(0, half)), await this.commentsOf(ids.slice(half))];
        return new Map(parts.flatMap((part) => [...part]));
      }
      onLost(`The comments of post ${ids[0]} cannot be read. ${fault.message}`);
      return byPost;
    }
  }

  /**
   * Whether a post refers to a term or picture that came up after those were read: ids rise. It is left for the next
   * run, for it would be stored as if it had none.
   */
  private isLate(each: Post): boolean {
    const { site, knowledge, lastTerm, lastMedia } = this.questions;
    const fields = site.taxonomies.map(({ field }) => field);
    const terms = termIdsOf(each, fields);
    return each.featured_media > lastMedia || terms.some((id) => id > lastTerm && !knowledge.terms.has(id));
  }
}

function isProtected({ content }: Post): boolean {
  return content.protected && content.raw === null;
}

/** Some sites leave the type out; it is that of the list. */
function named(each: Post, type: Collection): Post {
  return each.type === '' ? { ...each, type: type.name } : each;
}
