/**
 * Whether the task bar or dock should request attention: `start` when a new order rings, `stop` when none rings any more.
 * Orders that already rang do not request it again.
 */
export function attentionRequest(before: readonly string[], now: readonly string[]): 'start' | 'stop' | null {
  if (now.length === 0) return before.length > 0 ? 'stop' : null;
  return now.some((orderId) => !before.includes(orderId)) ? 'start' : null;
}
