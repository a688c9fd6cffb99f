import { held, NOTHING, type Phase, spam } from './phase';

/** What somebody outside says. Who does not answer, or not sensibly, keeps nobody from writing: a moderator looks. */
export const outside: Phase = {
  name: 'outside',
  run: async ({ article, author, isReply, now, text }, { checker }) => {
    if (author.trusted) return NOTHING;
    const { name, email, address, userAgent } = author;
    const { path, language } = article;
    const found = await checker.check({
      text,
      isReply,
      name,
      email,
      address,
      userAgent,
      path,
      language,
      at: now,
    });
    if (found === 'SPAM') return spam('checker');
    return found === 'UNSURE' ? held('checker: no answer') : NOTHING;
  },
};
