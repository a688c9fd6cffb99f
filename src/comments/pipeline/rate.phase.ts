import { rateNameOf } from '../commenter';
import { checkRates } from '../rates';
import { NOTHING, type Phase } from './phase';

/** Whether this would be one too many; it is counted when the comment is stored. */
export const rate: Phase = {
  name: 'rate',
  run: async ({ author, now }, { reader, settings }) => {
    if (!author.trusted) await checkRates(reader, rateNameOf(author), settings.rates, now);
    return NOTHING;
  },
};
