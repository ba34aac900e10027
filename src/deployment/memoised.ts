/**
 * Does the work at the first call and gives its result ever after. A failure is not kept: what was
 * wrong may be put right before the next call.
 */
export function memoised<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work().catch((error: unknown) => {
      result = undefined;
      throw error;
    });
    return result;
  };
}
