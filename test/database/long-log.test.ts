import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { LongLog } from '../../src/database/long-log';
import { tempDirectory } from '../support/temp-directory';

const LIMIT = 1_000_000;

/** A file with one connection that writes and one that reads, and how often the log was to begin anew. */
function logOfAnySize() {
  const file = join(tempDirectory(), 'long.db');
  const writer = new Sqlite(file, { timeout: 1 });
  writer.pragma('journal_mode = wal');
  writer.pragma(`journal_size_limit = ${LIMIT}`);
  writer.exec('create table t (x); insert into t values (1)');
  const reader = new Sqlite(file, { readonly: true, timeout: 1 });
  let size = 0;
  const log = new LongLog(writer, () => size);
  const attempts = jest.spyOn(writer, 'pragma');
  return {
    writer,
    reader,
    attempts,
    commit(bytes: number) {
      writer.exec('update t set x = x + 1');
      size = bytes;
      log.cut();
    },
  };
}

describe('a log that is longer than its limit', () => {
  test('begins anew at once where nobody reads from it', () => {
    const { writer, attempts, commit } = logOfAnySize();
    commit(LIMIT);
    expect(attempts).not.toHaveBeenCalled();
    commit(LIMIT + 1);
    expect(attempts.mock.results).toEqual([
      { type: 'return', value: [expect.objectContaining({ busy: 0 })] },
    ]);
    writer.close();
  });

  test('does not have the writer wait at each commit while somebody goes on reading', () => {
    const { writer, reader, attempts, commit } = logOfAnySize();
    reader.exec('begin');
    reader.prepare('select * from t').all();
    for (let size = LIMIT + 1; size < 2 * LIMIT; size += LIMIT / 1_000) commit(size);
    // Of a thousand commits, each time that the log is longer by a sixteenth.
    expect(attempts).toHaveBeenCalledTimes(12);
    reader.exec('commit');
    attempts.mockClear();
    commit(3 * LIMIT);
    expect(attempts.mock.results).toEqual([
      { type: 'return', value: [expect.objectContaining({ busy: 0 })] },
    ]);
    reader.close();
    writer.close();
  });

  test('is looked after from the limit on again when it has been within it', () => {
    const { writer, reader, attempts, commit } = logOfAnySize();
    reader.exec('begin');
    reader.prepare('select * from t').all();
    commit(10 * LIMIT);
    commit(2 * LIMIT);
    expect(attempts).toHaveBeenCalledTimes(1);
    commit(LIMIT);
    commit(2 * LIMIT);
    expect(attempts).toHaveBeenCalledTimes(2);
    reader.close();
    writer.close();
  });

  test('leaves a commit alone when the file cannot be read any more', () => {
    const { writer, reader, attempts, commit } = logOfAnySize();
    reader.close();
    attempts.mockImplementation(() => {
      throw new Sqlite.SqliteError('disk I/O error', 'SQLITE_IOERR');
    });
    expect(() => commit(2 * LIMIT)).not.toThrow();
    writer.close();
  });
});
