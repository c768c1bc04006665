import type { Escalation } from '#contract/admin.ts';
import type { Order } from '#contract/order.ts';
import type { Change } from '#contract/sync.ts';
import type { PrintRow } from '#server/printing/print-tables.ts';
import type { TelegramMessageRow } from '#server/telegram/telegram-tables.ts';
import type { Call } from '#server/testing/webhook-receiver.ts';

/** What the world outside got, and what the database says of it. */
export interface Effects {
  epoch: string;
  head: number;
  /** A webhook's calls, in the order in which they came. */
  calls: Pick<Call, 'id' | 'message' | 'raw'>[];
  papers: Paper[];
  /** Texts of new messages in the chat. */
  messages: string[];
  escalations: Pick<Escalation, 'id' | 'kind' | 'orderId' | 'resolvedAt'>[];
  prints: ({ orderId: string } & Pick<PrintRow, 'state' | 'reprint'>)[];
  /** The orders' messages in the chat. */
  chats: Pick<TelegramMessageRow, 'about' | 'state'>[];
  /** What was not delivered. */
  webhook: { id: string; tries: string }[];
  quarantined: { deviceId: string; commandId: string }[];
}

interface Paper {
  rows: string[];
  /** It was cut off the roll: a job that a kill ended was not. */
  isWhole: boolean;
}

/** Orders and their history, oldest change first. */
export interface Orders {
  orders: Pick<Order, 'id' | 'number' | 'status' | 'acknowledgedAt'>[];
  histories: Map<string, Pick<Change, 'type' | 'order'>[]>;
}

/** What was told twice without being marked as a repeat, or not at all; empty for a correct run. */
export function judgeEffects(effects: Effects, { orders, histories }: Orders): string[] {
  return [
    ...judgeNumbers(orders),
    ...judgeWebhook(effects),
    ...judgeEscalations(effects),
    ...effects.escalations.flatMap((escalation) => judgeOpen(escalation, orders)),
    ...orders.flatMap((order) => judgePaper(effects, order, histories.get(order.id) ?? [])),
    ...orders.flatMap((order) => judgeMessage(effects, order)),
    ...effects.quarantined.map(({ deviceId, commandId }) => `tap ${commandId} of ${deviceId} was quarantined`),
  ];
}

/** On the orders' displays and papers: all are of one day. */
function judgeNumbers(orders: Orders['orders']): string[] {
  return [...Map.groupBy(orders, ({ number }) => number)].flatMap(([number, same]) =>
    same.length > 1 ? [`${same.length} orders have the number ${number}`] : [],
  );
}

/** [section 11] Every change in order, and the same message whenever its id comes again. */
function judgeWebhook({ epoch, head, calls, webhook }: Effects): string[] {
  const found: string[] = [];
  const firsts = new Map<string, string>();
  let next = 1;
  for (const { id, message, raw } of calls) {
    const first = firsts.get(id);
    firsts.set(id, first ?? raw);
    if (first !== undefined && first !== raw) found.push(`the webhook got ${id} with two contents`);
    if (message.seq === undefined || first !== undefined) continue;
    if (id !== `${epoch}-main-${message.seq}`) found.push(`the webhook got change ${message.seq} as ${id}`);
    if (message.seq !== next) found.push(`the webhook got change ${message.seq} where ${next} was due`);
    next = message.seq + 1;
  }
  if (next <= head) found.push(`the webhook got the changes up to ${next - 1} of ${head}`);
  for (const { id, tries } of webhook) found.push(`the webhook did not get ${id}: ${tries}`);
  return found;
}

/** [section 16] Each one is sent once when it is raised and once when it is resolved. */
function judgeEscalations({ calls, escalations }: Effects): string[] {
  const ids = (escalationId: string, isResolved: boolean) =>
    new Set(
      (told.get(escalationId) ?? [])
        .filter(({ message }) => (message.data.resolvedAt !== null) === isResolved)
        .map(({ id }) => id),
    ).size;
  const told = Map.groupBy(
    calls.filter(({ message }) => message.type === 'escalation'),
    ({ message }) => String(message.data.id),
  );
  const found = escalations.flatMap(({ id, resolvedAt }) => {
    const [raised, resolved] = [ids(id, false), ids(id, true)];
    if (raised === 1 && resolved === (resolvedAt === null ? 0 : 1)) return [];
    return [`escalation ${id} was told ${raised} times as raised and ${resolved} times as resolved`];
  });
  const known = new Set(escalations.map(({ id }) => id));
  for (const id of told.keys()) if (!known.has(id)) found.push(`escalation ${id} was told and does not exist`);
  return found;
}

