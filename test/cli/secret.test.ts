import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { ConfigError } from '../../src/config';
import { obtainSecret, secretFile } from '../../src/secret';
import { workFolder } from './run-cli';

const folder = workFolder();
const databaseUrl = () => folder.file('data/x.db');
const obtain = () => obtainSecret({ secret: null, databaseUrl: databaseUrl() });

test('the secret of the settings is the secret', async () => {
  expect(await obtainSecret({ secret: 'set', databaseUrl: databaseUrl() })).toBe('set');
  expect(readdirSync(folder.path)).toEqual([]);
});

test('of many that look for it at once one makes it, and all have the same', async () => {
  const secrets = new Set(await Promise.all(Array.from({ length: 20 }, obtain)));
  expect(secrets.size).toBe(1);
  expect([...secrets][0]).toMatch(/^[\w-]{64}$/);
  expect(readdirSync(folder.file('data'))).toEqual(['x.db.secret']);
});

test('a copy that everybody may read is taken from them', async () => {
  await obtain();
  chmodSync(secretFile(databaseUrl()), 0o644);
  await obtain();
  expect(statSync(secretFile(databaseUrl())).mode & 0o777).toBe(0o600);
});

test('a file that holds no secret is never replaced by a new one', async () => {
  await obtain();
  writeFileSync(secretFile(databaseUrl()), 'too short');
  await expect(obtain()).rejects.toBeInstanceOf(ConfigError);
  expect(readFileSync(secretFile(databaseUrl()), 'utf8')).toBe('too short');
});

test('a file that another process is still writing is waited for', async () => {
  await obtain();
  const whole = readFileSync(secretFile(databaseUrl()), 'utf8');
  writeFileSync(secretFile(databaseUrl()), '');
  setTimeout(() => writeFileSync(secretFile(databaseUrl()), whole), 200);
  expect(await obtain()).toBe(whole.trim());
});

test('on PostgreSQL, which several machines share, it has to be set', async () => {
  const obtaining = obtainSecret({ secret: null, databaseUrl: 'postgres://h/d' });
  await expect(obtaining).rejects.toThrow(/DATELINE_SECRET is not set/);
});
