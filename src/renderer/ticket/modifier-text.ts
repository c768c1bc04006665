import type { Item } from '#contract/order.ts';

export const modifierText = ({ name, quantity }: Item['modifiers'][number]): string =>
  quantity > 1 ? `${quantity} × ${name}` : name;
