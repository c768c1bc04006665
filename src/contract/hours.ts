/**
 * Whether it is between two times of day in a shop, over midnight when `to` is the earlier one; equal ends are the whole
 * day. `from` belongs to it, `to` does not.
 *
 * @param now ms since 1970
 * @param timeZone IANA; undefined: the machine's own
 */
export function withinHours(
  { from, to }: { from: string; to: string },
  now: number,
  timeZone: string | undefined,
): boolean {
  const time = timeOfDay(now, timeZone);
  if (from === to) return true;
  return from < to ? from <= time && time < to : from <= time || time < to;
}

/** Such as `09:05`, so that times of one day can be compared as they are. */
function timeOfDay(now: number, timeZone: string | undefined): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(
    now,
  );
}
