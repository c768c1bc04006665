/** A part of a ticket in another column than its head; px from the start of the first page. */
export interface Part {
  id: string;
  /** The order's displayed number. */
  number: string;
  left: number;
  top: number;
  width: number;
}

/** Where the tickets of a flow are. */
export interface FlowLayout {
  /** The number of pages, at least 1. */
  pages: number;
  /** The page of each ticket's head, from 0, by order id; in reading order. */
  pageOf: ReadonlyMap<string, number>;
  parts: readonly Part[];
}

/** Measures the tickets of a flow, whose pages lie side by side. */
export function layoutOf(flow: HTMLElement): FlowLayout {
  const { left: from, top: above, right: to } = flow.getBoundingClientRect();
  const width = Math.max(1, flow.clientWidth);
  const isReversed = getComputedStyle(flow).direction === 'rtl';
  const pageOf = new Map<string, number>();
  const parts: Part[] = [];
  for (const ticket of flow.querySelectorAll<HTMLElement>('[data-order-id]')) {
    const id = ticket.dataset.orderId ?? '';
    const [head, ...rest] = ticket.getClientRects();
    if (!head) continue;
    const start = isReversed ? to - head.right - flow.scrollLeft : head.left - from + flow.scrollLeft;
    pageOf.set(id, Math.max(0, Math.floor((start + 1) / width)));
    for (const rect of rest)
      parts.push({
        id,
        number: ticket.dataset.number ?? '',
        left: rect.left - from + flow.scrollLeft,
        top: rect.top - above,
        width: rect.width,
      });
  }
  return { pages: Math.max(1, Math.ceil((flow.scrollWidth - 1) / width)), pageOf, parts };
}

export const isSameLayout = (a: FlowLayout, b: FlowLayout): boolean =>
  JSON.stringify(plain(a)) === JSON.stringify(plain(b));
const plain = ({ pages, pageOf, parts }: FlowLayout) => [pages, [...pageOf], parts];
