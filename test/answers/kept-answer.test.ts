import { KeptAnswer } from '../../src/answers';
import * as compression from '../../src/core/compression';

jest.mock('../../src/core/compression', () => {
  const actual = jest.requireActual('../../src/core/compression');
  return { ...actual, compress: jest.fn(actual.compress) };
});
const compress = jest.mocked(compression.compress);

const kept = (characters: number) =>
  new KeptAnswer({
    ...{ key: '', text: 'x'.repeat(characters), contentType: 'application/json', operationName: null },
    ...{ tags: [], madeAt: 0, validUntil: Infinity },
  });

test.each([2_000, 100_000])('a form is made once, of %i bytes', async (bytes) => {
  const answer = kept(bytes);
  compress.mockClear();
  const forms = await Promise.all([answer.in('br'), answer.in('br')]);
  expect(forms[0]).toBe(forms[1]);
  expect(answer.in('br')).toBe(forms[0]);
  expect(compress).toHaveBeenCalledTimes(1);
});

test('a form that could not be made is made when it is asked for again', async () => {
  const answer = kept(100_000);
  compress.mockRejectedValueOnce(new Error('no memory is left'));
  await expect(answer.in('gzip')).rejects.toThrow('no memory is left');
  expect((await answer.in('gzip')).length).toBeLessThan(1_000);
});
