import { expect, it } from 'vitest';
import { detailsOf } from '#contract/errors.ts';
import { OrderDraft, StatusRequest } from '#contract/order.ts';
import { validationMessages } from './validation-messages.ts';

const good = { items: [{ name: 'Tea', quantity: 1 }], currency: 'GEL', totalMinor: 300 };
const say = (body: object, schema: typeof OrderDraft | typeof StatusRequest = OrderDraft) => {
  const parsed = schema.safeParse(body, { error: validationMessages });
  return parsed.success ? [] : detailsOf(parsed.error).map(({ path, message }) => `${path} ${message}`);
};

it.each([
  [{ ...good, currency: undefined }, 'currency must be given'],
  [{ ...good, items: [] }, 'items must have at least 1'],
  [{ ...good, items: 'tea' }, 'items must be a list'],
  [{ ...good, totalMinor: '3' }, 'totalMinor must be a number'],
  [{ ...good, totalMinor: 1.5 }, 'totalMinor must be a whole number'],
  [{ ...good, totalMinor: -1 }, 'totalMinor must be at least 0'],
  [{ ...good, priority: 'yes' }, 'priority must be true or false'],
  [{ ...good, items: [{ name: 'Tea', quantity: 10_000 }] }, 'items.0.quantity must be at most 9999'],
  [{ ...good, fulfilment: 'drone' }, 'fulfilment must be one of pickup, delivery, dine_in, booking'],
  [{ ...good, dueAt: 'soon' }, 'dueAt must be a time with its zone, such as 2026-11-21T10:00:00Z'],
  [{ ...good, note: 'x'.repeat(2001) }, 'note must have at most 2000 characters'],
  [{ ...good, currency: 'lari' }, 'currency must be a three-letter ISO 4217 code, such as GEL'],
  [{ ...good, surprise: 1 }, 'surprise is not a field of this'],
])('%j: %s', (body, words) => {
  expect(say(body)[0]).toBe(words);
});

it('lists every status name', () => {
  expect(say({ status: 'zzz' }, StatusRequest)[0]).toMatch(/^status must be one of pending, .*canceled$/);
});
