import { Refusal } from '../../core/refusal';
import { NOTHING, type Phase } from './phase';

/** The article is published, and takes comments. */
export const open: Phase = {
  name: 'open',
  run: ({ article }) => {
    if (!article.isPublic) throw new Refusal('NOT_FOUND', 'There is no such article.', 'articleId');
    if (article.commenting.open) return NOTHING;
    throw new Refusal('COMMENTS_CLOSED', 'The discussion is closed.', 'articleId');
  },
};
