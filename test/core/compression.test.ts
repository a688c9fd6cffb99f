import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { compress } from '../../src/core/compression';

test.each([
  ['br', brotliDecompressSync],
  ['gzip', gunzipSync],
] as const)(
  'what is small is compressed at once, what is large off the event loop: %s',
  async (coding, unpack) => {
    for (const length of [0, 8_192, 8_193, 1_000_000]) {
      const bytes = Buffer.from('news '.repeat(length / 5 + 1).slice(0, length));
      const form = compress(bytes, coding);
      expect(form instanceof Promise).toBe(length > 8_192);
      expect(unpack(await form).equals(bytes)).toBe(true);
    }
  },
);
