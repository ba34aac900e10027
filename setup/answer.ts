/** Deadline of an answer: enough for a slow connection, and short where downloads are blocked. */
const ANSWER_DEADLINE_MS = 5_000;

/** Explains why a URL does not answer within the deadline; undefined when it does. */
export async function whyNoAnswer(url: string, signal: AbortSignal): Promise<string | undefined> {
  const deadline = AbortSignal.timeout(ANSWER_DEADLINE_MS);
  try {
    const answer = await fetch(url, {
      method: "HEAD",
      signal: AbortSignal.any([signal, deadline]),
    });
    return answer.ok ? undefined : `HTTP ${answer.status}`;
  } catch (error) {
    if (signal.aborted) {
      throw error;
    }
    const cause = (error as { cause?: { code?: string } }).cause;
    return deadline.aborted ? `nothing within ${ANSWER_DEADLINE_MS} ms` : (cause?.code ?? "no way");
  }
}
