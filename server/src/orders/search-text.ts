import type { Order } from '#contract/order.ts';

/** What `q` looks in: number, external id, customer name and phone, item names (contract, section 5), one to a line. */
export function searchText(order: Order): string {
  const { number, externalId, customer, items } = order;
  const phone = customer?.phone ?? null;
  const parts = [number, externalId, customer?.name, phone, phone?.replace(/\D/g, ''), ...items.map((i) => i.name)];
  return foldText(parts.filter(Boolean).join('\n'));
}

/** Letters of one kind, so that `НИНО` finds `Нино` and full-width digits are digits. Folded here: databases differ. */
export const foldText = (text: string): string => text.normalize('NFKC').toLowerCase();
