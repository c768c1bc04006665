import { expect, it } from 'vitest';
import { publicView } from '#contract/public-order.ts';
import { anOrder } from '#test/support/an-order.ts';
import { renderMy, renderTrack } from './render-customer.ts';

const STORE = { name: 'Café <Tbilisi>', currency: 'GEL', timeZone: 'Asia/Tbilisi' };
const NOW = Date.parse('2026-11-21T15:52:00.000Z');
const track = (change: Parameters<typeof anOrder>[0], language: 'en' | 'ru' = 'en') =>
  renderTrack(language, { store: STORE, order: publicView(anOrder(change)), steps: [], now: NOW });

it('[section 9] the server draws the whole order, in the time of the store', () => {
  const { body, title } = track({
    number: '117',
    status: 'preparing',
    fulfilment: 'pickup',
    statusSince: '2026-11-21T15:40:00.000Z',
    dueAt: '2026-11-21T16:05:00.000Z',
  });
  expect(title).toBe('Being prepared · Order 117');
  expect(body).toContain('data-testid="track-step" data-step="preparing" data-reached="true"');
  expect(body).toContain('data-testid="track-step" data-step="ready" data-reached="false"');
  expect(body).toContain('>19:40</time>');
  expect(body).toContain('Expected at 20:05');
  expect(body).toMatch(/data-testid="link" data-state="unknown">.*As of 19:52/);
});

it('the day of a booking is named when it is not today', () => {
  const { body } = track({ fulfilment: 'booking', status: 'preparing', dueAt: '2026-11-22T16:00:00.000Z' });
  expect(body).toContain('Booking confirmed');
  expect(body).toMatch(/For (22 Nov|Nov 22) 20:00/);
});

it('[section 9] a name is text and never markup', () => {
  const { body } = track({
    number: '<b>',
    note: '"><script>alert(1)</script>',
    items: [{ ...(anOrder().items[0] as never as object), name: '<img src=x onerror=alert(1)>' } as never],
  });
  expect(body).toContain('Café &lt;Tbilisi>');
  expect(body).not.toMatch(/<script|<img|<b>/);
});

it('an order that was called off says by whom and why', () => {
  expect(track({ status: 'rejected', reason: 'no fish' }).body).toMatch(/The shop says: <bdi>no fish<\/bdi>/);
  const own = track({ status: 'cancelled', reason: 'customer: no reason given' }).body;
  expect(own).toContain('You cancelled it.');
  expect(own).not.toContain('no reason given');
});

it('nothing is to be paid for an order that was called off before it was paid', () => {
  expect(track({ status: 'preparing' }).body).toContain('To be paid');
  expect(track({ status: 'cancelled' }).body).toContain('Nothing to pay');
  const paid = track({ status: 'rejected', payment: { status: 'paid', method: 'card' } }).body;
  expect(paid).toContain('>Paid<');
  expect(paid).not.toContain('Nothing to pay');
});

it('without script it says that it does not update itself', () => {
  expect(track({}).body).toMatch(/<noscript>.*does not update itself.*<a href/);
  expect(renderMy('en', NOW).body).toMatch(/<noscript>.*needs JavaScript/);
});
