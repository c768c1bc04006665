import assert from 'node:assert/strict';
import { type Check, group } from '../support/check.ts';
import { aCommand, type CommandDraft } from '../support/drafts.ts';
import type { Status } from '../support/shapes.ts';
import { commandOne, knownOf, openShop, orderNow, place } from '../support/shop.ts';

/** Why a command is rejected (rule C4). An order completed an hour ago and `quarantined` cannot be made from outside. */

const HOUR_MS = 3_600_000;
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

interface ServiceError {
  says: string;
  /** The order before it; `undefined`: an order that nobody made. */
  draft?: Record<string, unknown> | undefined;
  command: { type: string; payload?: unknown };
  change?: Partial<CommandDraft>;
  /** The codes that fit. */
  codes: string[];
}

const setStatusTo = (from: Status, to: Status, reason?: string) => ({
  type: 'set_status',
  payload: { from, to, ...(reason ? { reason } : {}) },
});
const REFUSALS: ServiceError[] = [
  {
    says: 'a step on an order that was cancelled meanwhile is rejected, order_cancelled',
    draft: { status: 'cancelled' },
    command: setStatusTo('pending', 'preparing'),
    codes: ['order_cancelled'],
  },
  {
    says: 'acknowledging an order that was cancelled meanwhile is rejected, order_cancelled',
    draft: { status: 'cancelled' },
    command: { type: 'acknowledge' },
    codes: ['order_cancelled'],
  },
  {
    says: 'rejecting an order that others have made ready is too late',
    draft: { status: 'ready' },
    command: setStatusTo('pending', 'rejected', 'sold out'),
    codes: ['too_late', 'invalid_transition'],
  },
  {
    says: 'a leap over a status is rejected, invalid_transition',
    draft: {},
    command: setStatusTo('pending', 'completed'),
    codes: ['invalid_transition'],
  },
  {
    says: 'a step that this fulfilment does not have is rejected, invalid_transition',
    draft: { status: 'ready', fulfilment: 'pickup' },
    command: setStatusTo('ready', 'delivering'),
    codes: ['invalid_transition'],
  },
  { says: 'an unknown order is rejected, not_found', command: { type: 'acknowledge' }, codes: ['not_found'] },
  {
    says: 'a command made more than 12 hours ago is rejected, stale',
    draft: {},
    command: setStatusTo('pending', 'preparing'),
    change: { issuedAt: ago(12 * HOUR_MS + 60_000) },
    codes: ['stale'],
  },
  {
    says: 'cancelling without a reason is rejected, invalid',
    draft: {},
    command: setStatusTo('pending', 'cancelled'),
    codes: ['invalid'],
  },
  {
    says: 'a refund by a display is rejected, forbidden',
    draft: { payment: { status: 'paid' } },
    command: { type: 'set_payment', payload: { status: 'refunded' } },
    codes: ['forbidden'],
  },
  { says: 'an unknown type is rejected, invalid', draft: {}, command: { type: 'explode' }, codes: ['invalid'] },
  {
    says: 'an unknown status is rejected, invalid',
    draft: {},
    command: { type: 'set_status', payload: { from: 'pending', to: 'zzz' } },
    codes: ['invalid'],
  },
];

/** One check per refusal: its code, the order as it is now, nothing done, and the command consumed. */
export const refusals = group(
  'refusals',
  Object.fromEntries(
    REFUSALS.map(({ says, draft, command: { type, payload = {} }, change = {}, codes }): [string, Check] => [
      `[C4] ${says}`,
      async (trial) => {
        const shop = await openShop(trial);
        const order = draft ? await place(shop, draft) : undefined;
        const target = order ?? { id: '01990000-0000-7000-8000-000000000000', version: 1 };
        const one = aCommand(target, type, payload, change);
        const result = await commandOne(shop, one);
        assert.equal(result.outcome, 'rejected');
        assert.ok(codes.includes(result.code ?? ''), `code ${result.code}, expected ${codes.join(' or ')}`);
        assert.deepEqual(result.order, order);
        if (order) assert.deepEqual(await orderNow(shop, order.id), order);
        assert.deepEqual(await knownOf(shop, [one.commandId]), [one.commandId]);
      },
    ]),
  ),
);
