import type { Server } from './servers';

/** The data of one answer over HTTP. @throws Error for an answer with errors */
export async function ask<D>(
  server: Pick<Server, 'port' | 'path'>,
  query: string,
  variables: object = {},
): Promise<D> {
  const response = await fetch(`http://127.0.0.1:${server.port}${server.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { errors, data } = (await response.json()) as { errors?: readonly unknown[]; data: D };
  if (errors) throw new Error(JSON.stringify(errors[0]));
  return data;
}
