/**
 * Repeats `ask` until it returns an answer.
 *
 * @param what names the condition in the error
 * @param ask null, false and undefined mean "not yet"
 * @throws after `ms`, with the last error of `ask`, if any
 */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  ms: number,
  everyMs = 50,
): Promise<Exclude<T, null | false | undefined>> {
  const end = performance.now() + ms;
  for (;;) {
    let why = '';
    try {
      const answer = await ask();
      if (answer !== null && answer !== false && answer !== undefined)
        return answer as Exclude<T, null | false | undefined>;
    } catch (error) {
      why = `: ${error instanceof Error ? error.message : error}`;
    }
    if (performance.now() > end) throw new Error(`${what}: not within ${ms / 1_000} s${why}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
