/**
 * Waits until all of several works are done, also when one of them fails: none is at work any more
 * when the caller goes on, and none starts another process behind its back.
 *
 * @throws what the first of them that failed threw, in the order in which they are given
 */
export async function together<const T extends readonly unknown[]>(
  works: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(works);
  return Promise.all(works);
}
