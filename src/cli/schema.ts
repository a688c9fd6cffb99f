import { readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { datelineSchema } from '../app';
import { DatelineError } from '../core/errors';
import { toSdl } from '../graphql/schema';

interface Options {
  readonly output?: string;
  readonly check?: string;
}

export function schemaCommand(): Command {
  return new Command('schema')
    .description('print the GraphQL schema')
    .option('-o, --output <file>', 'write it to a file instead')
    .option('-c, --check <file>', 'fail when the file is not the schema')
    .addHelpText('after', '\nExamples:\n  dateline schema\n  dateline schema --check schema/schema.graphql')
    .action(async ({ output, check }: Options) => {
      const sdl = toSdl(datelineSchema());
      if (check !== undefined) {
        if ((await readFile(check, 'utf8')) === sdl) return;
        throw new DatelineError(
          'CONFLICT',
          `${check} is not the schema. Write it anew with --output ${check}`,
        );
      }
      if (output !== undefined) await writeFile(output, sdl);
      else process.stdout.write(sdl);
    });
}
