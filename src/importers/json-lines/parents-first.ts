interface Child {
  readonly id: number;
  readonly parentId: number | null;
}

/**
 * The rows in an order in which parents stand before their children, with those parents that were neither
 * `written` before nor are among the rows. A parent that is gone, or stands below its own child, is none.
 */
export async function parentsFirst<R extends Child>(
  rows: readonly R[],
  written: { has(id: number): boolean },
  fetch: (ids: number[]) => Promise<R[]>,
): Promise<R[]> {
  const known = new Map(rows.map((row) => [row.id, row]));
  for (let found: readonly R[] = rows; found.length > 0; ) {
    const parents = new Set(found.flatMap(({ parentId }) => parentId ?? []));
    const missing = [...parents].filter((id) => !known.has(id) && !written.has(id));
    found = missing.length === 0 ? [] : await fetch(missing);
    for (const row of found) known.set(row.id, row);
  }
  const ordered = new Map<number, R>();
  const stands = (id: number) => ordered.has(id) || written.has(id);
  for (const row of rows) {
    for (const each of lineOf(row, known, stands)) {
      const { parentId } = each;
      ordered.set(each.id, parentId === null || stands(parentId) ? each : { ...each, parentId: null });
    }
  }
  return [...ordered.values()];
}

/** The row and what stands above it and nowhere yet, from above. */
function lineOf<R extends Child>(
  row: R,
  known: ReadonlyMap<number, R>,
  stands: (id: number) => boolean,
): R[] {
  const line = new Map<number, R>();
  for (let at: R | undefined = row; at !== undefined && !stands(at.id) && !line.has(at.id); ) {
    line.set(at.id, at);
    at = at.parentId === null ? undefined : known.get(at.parentId);
  }
  return [...line.values()].reverse();
}
