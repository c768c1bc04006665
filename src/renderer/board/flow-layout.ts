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

/** Measures the tickets of a flow, whose pages lie side by side beyond its own width. */
export function layoutOf(flow: HTMLElement): FlowLayout {
  const { left: from, top: above, right: to } = flow.getBoundingClientRect();
  const width = Math.max(1, flow.clientWidth);
  const isReversed = getComputedStyle(flow).direction === 'rtl';
  const pageAt = ({ left, right }: DOMRect): number =>
    Math.max(0, Math.floor(((isReversed ? to - right : left - from) + 1) / width));
  const pageOf = new Map<string, number>();
  const parts: Part[] = [];
  let last = 0;
  for (const ticket of flow.querySelectorAll<HTMLElement>(':scope > li > article')) {
    const { orderId: id, number = '' } = ticket.dataset;
    // One of fixed height is whole, and the browser may have skipped its contents.
    const slot = ticket.parentElement;
    const [head, ...rest] = (slot?.dataset.fixed ? slot : ticket).getClientRects();
    if (!head) continue;
    last = Math.max(last, pageAt(rest.at(-1) ?? head));
    if (id === undefined) continue;
    pageOf.set(id, pageAt(head));
    for (const { left, top, width } of rest) parts.push({ id, number, left: left - from, top: top - above, width });
  }
  return { pages: last + 1, pageOf, parts };
}

export const isSameLayout = (a: FlowLayout, b: FlowLayout): boolean =>
  JSON.stringify(plain(a)) === JSON.stringify(plain(b));
const plain = ({ pages, pageOf, parts }: FlowLayout) => [pages, [...pageOf], parts];
