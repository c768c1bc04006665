type Stop = () => Promise<void> | void;

/** Stops what was started, last first. Anything added after that is stopped at once. */
export function createCleanup() {
  const stops: Stop[] = [];
  let ended = false;
  return {
    async add(stop: Stop): Promise<void> {
      if (ended) await stop();
      else stops.push(stop);
    },
    async run(): Promise<void> {
      ended = true;
      for (const stop of stops.splice(0).reverse()) await stop();
    },
  };
}
export type Cleanup = ReturnType<typeof createCleanup>;
