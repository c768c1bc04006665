import type { Item } from '#contract/order.ts';

export const modifierText = ({ name, quantity }: Pick<Item, 'name' | 'quantity'>): string =>
  quantity > 1 ? `${quantity} × ${name}` : name;
