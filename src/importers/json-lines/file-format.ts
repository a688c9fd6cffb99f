import { constants, gunzipSync } from 'node:zlib';

/** What a file to import seems to be; its importer looks closer. */
export type ImportFormat = 'json-lines' | 'wordpress' | 'unknown';

/** Bytes of a file from which `importFormat` can tell. */
export const FORMAT_BYTES = 4_096;

/** Tells an export of Dateline from one of WordPress by the first bytes of the file, compressed or not. */
export function importFormat(head: Uint8Array): ImportFormat {
  const text = new TextDecoder().decode(decompressed(head)).trimStart();
  if (text.startsWith('{')) return 'json-lines';
  return text.startsWith('<') ? 'wordpress' : 'unknown';
}

function decompressed(head: Uint8Array): Uint8Array {
  if (head[0] !== 0x1f || head[1] !== 0x8b) return head;
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return new Uint8Array();
  }
}
