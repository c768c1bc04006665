import type { BridgeError, CallInput, CallOutput } from '#contract/bridge.ts';
import { fail, ok, type Result } from '#contract/errors.ts';
import type { DisplayCore } from '../display-core.ts';
import { ServerError } from '../link/server-error.ts';
import { queueView } from '../queue/waiting.ts';
import { eventsOfChanges, eventsOfNotes } from './order-facts.ts';

type Parts = Pick<DisplayCore, 'board' | 'queue' | 'history' | 'link' | 'orderNumber'>;
type Told = CallOutput<'getOrderStory'>;

/** An order's events, from the server or from this display's history; with this display's refused and unanswered taps. */
export async function orderStory(
  core: Parts,
  { from, orderId }: CallInput<'getOrderStory'>,
): Promise<Result<Told, BridgeError>> {
  const { board, history } = core;
  const noted = history.ofOrder(orderId);
  const own = {
    refused: noted.filter(
      (entry) => entry.kind === 'prepared_after_cancel' || (entry.kind === 'answer' && entry.outcome === 'rejected'),
    ),
    waiting: queueView(core).waiting.filter((one) => one.orderId === orderId),
  };
  if (from === 'copy') {
    const order = board.confirmed(orderId);
    const events = eventsOfNotes(noted.filter((entry) => entry.kind === 'change'));
    return ok({
      ticket: order ? board.ticketOf(order) : null,
      story: { events, ...own, since: history.figures().since },
    });
  }
  const link = core.link();
  if (!link) return fail('unavailable', 'This display is not connected to a server yet.');
  try {
    const { changes } = await link.api.orderHistory(orderId);
    const order = changes.at(-1)?.order ?? null;
    return ok({
      ticket: order && board.ticketOf(order),
      story: { events: eventsOfChanges(changes), ...own, since: null },
    });
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    if (error.status !== 404) return fail('unavailable', error.message);
    // The server does not have the order.
    return ok({ ticket: null, story: { events: [], ...own, since: null } });
  }
}
