import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertValidSchema, isObjectType } from 'graphql';
import { toSdl } from '../../src/graphql/schema';
import { schema } from '../support/api';
import { tempDirectory } from '../support/temp-directory';

const ROOT = join(__dirname, '..', '..');
const SDL = readFileSync(join(ROOT, 'schema', 'schema.graphql'), 'utf8');

describe('the schema', () => {
  test('is the one that is checked in', () => {
    expect(toSdl(schema)).toBe(SDL);
  });

  test('is valid, and every list that can grow is a connection', () => {
    assertValidSchema(schema);
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type)) continue;
      for (const { name, args, type: result } of Object.values(type.getFields())) {
        if (!args.some((argument) => argument.name === 'after')) continue;
        // What partners follow has no end to be asked for from.
        if (name === 'changes' || name === 'snapshot') continue;
        // Null is a list that does not exist for the viewer.
        expect(`${type.name}.${name}: ${result}`).toMatch(/Connection!?$/);
        // A search goes one way: what it is ranked by is pinned when it begins.
        const asked = name === 'search' ? ['first', 'after'] : ['first', 'after', 'last', 'before'];
        expect(args.map((argument) => argument.name)).toEqual(expect.arrayContaining(asked));
      }
    }
  });
});

describe('check-schema', () => {
  /** A repository of its own, with one commit of the schema and the working tree that `edit` makes. */
  const repository = (edit: (sdl: string) => string, accepted?: string) => {
    const folder = tempDirectory();
    mkdirSync(join(folder, 'schema'));
    mkdirSync(join(folder, '.ci'));
    cpSync(join(ROOT, '.ci', 'check-schema'), join(folder, '.ci', 'check-schema'));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const file = join(folder, 'schema', 'schema.graphql');
    writeFileSync(file, SDL);
    const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...args], { stdio: 'pipe' });
    git('init', '--quiet', '--initial-branch=main');
    git('add', 'schema');
    git('-c', 'user.name=a', '-c', 'user.email=a@b.example', 'commit', '--quiet', '-m', 'The schema');
    writeFileSync(file, edit(SDL));
    if (accepted !== undefined) writeFileSync(join(folder, 'schema', 'accepted-changes.txt'), accepted);
    return folder;
  };

  const check = (folder: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(join(folder, '.ci', 'check-schema'), args, {
      encoding: 'utf8',
    });
    return { status, said: stdout + stderr };
  };

  const withoutByline = (sdl: string) => sdl.replace('  byline: String\n', '');

  test('lets pass what breaks nothing', () => {
    expect(check(repository((sdl) => sdl)).status).toBe(0);
    const wider = check(
      repository((sdl) => sdl.replace('  byline: String\n', '  byline: String\n  subtitle: String\n')),
    );
    expect(wider).toMatchObject({ status: 0 });
    expect(wider.said).toContain('Article.subtitle');
  });

  test('fails on what breaks a client, and names it', () => {
    const broken = check(repository(withoutByline));
    expect(broken.status).toBe(1);
    expect(broken.said).toContain('Article.byline');
  });

  test('lets pass what somebody has accepted, and nothing beside it', () => {
    const accepted = '# Nobody asked for it.\nArticle.byline\n';
    expect(check(repository(withoutByline, accepted)).status).toBe(0);
    const more = repository((sdl) => withoutByline(sdl).replace('  standfirst: String\n', ''), accepted);
    expect(check(more).status).toBe(1);
    expect(check(more).said).toContain('Article.standfirst');
  });

  test('compares with the reference that it is given, and has nothing to say where that has no schema', () => {
    const folder = repository(withoutByline);
    expect(check(folder, 'HEAD').status).toBe(1);
    execFileSync('git', ['-C', folder, 'rm', '--quiet', '-f', 'schema/schema.graphql'], { stdio: 'pipe' });
    const commit = ['-c', 'user.name=a', '-c', 'user.email=a@b.example', 'commit', '--quiet', '-m', 'None'];
    execFileSync('git', ['-C', folder, ...commit], { stdio: 'pipe' });
    mkdirSync(join(folder, 'schema'), { recursive: true });
    writeFileSync(join(folder, 'schema', 'schema.graphql'), SDL);
    expect(check(folder, 'HEAD')).toMatchObject({ status: 0 });
    expect(check(folder, 'no-such-branch').status).toBe(2);
  });
});
