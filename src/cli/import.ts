import { open } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { CommandError } from '../failure';
import { FORMAT_BYTES, type ImportFormat, importFormat, isWebAddress } from '../importers';
import { bringNewsroom, type NewsroomOptions } from './import-newsroom';
import { bringWordPress, type WordPressOptions } from './import-wordpress';
import { type DatabaseOptions, databaseOption, examples, settingsOf } from './settings';

interface ImportOptions extends DatabaseOptions, WordPressOptions, NewsroomOptions {
  readonly format?: ImportFormat;
}

export function add(program: Command): void {
  const formats = new Option('-f, --format <format>', 'what is in the file, where it cannot be seen');
  const command = program
    .command('import')
    .description('bring in a WordPress export or site, or what "dateline export" wrote')
    .argument('<file>', 'the file, also compressed by gzip; "-" reads standard input; or a site\'s address')
    .addOption(formats.choices(['wordpress', 'json-lines']))
    .addOption(databaseOption())
    .addOption(
      new Option('--post-types <names>', 'types of posts to bring beside posts and pages').argParser(namesOf),
    )
    .addOption(
      new Option('--theirs', 'overwrite what was edited here and has changed there').conflicts('ours'),
    )
    .addOption(new Option('--ours', 'keep what was edited here, and do not report it'))
    .addOption(new Option('--changes-only', 'of a site: ask what has changed, and not what is gone'))
    .option('--without-private', 'leave behind what an export of Dateline may have of addresses and API keys')
    .option('--dry-run', 'tell what a run would do, and write nothing; takes room for a copy of the database')
    .option('--report <file>', 'write the report into a file as JSON, too')
    .action(bring);
  examples(
    command,
    `
A WordPress export is what Tools > Export > All content gives (WXR 1.0 to 1.2). It can be imported into a database
that is in use, broken off, and imported again: what has not changed since is left alone. The run ends with a table
of what was read and what became of it, and fails if anything was lost. What was edited here since it was imported
and has changed there too is left as it is and reported, unless --theirs or --ours decides.

--dry-run tries it out on a copy of the database, so its report is that of the run itself. --report writes all of a
report as JSON: counts by kind, why things were skipped, and notes with their lines. While it runs, standard error
shows how much is done, how fast it goes and how long it will still take.

A site that is named by its address is read through its REST API, as its readers see it; with
WORDPRESS_CREDENTIALS (name:application password, in the environment) as its editors do, drafts and held comments
included. A later run asks for what has changed since, and withdraws what is gone over there. It is the same site to
Dateline whether it came from a file or by its address.

An export of Dateline (JSON Lines) keeps its ids and so needs an empty database. It arrives whole or not at all.
What is private in it (see "dateline export --with-private") is of use only under the secret that it was sealed
under: set DATELINE_SECRET to that, or leave it behind by --without-private.

Which of the two a file is, is seen from its first bytes. Standard input is taken for WordPress's.

Examples:
  $ dateline import export.xml
  $ dateline import export.xml --dry-run --report report.json
  $ dateline import export.xml.gz --database postgres://localhost/newsroom
  $ dateline import export.xml --post-types event,podcast --ours
  $ dateline import https://news.example.org/wp-json
  $ curl -s https://blog.example.org/export.xml | dateline import -
  $ dateline import newsroom.jsonl --database ./data/copy.db`,
  );
}

async function bring(file: string, options: ImportOptions): Promise<void> {
  const config = settingsOf({ DATABASE_URL: options.database });
  const found = options.format ?? (isWebAddress(file) ? 'wordpress' : await formatOf(file));
  if (found === 'unknown') {
    throw new CommandError('This is neither a WordPress export nor one of Dateline. Say --format if it is.');
  }
  await (found === 'wordpress' ? bringWordPress : bringNewsroom)(file, config, options);
}

/** "event, podcast" */
function namesOf(list: string): string[] {
  return list.split(',').flatMap((name) => name.trim() || []);
}

async function formatOf(file: string): Promise<ImportFormat> {
  if (file === '-') return 'wordpress';
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(FORMAT_BYTES), 0, FORMAT_BYTES, 0);
    return importFormat(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}
