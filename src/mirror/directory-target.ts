import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseGlobalId } from '../core/ids';
import type { FetchImages } from './images';
import type { RemoteArticle } from './publisher.query';
import type { MirrorState, MirrorTarget, Order } from './target';

const STATE = 'mirror.json';
const ARTICLES = 'articles';
const IMAGES = 'images';
/** Articles that are worked on at once. */
const SIDE_BY_SIDE = 8;

/** What stands in the file of an article. */
interface Kept {
  readonly round: number;
  readonly article: RemoteArticle;
  /** The files of its images, below the folder of the copy, by their addresses. */
  readonly images: Readonly<Record<string, string>>;
}

/**
 * A folder: `articles/<number>.json` for each article, its images in `images/<number>/`, and `mirror.json`. What is
 * taken is deleted. A file is put in place as a whole, and is on the disk before the state says so.
 */
export class DirectoryTarget implements MirrorTarget {
  /** @param fetchImages null to leave images where they are */
  constructor(
    private readonly path: string,
    private readonly fetchImages: FetchImages | null,
  ) {}

  async state(): Promise<MirrorState | null> {
    await mkdir(join(this.path, ARTICLES), { recursive: true });
    return readJson<MirrorState>(join(this.path, STATE));
  }

  async apply(orders: readonly Order[], state: MirrorState): Promise<void> {
    for (let start = 0; start < orders.length; start += SIDE_BY_SIDE) {
      const group = orders.slice(start, start + SIDE_BY_SIDE);
      await Promise.all(group.map((order) => this.carryOut(order, state.round)));
    }
    await writeWhole(join(this.path, STATE), `${JSON.stringify(state, null, 2)}\n`);
  }

  async takeOthers(round: number): Promise<number> {
    let taken = 0;
    for (const name of await this.names()) {
      const kept = await readJson<Kept>(join(this.path, ARTICLES, `${name}.json`));
      if (kept === null || kept.round === round) continue;
      await this.remove(name);
      taken++;
    }
    return taken;
  }

  async count(): Promise<number> {
    return (await this.names()).length;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async carryOut(order: Order, round: number): Promise<void> {
    const name = nameOf(order.id);
    const file = join(this.path, ARTICLES, `${name}.json`);
    const kept = await readJson<Kept>(file);
    if (order.do === 'TAKE') {
      if (kept && kept.article.revision <= order.revision) await this.remove(name);
      return;
    }
    const { article } = order;
    if (kept && kept.article.revision >= article.revision) {
      if (kept.round !== round) await writeWhole(file, written({ ...kept, round }));
      return;
    }
    const images = this.fetchImages ? await this.fetchImages(article, join(this.path, IMAGES, name)) : {};
    const paths = Object.entries(images).map(([url, image]) => [url, `${IMAGES}/${name}/${image}`]);
    await writeWhole(file, written({ round, article, images: Object.fromEntries(paths) }));
  }

  /** The article goes last: what is left of it is then found again. */
  private async remove(name: string): Promise<void> {
    await rm(join(this.path, IMAGES, name), { recursive: true, force: true });
    await rm(join(this.path, ARTICLES, `${name}.json`), { force: true });
  }

  private async names(): Promise<string[]> {
    const files = await readdir(join(this.path, ARTICLES)).catch(() => []);
    return files.flatMap((file) => /^(\w+)\.json$/.exec(file)?.[1] ?? []);
  }
}

/** Numbers, for names that differ by their case alone are one file on some systems. */
function nameOf(id: string): string {
  const parsed = parseGlobalId(id);
  return parsed ? String(parsed.key) : Buffer.from(id).toString('hex');
}

function written(kept: Kept): string {
  return `${JSON.stringify(kept, null, 2)}\n`;
}

/** Null for a file that is not there. */
async function readJson<T>(path: string): Promise<T | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const value: T = JSON.parse(text);
  return value;
}

/** Nobody ever sees half of it, and it survives a power cut once this has resolved. */
async function writeWhole(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  const file = await open(draft, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}
