/**
 * What remains of a damaged row of `commands`: an unreadable command, which the core reports to a person. Null if the server
 * has answered it. Its columns cannot be trusted, so it gets a new id and is never sent.
 *
 * @param commandId the new id
 */
export function unreadableCommand(row: Record<string, unknown>, commandId: string): Record<string, unknown> | null {
  const { id, order_id: orderId, issued_at: issuedAt, outcome, seq, epoch, answered_at: answeredAt } = row;
  if ([outcome, seq, epoch, answeredAt].every((value) => value !== null)) return null;
  const tappedAt = Date.parse(String(issuedAt));
  return {
    id,
    command_id: commandId,
    order_id: String(orderId),
    type: 'unreadable',
    payload: 'null',
    base_version: 0,
    issued_at: new Date(Number.isNaN(tappedAt) ? 0 : tappedAt).toISOString(),
    outcome: null,
    seq: null,
    epoch: null,
    answered_at: null,
  };
}
