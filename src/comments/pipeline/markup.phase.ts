import { plainToHtml } from '../plain-html';
import { held, type Phase } from './phase';

/** Makes the HTML: what is written is text, whatever it looks like. Many links are what spam is made of. */
export const markup: Phase = {
  name: 'markup',
  run: ({ text, author }, { settings: { maxLinks } }) => {
    const { html, links } = plainToHtml(text);
    const tooMany = links > maxLinks && !author.trusted;
    return { made: { html, links }, ...(tooMany ? held(`${links} links`) : {}) };
  },
};
