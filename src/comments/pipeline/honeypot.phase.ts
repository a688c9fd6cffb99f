import { NOTHING, type Phase, spam } from './phase';

/** A field that people do not see, and programs fill in. */
export const honeypot: Phase = {
  name: 'honeypot',
  run: ({ website }) => (website === null || website.trim() === '' ? NOTHING : spam('honeypot')),
};