/** All is well at the end but orders that nobody has seen. */
function judgeOpen({ id, kind, orderId, resolvedAt }: Effects['escalations'][0], orders: Orders['orders']): string[] {
  const order = orders.find((one) => one.id === orderId);
  const isUnseen = order?.status === 'pending' && order.acknowledgedAt === null;
  if (resolvedAt !== null || (orderId !== null && !order) || (kind === 'unacknowledged' && isUnseen)) return [];
  return [`escalation ${id} (${kind}) of ${order?.number ?? 'the store'} is still open`];
}

/** [section 14] One paper when the order was accepted, and at most one more, which says so. */
function judgePaper({ papers, prints }: Effects, { id, number, status }: Orders['orders'][0], history: Changes) {
  const found: string[] = [];
  const say = (what: string) => void found.push(`the paper of order ${number} (${id}) ${what}`);
  const own = papers.filter(({ rows, isWhole }) => isWhole && rows.includes(number));
  const again = own.filter(({ rows }) => rows.includes('REPRINT')).length;
  const rows = prints.filter(({ orderId }) => orderId === id);
  const [row] = rows;
  if (rows.length > 1) say(`is there ${rows.length} times`);
  if (own.length - again > 1) say(`came ${own.length - again} times without REPRINT`);
  if (again > 1) say(`came ${again} times with REPRINT`);
  if (!wasAccepted(history)) {
    if (row || own.length > 0) say('came, and it was not accepted');
    return found;
  }
  if (row?.state === 'printed' && own.length === 0) say('counts as printed and did not come');
  if (again > 0 && row?.reprint !== 1) say('came as a REPRINT that nobody noted');
  // A second kill while it was sent, or cancelled before it was printed.
  if (row?.state === 'given_up' && (row.reprint === 1 || status === 'cancelled')) return found;
  if (row?.state !== 'printed') say(`is ${row?.state ?? 'not there'}`);
  return found;
}
type Changes = Pick<Change, 'type' | 'order'>[];

const wasAccepted = (history: Changes): boolean =>
  history.some(({ type, order }) => type === 'order_status_changed' && order?.status === 'preparing');

/** [section 13] One message, and none is sent again of which it is unknown whether it was sent (ADR 48). */
function judgeMessage({ messages, chats }: Effects, { id, number }: Orders['orders'][0]): string[] {
  const sent = messages.filter((text) => text.startsWith(`<b>#${number}</b>`)).length;
  const rows = chats.filter(({ about }) => about === id);
  const state = rows[0]?.state;
  const most = state === 'sent' || state === 'unknown' || state === 'sending' ? 1 : 0;
  if (rows.length < 2 && sent <= most && !(state === 'sent' && sent === 0)) return [];
  return [`order ${number} (${id}) has ${sent} messages in the chat; it is ${rows.map((row) => row.state).join()}`];
}

/** What the record of a run says of it. */
export function countEffects({ calls, papers, messages, escalations, prints, chats }: Effects): Record<string, number> {
  const ids = new Set(calls.map(({ id }) => id)).size;
  const states = (state: TelegramMessageRow['state']) => chats.filter((row) => row.state === state).length;
  return {
    'messages to the webhook': ids,
    '… repeated with the same id': calls.length - ids,
    'papers that came whole': papers.filter(({ isWhole }) => isWhole).length,
    '… of them REPRINT': papers.filter(({ rows, isWhole }) => isWhole && rows.includes('REPRINT')).length,
    'papers cut off': papers.filter(({ isWhole }) => !isWhole).length,
    'papers given up after two ends': prints.filter((row) => row.state === 'given_up' && row.reprint === 1).length,
    'messages in the chat': messages.length,
    '… that may have been sent, and were not repeated': states('unknown') + states('sending'),
    '… of orders closed before their turn': states('given_up'),
    '… that wait for their turn': states('waiting'),
    escalations: escalations.length,
  };
}
