import { expect, it } from 'vitest';
import { anOrder } from '#test/support/an-order.ts';
import { PublicOrder, publicView } from './public-order.ts';
import { STATUSES } from './status.ts';

const FIELDS =
  'id number status statusSince fulfilment table placedAt dueAt items note currency totalMinor payment reason cancellable version';

it('[section 9] shows a customer the fields of the contract and no others', () => {
  const order = anOrder({ customer: { ref: 'u-17', name: 'Nino', phone: '+995' }, acknowledgedBy: 'Kitchen' });
  const seen = publicView(order);
  expect(Object.keys(seen).sort()).toEqual(FIELDS.split(' ').sort());
  expect(Object.keys(PublicOrder.shape).sort()).toEqual(FIELDS.split(' ').sort());
  expect(Object.keys(seen.items[0] ?? {}).sort()).toEqual(['modifiers', 'name', 'note', 'quantity']);
  expect(seen.payment).toEqual({ status: order.payment.status });
  expect(PublicOrder.strict().parse(seen)).toEqual(seen);
  expect(JSON.stringify(seen)).not.toMatch(/Nino|\+995|u-17|Kitchen/);
});

it('[section 9] an order can be cancelled by its customer only while it is pending', () => {
  const cancellable = STATUSES.filter((status) => publicView(anOrder({ status })).cancellable);
  expect(cancellable).toEqual(['pending']);
});
