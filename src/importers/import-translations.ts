import { linkTranslations } from '../articles';
import type { Tx } from '../database';
import { findKeys, followRevisions, type ImportKey, saveKeys } from './import-keys';
import type { ImportScope } from './import-scope';
import type { PreparedArticle } from './prepare-article';

/**
 * Articles of one group translate one another. The group is remembered by the first of them that comes, since they
 * come in any order.
 * @param unseen the keys of articles that this transaction has made
 */
export async function importTranslations(
  tx: Tx,
  scope: ImportScope,
  batch: readonly PreparedArticle[],
  keys: ReadonlyMap<string, number>,
  unseen: ReadonlySet<number>,
): Promise<void> {
  const members = batch.flatMap((article) => {
    const id = keys.get(article.externalId);
    const group = article.translationGroup;
    return group === null || id === undefined ? [] : [{ article, group, id }];
  });
  if (members.length === 0) return;
  const { source, report, actor, at } = scope;
  const groups = await findKeys(
    tx,
    source,
    'group',
    members.map(({ group }) => group),
  );
  const fresh = new Map<string, ImportKey>();
  for (const { group, id } of members) {
    if (groups.has(group) || fresh.has(group)) continue;
    fresh.set(group, { externalId: group, localId: id, fingerprint: '', revision: 0 });
  }
  await saveKeys(tx, source, 'group', [...fresh.values()]);
  const links = members.map(({ group, id }) => ({
    original: (groups.get(group) ?? fresh.get(group))?.localId ?? id,
    translation: id,
  }));
  const { refused, revised } = await linkTranslations(tx, actor, at, links, unseen);
  await followRevisions(tx, revised);
  const left = new Set(refused.map(({ translation }) => translation));
  for (const { article, id } of members) {
    if (!left.has(id)) continue;
    const message = `"${article.title}": its group of translations has one in its language already`;
    report.note({ line: article.line, lost: false, message });
  }
}
