/** Says how many bytes V8 gives new objects when some have outlived the first of its collections, in a process of this work. */
import { getHeapSpaceStatistics } from 'node:v8';
import { tuneHeap } from '../../../src/cli/heap';

tuneHeap(process.argv[2] === 'SERVING' ? 'SERVING' : 'IMPORTING');
const kept = Array.from({ length: 20_000 }, (_, n) => [n, { n }]);
const room = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
process.stdout.write(`${kept.length === 0 ? '' : room?.space_size}\n`);
