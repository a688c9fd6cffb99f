import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../core/clock';
import { isPostgresUrl, migrate, openDatabase } from '../database';
import { CommandError } from '../failure';
import {
  DirectoryTarget,
  imageFetcher,
  type MirrorTarget,
  NewsroomTarget,
  Publisher,
  PublisherRefused,
  runMirror,
} from '../mirror';
import { progressBar } from './progress';
import { examples, print } from './settings';

interface MirrorOptions {
  readonly from: URL;
  readonly to: string;
  readonly key?: string;
  readonly keyFile?: string;
  readonly once?: true;
  readonly images: boolean;
}

export function add(program: Command): void {
  const command = program
    .command('mirror')
    .description("keep a copy of what a publisher's Dateline gives to you as a partner")
    .requiredOption('-f, --from <url>', "the publisher's Dateline, such as https://api.example.org", address)
    .requiredOption('-t, --to <target>', 'a database (copy.db, postgres://…) or a folder (copy/)')
    .option(
      '-k, --key <key>',
      'the API key that the publisher gave to you; others see it in the list of processes',
    )
    .option('--key-file <file>', 'a file with the key alone in it')
    .option('--once', 'end when the copy is even with the publisher, rather than keep it so')
    .option('--no-images', 'leave images where they are; of a folder only')
    .action(mirror);
  examples(
    command,
    `
Takes a snapshot first, then follows the publisher: what is withdrawn there is gone here within seconds, also where
you were away for weeks. Ctrl-C ends it; run it again, after a crash too, and it goes on where it was. While the
publisher is away it asks again and again.

A folder has articles/<number>.json with the article as the publisher's API gives it, its images in images/<number>/,
and mirror.json, which says how far the copy is. A database can be served: dateline serve --database copy.db

Examples:
  $ dateline mirror --from https://api.example.org --key-file agency.key --to copy.db
  $ dateline mirror --from https://api.example.org --key-file agency.key --to postgres://localhost/copy
  $ dateline mirror --from https://api.example.org --key-file agency.key --to copy/ --once`,
  );
}

async function mirror({ from, to, key, keyFile, once, images }: MirrorOptions): Promise<void> {
  const credential = await keyIn(key, keyFile);
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const { signal } = stopping;
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const target = await targetAt(to, {
    from: from.href,
    fetchImages: images
      ? imageFetcher({ base: from, signal, onMissing: (url, reason) => say(`No image ${url}: ${reason}`) })
      : null,
  });
  const bar = progressBar('Mirroring', 'articles');
  let hindrance = '';
  try {
    await runMirror({
      target,
      publisher: new Publisher({
        ...{ address: from, key: credential, signal },
        // Once, and not at every try as long as it lasts.
        onHindrance: (reason) => {
          if (reason !== hindrance) say(`${reason}. Trying again.`);
          hindrance = reason;
        },
      }),
      ...{ from: from.href, signal },
      mode: once ? 'UNTIL_EVEN' : 'UNTIL_STOPPED',
      onProgress: ({ done }) => {
        hindrance = '';
        bar.show(null, done);
      },
    });
    bar.end();
    print(`${await target.count()} articles in ${nameOf(to)}.`);
  } catch (error) {
    bar.end();
    if (error instanceof PublisherRefused) throw new CommandError(error.message);
    throw error;
  } finally {
    await target.close();
  }
}

async function keyIn(key: string | undefined, file: string | undefined): Promise<string> {
  if ((key === undefined) === (file === undefined))
    throw new CommandError('Give the key that the publisher gave to you: --key-file <file> or --key <key>.');
  return key ?? (await readFile(file ?? '', 'utf8')).trim();
}

interface TargetParts {
  readonly from: string;
  readonly fetchImages: ReturnType<typeof imageFetcher> | null;
}

async function targetAt(to: string, { from, fetchImages }: TargetParts): Promise<MirrorTarget> {
  if (!isPostgresUrl(to) && !/\.(db|sqlite3?)$/.test(to)) return new DirectoryTarget(to, fetchImages);
  const database = openDatabase(to);
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return new NewsroomTarget(database, systemClock, from);
}

/** As a person knows it: never with a password. */
function nameOf(to: string): string {
  if (!isPostgresUrl(to)) return to;
  const { protocol, host, pathname } = new URL(to);
  return `${protocol}//${host}${pathname}`;
}

function address(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  throw new InvalidArgumentError('Write an address such as https://api.example.org.');
}
