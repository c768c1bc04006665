/** A script that shifts the clock of the program that runs it first: `Date` is `ms` ahead of the real time. */
export const shiftedClock = (ms: number): string => `{
  const Real = Date;
  const now = () => Real.now() + ${ms};
  globalThis.Date = class extends Real {
    constructor(...parts) { super(...(parts.length > 0 ? parts : [now()])); }
    static now() { return now(); }
  };
}`;

/** The same for a Node process. */
export const shiftedProcess = (ms: number): Record<string, string> => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(shiftedClock(ms))}`,
});
