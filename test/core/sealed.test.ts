import fc from 'fast-check';
import { SecretBox } from '../../src/core/sealed';

const box = new SecretBox('a secret of at least 32 characters');
const other = new SecretBox('another secret, of 32 characters too');

describe('SecretBox', () => {
  test('opens what it has sealed, and seals nothing the same way twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        const sealed = box.seal(value);
        expect(box.open(sealed)).toBe(value);
        expect(box.seal(value)).not.toBe(sealed);
        if (value.length > 2) expect(Buffer.from(sealed, 'base64url').includes(value)).toBe(false);
      }),
    );
  });

  test('opens what was sealed under the same secret before, and nothing from another', () => {
    const sealed = box.seal('amina@news.example');
    expect(new SecretBox('a secret of at least 32 characters').open(sealed)).toBe('amina@news.example');
    expect(other.open(sealed)).toBeNull();
  });

  test('opens nothing in which a single bit was changed', () => {
    const sealed = Buffer.from(box.seal('amina@news.example'), 'base64url');
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const forged = Buffer.from(sealed);
      forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(box.open(forged.toString('base64url'))).toBeNull();
    }
  });

  test('is not upset by what was never sealed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
        expect(box.open(text)).toBeNull();
      }),
    );
  });

  test('finds an address again by its hash, however it was typed, and tells different ones apart', () => {
    const hash = box.hash('amina@news.example');
    expect(box.hash('  Amina@News.Example ')).toBe(hash);
    expect(box.hash('amina@news.example.org')).not.toBe(hash);
    expect(other.hash('amina@news.example')).not.toBe(hash);
  });

  test('proves to the letter what was written by who has the secret', () => {
    const proof = box.proofOf('roles: ADMIN');
    expect(new SecretBox('a secret of at least 32 characters').proofOf('roles: ADMIN')).toBe(proof);
    for (const another of ['roles: Admin', 'roles: ADMIN ', '']) expect(box.proofOf(another)).not.toBe(proof);
    expect(other.proofOf('roles: ADMIN')).not.toBe(proof);
    expect(box.hash('roles: ADMIN')).not.toBe(proof);
  });

  test('does not hash with the key that it seals with', () => {
    expect(box.seal('a')).not.toContain(box.hash('a'));
    expect(box.open(box.hash('amina@news.example'))).toBeNull();
  });
});
