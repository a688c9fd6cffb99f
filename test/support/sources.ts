import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseSync } from '@swc/core';

const ROOT = join(__dirname, '..', '..');

export interface Import {
  /** The file that imports, relative to the project: "src/articles/article.ts". */
  readonly from: string;
  /** The file that is imported, likewise, or the name of a package as it is written. */
  readonly to: string;
  /** Gone after compilation. */
  readonly typeOnly: boolean;
}

export interface Source {
  readonly file: string;
  readonly imports: readonly Import[];
  /** Casts other than `as const`. */
  readonly casts: number;
  /** Uses of the type `any`. */
  readonly anys: number;
  /** `new Date()` without saying when. */
  readonly nows: number;
  /** Reads of a member of a global, e.g. "process.env". */
  readonly members: ReadonlySet<string>;
}

/** Every TypeScript file under a folder of the project, taken apart. */
export function sourcesIn(folder: string): Source[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => sourceOf(join(folder, file)))
    .sort((a, b) => a.file.localeCompare(b.file));
}

/** The same for a text that is said to be the file: to try a rule on what breaks it. */
export function sourceOf(file: string, text = readFileSync(join(ROOT, file), 'utf8')): Source {
  const found = { imports: [] as Import[], casts: 0, anys: 0, nows: 0, members: new Set<string>() };
  const note = (to: unknown, typeOnly: boolean) => {
    if (typeof to === 'string') found.imports.push({ from: file, to: resolved(file, to), typeOnly });
  };
  const visit = (node: Readonly<Record<string, unknown>>) => {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        note(member(node.source, 'value'), node.typeOnly === true || onlyTypes(node));
        break;
      case 'CallExpression':
        if (isImportCall(node.callee)) note(member(firstArgument(node), 'value'), false);
        break;
      case 'TsImportType':
        note(member(node.argument, 'value'), true);
        break;
      case 'TsAsExpression':
      case 'TsTypeAssertion':
        found.casts++;
        break;
      case 'TsKeywordType':
        if (node.kind === 'any') found.anys++;
        break;
      case 'NewExpression':
        if (member(node.callee, 'value') === 'Date' && firstArgument(node) === undefined) found.nows++;
        break;
      case 'MemberExpression':
        found.members.add(`${member(node.object, 'value')}.${member(node.property, 'value')}`);
        break;
    }
    for (const child of Object.values(node).flat()) if (isNode(child)) visit(child);
  };
  const module: unknown = parseSync(text, { syntax: 'typescript', decorators: true, target: 'es2022' });
  if (isNode(module)) visit(module);
  return { file, ...found };
}

function resolved(from: string, to: string): string {
  if (!to.startsWith('.')) return to;
  const path = relative(ROOT, resolve(ROOT, dirname(from), to));
  if (path.endsWith('.json')) return path;
  return isFolder(path) ? `${path}/index.ts` : `${path.replace(/\.(ts|js)$/, '')}.ts`;
}

function isFolder(path: string): boolean {
  try {
    readdirSync(join(ROOT, path));
  } catch {
    return false;
  }
  // "../articles/body" is the file body.ts, beside the folder of its parts.
  return !readdirSync(join(ROOT, dirname(path))).includes(`${path.split('/').at(-1)}.ts`);
}

/** `import { type A, type B } from '…'`: the package is not loaded for these. */
function onlyTypes({ specifiers }: Readonly<Record<string, unknown>>): boolean {
  return (
    Array.isArray(specifiers) &&
    specifiers.length > 0 &&
    specifiers.every(({ isTypeOnly }) => isTypeOnly === true)
  );
}

function isImportCall(callee: unknown): boolean {
  return member(callee, 'type') === 'Import' || member(callee, 'value') === 'require';
}

function firstArgument({ arguments: list }: Readonly<Record<string, unknown>>): unknown {
  return Array.isArray(list) ? member(list[0], 'expression') : undefined;
}

function member(value: unknown, name: string): unknown {
  return isNode(value) ? value[name] : undefined;
}

function isNode(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
