/** Turns many calls into one: runs at most once in `ms` for each key, that long after the first call. */
export function coalesce(ms: number, run: (key: string) => void): { call: (key: string) => void; stop: () => void } {
  const timers = new Map<string, NodeJS.Timeout>();
  return {
    call(key) {
      if (timers.has(key)) return;
      const fire = () => {
        timers.delete(key);
        run(key);
      };
      timers.set(key, setTimeout(fire, ms));
    },
    stop() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
