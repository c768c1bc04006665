import { describe, expect, it } from 'vitest';
import type { CallOutput } from '#contract/bridge.ts';
import { NO_FILTER, type OrderFilter } from '#contract/order-filter.ts';
import type { Source } from '#contract/search.ts';
import { sha256 } from '#test/support/sha256.ts';
import { createTestHarness } from '../testing/test-harness.ts';

async function openHarness() {
  const harness = createTestHarness({ sha256 });
  const one = harness.openDisplay('t');
  await one.start();
  await harness.pass(1_000);
  /** The answer of a call; time passes meanwhile. */
  async function call<T>(name: string, input: unknown): Promise<T> {
    const answer = one.display.call(name, input);
    await harness.pass(11_000);
    const result = await answer;
    return (result.ok ? result.value : result.error.code) as T;
  }
  const search = (from: Source, q: string, filter: Partial<OrderFilter> = {}, before: string | null = null) =>
    call<CallOutput<'searchOrders'>>('searchOrders', { from, q, filter: { ...NO_FILTER, ...filter }, before });
  const story = (from: Source, orderId: string) =>
    call<CallOutput<'getOrderStory'>>('getOrderStory', { from, orderId });
  return { ...harness, harness, one, call, search, story };
}
const ids = ({ tickets }: CallOutput<'searchOrders'>): string[] => tickets.map(({ order }) => order.id);

describe('a search', () => {
  it.each(['copy', 'server'] as const)('of the %s finds by text and filter, newest first', async (from) => {
    const { server, search, pass } = await openHarness();
    server.place({ id: 'a', number: '7', fulfilment: 'delivery', createdAt: '2026-11-21T09:00:00.000Z' });
    server.place({ id: 'b', number: '7', createdAt: '2026-11-21T09:30:00.000Z', note: 'ring' });
    server.place({ id: 'c', number: '8', createdAt: '2026-11-21T09:10:00.000Z' });
    await pass(100);
    expect(ids(await search(from, ' 7 '))).toEqual(['b', 'a']);
    expect(ids(await search(from, ''))).toEqual(['b', 'c', 'a']);
    expect(ids(await search(from, '', { fulfilments: ['delivery'] }))).toEqual(['a']);
    expect(ids(await search(from, '7', { note: true }))).toEqual(['b']);
    expect(ids(await search(from, '', { statuses: ['ready'] }))).toEqual([]);
    expect((await search(from, '')).days).toBe(from === 'copy' ? 8 : null);
  });

  it.each(['copy', 'server'] as const)(
    'of the %s pages through everything, each once, with a filter too',
    async (from) => {
      const { server, search, pass } = await openHarness();
      for (let i = 0; i < 700; i++)
        server.place({
          id: `o${1000 + i}`,
          createdAt: new Date(1.79e12 + i).toISOString(),
          ...(i % 70 === 0 && { note: 'x' }),
        });
      await pass(2_000);
      for (const [filter, wanted] of [
        [{}, 700],
        [{ note: true }, 10],
      ] as const) {
        const found: string[] = [];
        let before: string | null = null;
        do {
          const page: CallOutput<'searchOrders'> = await search(from, '', filter, before);
          found.push(...ids(page));
          before = page.nextBefore;
        } while (before !== null);
        expect(found).toHaveLength(wanted);
        expect(new Set(found).size).toBe(wanted);
      }
    },
  );

  it('[S5] applies the taps of this display to orders found in the copy and on the server', async () => {
    const { server, one, call, search, pass } = await openHarness();
    const id = server.place();
    await pass(100);
    one.network.setCable('cut');
    await call('command', {
      orderId: id,
      intent: { type: 'set_status', payload: { from: 'pending', to: 'preparing' } },
    });
    expect((await search('copy', '')).tickets[0]).toMatchObject({ pending: true, order: { status: 'preparing' } });
    expect(ids(await search('copy', '', { statuses: ['preparing'] }))).toEqual([id]);
  });

  it('on the server is unavailable without a network', async () => {
    const { one, search, story } = await openHarness();
    one.network.setCable('cut');
    expect(await search('server', '')).toBe('unavailable');
    expect(await story('server', 'a')).toBe('unavailable');
  });
});

describe('the story of an order', () => {
  it('is complete from the server, and what this display recorded from its copy', async () => {
    const { server, story, pass } = await openHarness();
    const id = server.place({ source: 'web' });
    server.change(id, { priority: true });
    server.change(id, { status: 'preparing' }, 'order_status_changed');
    await pass(100);
    const whole = await story('server', id);
    expect(whole.story.since).toBeNull();
    expect(whole.story.events.map(({ facts }) => facts)).toEqual([
      [{ what: 'placed', source: 'web', status: 'pending' }],
      [{ what: 'priority', on: true }],
      [{ what: 'status', from: 'pending', to: 'preparing' }],
    ]);
    const here = await story('copy', id);
    expect(here.story.since).not.toBeNull();
    expect(here.story.events.map(({ facts }) => facts[0]?.what)).toEqual(['placed', 'changed', 'status']);
    expect(here.ticket?.order.status).toBe('preparing');
  });

  it('includes unanswered and refused taps of this display', async () => {
    const { server, one, call, story, pass } = await openHarness();
    const id = server.place();
    await pass(100);
    one.network.setCable('cut');
    await call('command', {
      orderId: id,
      intent: { type: 'set_status', payload: { from: 'pending', to: 'preparing' } },
    });
    expect((await story('copy', id)).story.waiting).toMatchObject([{ orderId: id, intent: 'set_status' }]);
    server.cancel(id);
    one.network.setCable('whole');
    await pass(60_000);
    const { story: told } = await story('server', id);
    expect(told.waiting).toEqual([]);
    expect(told.refused.map(({ kind }) => kind)).toContain('answer');
  });

  it('has no ticket for a deleted order, and no events for an unknown one', async () => {
    const { server, story, pass } = await openHarness();
    const id = server.place();
    server.remove(id);
    await pass(100);
    const { ticket, story: told } = await story('server', id);
    expect(ticket).toBeNull();
    expect(told.events.at(-1)?.facts).toEqual([{ what: 'deleted' }]);
    expect(await story('server', 'nobody')).toMatchObject({ ticket: null, story: { events: [], since: null } });
    expect((await story('copy', 'nobody')).ticket).toBeNull();
  });
});
