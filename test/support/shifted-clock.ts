/** A script that sets the clock of whatever runs it, before all else: `Date` tells the time `ms` later than it is. */
export const shiftedClock = (ms: number): string => `{
  const Real = Date;
  const now = () => Real.now() + ${ms};
  globalThis.Date = class extends Real {
    constructor(...parts) { super(...(parts.length > 0 ? parts : [now()])); }
    static now() { return now(); }
  };
}`;

/** The same for a process of Node. */
export const shiftedProcess = (ms: number): Record<string, string> => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(shiftedClock(ms))}`,
});
