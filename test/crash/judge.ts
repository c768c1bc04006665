import { isDeepStrictEqual } from 'node:util';
import type { Order } from '#contract/order.ts';
import { isOpen } from '#contract/status.ts';
import type { Aftermath, DisplayAftermath } from './aftermath.ts';
import { judgeTaps } from './judge-taps.ts';
import type { CrashRecord } from './record.ts';

/** Reports everything that was lost, happened twice or differs between the ends; empty for a correct run. */
export function judge(record: CrashRecord, aftermath: Aftermath): string[] {
  return [
    ...judgeOrders(record, aftermath),
    ...judgeHistory(aftermath),
    ...judgeHttpChanges(record, aftermath),
    ...judgeTaps(record.taps, aftermath),
    ...aftermath.displays.flatMap((display) => judgeDisplay(display, aftermath.orders)),
  ];
}

function judgeOrders(record: CrashRecord, { orders }: Aftermath): string[] {
  const found: string[] = [];
  const stored = Map.groupBy(orders, ({ externalId }) => externalId ?? '');
  for (const [externalId, { id }] of record.orders) {
    const same = stored.get(externalId) ?? [];
    if (same.length > 1) found.push(`order ${externalId} is there ${same.length} times`);
    if (id !== null && same[0]?.id !== id)
      found.push(`order ${externalId} was acknowledged as ${id} and is ${same[0]?.id}`);
  }
  for (const externalId of stored.keys())
    if (!record.orders.has(externalId)) found.push(`order ${externalId} was never placed`);
  return found;
}

/** [S1] Numbers and versions have no gaps, and the last change equals the order. */
function judgeHistory({ orders, histories }: Aftermath): string[] {
  const found: string[] = [];
  const seqs = [...histories.values()].flatMap((changes) => changes.map(({ seq }) => seq)).sort((a, b) => a - b);
  const hole = seqs.findIndex((seq, i) => seq !== i + 1);
  if (hole >= 0) found.push(`the log has ${seqs[hole]} where ${hole + 1} should be`);
  for (const order of orders) {
    const changes = histories.get(order.id) ?? [];
    const versions = changes.map((change) => change.order?.version);
    if (versions.some((version, i) => version !== i + 1)) found.push(`order ${order.id} has versions ${versions}`);
    if (!isDeepStrictEqual(changes.at(-1)?.order, order)) found.push(`order ${order.id} is not what its history says`);
  }
  return found;
}

function judgeHttpChanges({ changes }: CrashRecord, { histories }: Aftermath): string[] {
  return changes.flatMap(({ kind, orderId, mark, outcome }) => {
    const history = histories.get(orderId) ?? [];
    const effects = history.filter(({ order, reason }, i) =>
      kind === 'cancel' ? reason === mark : order?.note === mark && history[i - 1]?.order?.note !== mark,
    ).length;
    const [least, most] = { acknowledged: [1, 1], refused: [0, 0], unknown: [0, 1] }[outcome] as [number, number];
    if (effects >= least && effects <= most) return [];
    return [`the ${kind} ${mark}, ${outcome}, had ${effects} effects`];
  });
}

function judgeDisplay({ name, board, status }: DisplayAftermath, orders: Order[]): string[] {
  const found: string[] = [];
  if (status.link.state !== 'live') found.push(`${name} is ${status.link.state}`);
  if (status.queueCount > 0) found.push(`${name} has ${status.queueCount} in its queue`);
  for (const trouble of status.troubles) found.push(`${name} has trouble: ${trouble}`);
  const shown = new Map(board.tickets.map((ticket) => [ticket.order.id, ticket]));
  if (shown.size !== board.tickets.length) found.push(`${name} shows an order twice`);
  for (const order of orders) {
    const ticket = shown.get(order.id);
    if (ticket ? isDeepStrictEqual(ticket.order, order) && !ticket.pending : !isOpen(order.status)) continue;
    found.push(`${name} shows version ${ticket?.order.version} of order ${order.id}, which is at ${order.version}`);
  }
  for (const id of shown.keys())
    if (!orders.some((order) => order.id === id)) found.push(`${name} shows ${id}, which does not exist`);
  return found;
}
