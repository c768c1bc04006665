/** `7`, `730`, `7.30` and `07:30` as `07:30`; null for what is no time of day. People do not type colons. */
export function readTime(typed: string): string | null {
  const match = /^(\d{1,2})(?:[:. h]?([0-5]\d))?$/.exec(typed.trim());
  const hour = Number(match?.[1]);
  if (!match || hour > 23) return null;
  return `${String(hour).padStart(2, '0')}:${match[2] ?? '00'}`;
}
