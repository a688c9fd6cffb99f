import { remark } from './prose';
import type { Random } from './random';
import type { Language } from './words';
import { cdata, mysqlDate } from './wxr-xml';

const MINUTE = 60_000;
const NAMES = 'Ahmad Beheshta Cyrus Dina Elyas Fatima Ghulam Homa Idris Jamila Kawa Lina Musa Nargis'.split(
  ' ',
);

/** The comments of a post in order of time, a third of them answers, and now and then a pingback beside them. */
export function wxrComments(
  random: Random,
  language: Language,
  publishedAt: number,
  count: number,
  nextId: () => number,
): string {
  const ids: number[] = [];
  let text = '';
  let at = publishedAt;
  for (let index = 0; index < count; index++) {
    at += random.between(1, 90) * MINUTE;
    const parent = ids.length > 0 && random.chance(0.35) ? random.pick(ids) : 0;
    const id = nextId();
    ids.push(id);
    const reader = random.between(1, 20_000);
    text += comment(id, parent, at, {
      author: `${random.pick(NAMES)} ${reader}`,
      email: random.chance(0.95) ? `reader${reader}@mail.example` : '',
      ip: `198.51.${reader % 256}.${random.between(1, 254)}`,
      content: remark(random, language),
      approved: approval(random),
      type: random.chance(0.5) ? 'comment' : '',
    });
  }
  if (random.chance(0.02)) {
    text += comment(nextId(), 0, at, {
      author: 'Another blog',
      email: '',
      ip: '203.0.113.7',
      content: '[&#8230;] quoted here [&#8230;]',
      approved: '1',
      type: 'pingback',
    });
  }
  return text;
}

interface Words {
  readonly author: string;
  readonly email: string;
  readonly ip: string;
  readonly content: string;
  readonly approved: string;
  readonly type: string;
}

function comment(
  id: number,
  parent: number,
  at: number,
  { author, email, ip, content, approved, type }: Words,
): string {
  return `\t\t<wp:comment>
\t\t\t<wp:comment_id>${id}</wp:comment_id>
\t\t\t<wp:comment_author>${cdata(author)}</wp:comment_author>
\t\t\t<wp:comment_author_email>${cdata(email)}</wp:comment_author_email>
\t\t\t<wp:comment_author_url></wp:comment_author_url>
\t\t\t<wp:comment_author_IP>${cdata(ip)}</wp:comment_author_IP>
\t\t\t<wp:comment_date>${cdata(mysqlDate(at + 4.5 * 60 * MINUTE))}</wp:comment_date>
\t\t\t<wp:comment_date_gmt>${cdata(mysqlDate(at))}</wp:comment_date_gmt>
\t\t\t<wp:comment_content>${cdata(content)}</wp:comment_content>
\t\t\t<wp:comment_approved>${cdata(approved)}</wp:comment_approved>
\t\t\t<wp:comment_type>${cdata(type)}</wp:comment_type>
\t\t\t<wp:comment_parent>${parent}</wp:comment_parent>
\t\t\t<wp:comment_user_id>0</wp:comment_user_id>
\t\t</wp:comment>
`;
}

function approval(random: Random): string {
  const point = random.next();
  if (point < 0.9) return '1';
  if (point < 0.95) return '0';
  return point < 0.98 ? 'spam' : 'trash';
}
