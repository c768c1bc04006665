import type { Ticket } from '#contract/bridge.ts';
import type { Wish } from '#contract/command.ts';
import { isOpen, nextStatus, previousStatus } from '#contract/status.ts';
import type { BridgePage } from '#test/support/bridge-page.ts';
import type { Random } from '#test/support/random.ts';
import type { CrashRecord } from './record.ts';

const MEAN_GAP_MS = 120;

/** A cook before one display, who taps what the screen offers and writes down what it answered. */
export interface TapLoad {
  /** Open orders on the board when it was last looked at. */
  openCount(): number;
  stop(): Promise<void>;
}

/** @param page the display's page, or null while there is none */
export function startTapLoad(
  deviceId: string,
  page: () => BridgePage | null,
  record: CrashRecord,
  random: Random,
  uniqueDue: (fromMs: number) => string,
): TapLoad {
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
    const wish = wishFor(ticket, random, uniqueDue);
    if (!wish) return;
    const entry: CrashRecord['taps'][number] = { deviceId, orderId: ticket.order.id, wish, n: null };
    // Before it is sent: it may be on disk although no answer comes.
    record.taps.push(entry);
    const answer = await screen.call('command', { orderId: ticket.order.id, wish });
    if (answer.ok) entry.n = answer.value.n;
    // Told at once that this cannot be: no tap, and there must be no trace of it.
    else if (answer.error.code === 'not_allowed') record.taps.splice(record.taps.indexOf(entry), 1);
    else if (answer.error.code !== 'unavailable')
      throw new Error(`a tap was not taken: ${answer.error.code} ${answer.error.message}`);
  }

  const running = (async () => {
    while (!stopped) {
      await tap();
      await new Promise((resolve) => setTimeout(resolve, random.gap(MEAN_GAP_MS)));
    }
  })();
  running.catch(() => undefined);

  return {
    openCount: () => openCount,
    async stop() {
      stopped = true;
      await running;
    },
  };
}

/** Mostly forward, so that the board does not overflow; back and a new promise are not idempotent: twice would show. */
function wishFor({ order }: Ticket, random: Random, uniqueDue: (fromMs: number) => string): Wish | null {
  const { status, fulfilment, dueAt } = order;
  const kind = random.next();
  const to = kind < 0.15 ? previousStatus(status, fulfilment) : nextStatus(status, fulfilment);
  if (kind < 0.3 && kind >= 0.15)
    return { type: 'set_due', payload: { dueAt: uniqueDue(dueAt === null ? Date.now() : Date.parse(dueAt)) } };
  if (kind < 0.4 && kind >= 0.3 && status === 'pending') return { type: 'acknowledge', payload: {} };
  return to && { type: 'set_status', payload: { from: status, to } };
}
