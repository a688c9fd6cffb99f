import { held, NOTHING, type Phase } from './phase';

/** Where everything that is new waits for a moderator. */
export const mode: Phase = {
  name: 'mode',
  run: ({ article, author }) =>
    article.commenting.mode === 'PREMODERATED' && !author.trusted ? held('premoderated') : NOTHING,
};
