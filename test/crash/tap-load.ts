import type { Intent } from '#contract/command.ts';
import { isOpen, nextStatus, previousStatus, type Status } from '#contract/status.ts';
import type { Ticket } from '#contract/ticket.ts';
import type { BridgePage } from '#test/support/bridge-page.ts';
import type { Random } from '#test/support/random.ts';
import { sleep } from '#test/support/sleep.ts';
import type { CrashRecord } from './record.ts';

const MEAN_GAP_MS = 120;

/**
 * Taps what one display's screen offers and records the answers.
 *
 * @param page the display's page, or null while there is none
 */
export function startTapLoad(
  deviceId: string,
  page: () => BridgePage | null,
  record: CrashRecord,
  random: Random,
  uniqueDue: (fromMs: number) => string,
) {
  let stopped = false;
  let openCount = 0;

  async function tap(): Promise<void> {
    const screen = page();
    const board = await screen?.call('getBoard', null);
    if (!screen || !board?.ok || board.value.tickets.length === 0) return;
    const { tickets } = board.value;
    const open = tickets.filter(({ order }) => isOpen(order.status));
    openCount = open.length;
    const ticket = random.pick(open.length > 0 && random.chance(0.9) ? open : tickets);
    for (const intent of intentsFor(ticket, random, uniqueDue)) await send(screen, ticket.order.id, intent);
  }

  async function send(screen: BridgePage, orderId: string, intent: Intent): Promise<void> {
    const entry: CrashRecord['taps'][number] = { deviceId, orderId, intent, commandId: null };
    // Record before sending: the tap may be on disk even without an answer.
    record.taps.push(entry);
    const answer = await screen.call('command', { orderId, intent });
    if (answer.ok) entry.commandId = answer.value.commandId;
    // A tap refused at once must leave no trace.
    else if (answer.error.code === 'not_allowed') record.taps.splice(record.taps.indexOf(entry), 1);
    else if (answer.error.code !== 'unavailable')
      throw new Error(`a tap was not taken: ${answer.error.code} ${answer.error.message}`);
  }

  const running = (async () => {
    while (!stopped) {
      await tap();
      await sleep(random.gap(MEAN_GAP_MS));
    }
  })();
  running.catch(() => undefined);

  return {
    /** Open orders on the board at the last read. */
    openCount: (): number => openCount,
    async stop(): Promise<void> {
      stopped = true;
      await running;
    },
  };
}

/**
 * Mostly forward steps, so that the board does not overflow. Some come in pairs that wait in the queue together: forward and
 * back, or one promised time and then another. A pair that is done twice shows in the history.
 */
function intentsFor({ order }: Ticket, random: Random, uniqueDue: (fromMs: number) => string): Intent[] {
  const { status, fulfilment, dueAt } = order;
  const move = (from: Status, to: Status | null): Intent[] =>
    to ? [{ type: 'set_status', payload: { from, to } }] : [];
  const promise = (): Intent => ({
    type: 'set_due',
    payload: { dueAt: uniqueDue(dueAt === null ? Date.now() : Date.parse(dueAt)) },
  });
  const next = nextStatus(status, fulfilment);
  const kind = random.next();
  if (kind < 0.1) return move(status, previousStatus(status, fulfilment));
  if (kind < 0.2) return [promise()];
  if (kind < 0.3) return [promise(), promise()];
  if (kind < 0.4 && next) return [...move(status, next), ...move(next, previousStatus(next, fulfilment))];
  if (kind < 0.5 && status === 'pending') return [{ type: 'acknowledge', payload: {} }];
  return move(status, next);
}
