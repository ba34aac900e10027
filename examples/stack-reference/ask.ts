// Checks the health of Lago's API.
const { LAGO_API_URL } = process.env;
const answer = await fetch(new URL("/health", LAGO_API_URL), {
  signal: AbortSignal.timeout(10_000),
});
if (!answer.ok) {
  throw new Error(`${LAGO_API_URL} answers with ${answer.status}`);
}
console.log(answer.status);
