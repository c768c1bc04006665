/**
 * Whether the task bar or the dock should draw eyes: `start` when an order rings that did not before, `stop` when none
 * rings any more. Who has looked at the window is not asked again for the same orders.
 */
export function attentionRequest(before: readonly string[], now: readonly string[]): 'start' | 'stop' | null {
  if (now.length === 0) return before.length > 0 ? 'stop' : null;
  return now.some((orderId) => !before.includes(orderId)) ? 'start' : null;
}
