import type { DatabaseOptions } from '../../src/database';

export interface StatementRecorder extends Required<Pick<DatabaseOptions, 'onStatement'>> {
  /** Every statement since the start, in order. */
  readonly texts: readonly string[];
  /** The statements that are sent while `work` runs. */
  during(work: () => Promise<unknown>): Promise<readonly string[]>;
}

/** Counts statements: `const sent = recordStatements(); const db = await store.open(sent);` */
export function recordStatements(): StatementRecorder {
  const texts: string[] = [];
  return {
    texts,
    onStatement: (text) => void texts.push(text),
    during: async (work) => {
      const before = texts.length;
      await work();
      return texts.slice(before);
    },
  };
}
