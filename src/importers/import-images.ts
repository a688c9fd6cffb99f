import { reviseArticlesWith } from '../articles';
import type { Tx } from '../database';
import { addImages, describeImages, imagesById } from '../images';
import { bringSubjects, keptAs, keptOwn } from './bring-subjects';
import { followRevisions } from './import-keys';
import type { ImportScope } from './import-scope';
import type { ImportImage } from './wordpress';

export async function importImages(
  tx: Tx,
  scope: ImportScope,
  images: readonly ImportImage[],
): Promise<void> {
  const { actor, at } = scope;
  await bringSubjects(tx, scope, images, {
    kind: 'image',
    counted: 'images',
    keyOf: ({ externalId }) => externalId,
    nameOf: ({ url }) => `The description of the image ${url}`,
    add: async (fresh) => {
      const found = await addImages(tx, actor, at, fresh.map(rowOf));
      return found.map(keptAs);
    },
    change: async (changed) => {
      const rows = changed.map(({ id, record }) => ({ ...rowOf(record), id }));
      const described = await describeImages(tx, actor, at, rows);
      await followRevisions(tx, await reviseArticlesWith(tx, actor, at, described));
      return changed.map(keptOwn);
    },
    contents: async (ids) => {
      const rows = await imagesById(tx, { ids: [...ids] });
      return new Map(rows.map(({ id, revision, ...row }) => [id, row]));
    },
  });
}

function rowOf({ url, width, height, alt, caption, credit }: ImportImage) {
  return { url, width, height, alt, caption, credit };
}
