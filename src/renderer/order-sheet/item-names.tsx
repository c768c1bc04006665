import type { Item } from '#contract/order.ts';

/** Quantities and names, for a question about these items. */
export function ItemNames({ items, className }: { items: readonly Item[]; className?: string | undefined }) {
  return (
    <ul className={className}>
      {items.map(({ id, quantity, name }) => (
        <li key={id}>
          <b className="figures">{quantity}</b> <bdi>{name}</bdi>
        </li>
      ))}
    </ul>
  );
}
