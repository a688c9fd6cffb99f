/** What `inTime` says of an answer that does not come. */
export const LATE = Symbol('late');

/**
 * The answer, or LATE when it takes longer than `timeout` milliseconds; whoever asks for it sees to it that its work stops. Fastify's
 * handlerTimeout is no help: it stands down once the body of a POST is read.
 */
export async function inTime<T>(answer: Promise<T>, timeout: number): Promise<T | typeof LATE> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(resolve, timeout, LATE);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
