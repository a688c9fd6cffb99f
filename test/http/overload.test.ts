import { until } from '../support/until';
import { errorsOf, type Running, start } from './tiny';

/** So that they may come by the straight path. */
const plain = { 'accept-encoding': 'identity' };
let api: Running;
beforeAll(async () => {
  api = await start({ OVERLOAD_DELAY: '50ms' });
});
afterAll(() => api.server.close());

/** Keeps the event loop, again and again, until it is told not to. */
function drown(): () => void {
  let going = true;
  const turn = () => {
    const end = performance.now() + 300;
    while (performance.now() < end);
    if (going) setTimeout(turn, 1);
  };
  turn();
  return () => {
    going = false;
  };
}

test('while the event loop is kept requests are refused with 503, and probes are answered; then all is as before', async () => {
  const rest = drown();
  let refused: Response | null = null;
  await until(async () => {
    const response = await api.ask('{ article { id } }', {}, plain);
    if (response.status === 503) refused = response;
    return refused !== null;
  });
  const probe = await fetch(`${api.url}/health/live`);
  rest();
  const response: Response = refused ?? probe;
  expect(response.headers.get('retry-after')).toBe('2');
  expect((await errorsOf(response))[0]?.extensions.code).toBe('SERVICE_UNAVAILABLE');
  expect(probe.status).toBe(200);
  await until(async () => (await api.ask('{ article { id } }', {}, plain)).status === 200);
});
