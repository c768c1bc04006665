import type { Order } from '#contract/order.ts';
import { type FakeService, ordersOf } from '#server/sources/testing/fake-service.ts';
import type { Placed } from './shop-load.ts';

/** What is wrong between a service and the server, once all is quiet; [] when nothing is. */
export function judge(fake: FakeService, placed: Iterable<Placed>, orders: readonly Order[]): string[] {
  const wrong: string[] = [];
  const known = new Set<string>();
  for (const { order, by, note, isCancelled, isDraft } of placed) {
    const found = ordersOf(orders, fake, order);
    for (const { id } of found) known.add(id);
    if (found.length !== (isDraft ? 0 : 1))
      wrong.push(`${order}: ${found.length} orders${isDraft ? ' of a draft' : ''}`);
    const [ours] = found;
    if (!ours) continue;
    const status = by === 'kitchen' ? 'completed' : isCancelled ? 'cancelled' : 'pending';
    if (ours.status !== status) wrong.push(`${order}: ${ours.status} and not ${status}`);
    if (note !== null && !ours.note?.includes(note))
      wrong.push(`${order}: its note is “${ours.note}” and not “${note}”`);
    const said = fake.said(order);
    if (by === 'shop' && said.length > 0) wrong.push(`${order}: was said ${said.join()}, though nobody touched it`);
    const times = said.filter((word) => word === fake.completed).length;
    if (by === 'kitchen' && fake.completed !== null && times !== 1)
      wrong.push(`${order}: completed was said ${times} times`);
  }
  for (const { id, externalId } of orders) if (!known.has(id)) wrong.push(`${externalId}: nobody ordered it`);
  return wrong;
}
