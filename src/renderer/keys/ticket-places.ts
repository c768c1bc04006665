const TICKETS = '[data-testid=ticket][data-selected]';

/** The tickets that are visible or can be scrolled into view, in reading order. */
export const placesOn = (page: Document): HTMLElement[] => [...page.querySelectorAll<HTMLElement>(TICKETS)];

/**
 * The tickets by their number; the first is number 1. A ticket that has just left the page is undefined, so that its number
 * selects no other.
 *
 * @param numbered ids of the visible tickets; what is ready comes after them, then what can only be cleared
 */
export function numberedOn(page: Document, numbered: Iterable<string>): (HTMLElement | undefined)[] {
  const places = new Map(placesOn(page).map((place) => [place.dataset.orderId, place]));
  const slips = ['ready-strip', 'strip-called-off'].flatMap((mark) => [
    ...page.querySelectorAll<HTMLElement>(`[data-testid=${mark}] ${TICKETS}`),
  ]);
  return [...Array.from(numbered, (id) => places.get(id)), ...slips];
}

/** The ticket that will take this one's place when it moves on: the next of its stack or list, else the one before. */
export function nextInList(place: HTMLElement | undefined): HTMLElement | undefined {
  const list = place?.closest('[data-stack]') ?? place?.closest('ol');
  if (!place || !list) return undefined;
  const tickets = [...list.querySelectorAll<HTMLElement>(TICKETS)];
  const at = tickets.indexOf(place);
  return tickets[at + 1] ?? tickets[at - 1];
}

/** Where something is on the screen, px. */
export interface Place {
  left: number;
  right: number;
  top: number;
  bottom: number;
}
export type Direction = 'up' | 'down' | 'left' | 'right';

/** Weight of sideways distance, so that arrow keys keep to their row or column. */
const ASIDE = 4;

/**
 * The index of the nearest place in a direction, or null. Works by geometry, so it suits columns, the grid and both writing
 * directions.
 */
export function neighbour(places: readonly Place[], from: Place, direction: Direction): number | null {
  let best: { index: number; cost: number } | null = null;
  for (const [index, place] of places.entries()) {
    const cost = costTo(from, place, direction);
    if (cost !== null && (best === null || cost < best.cost)) best = { index, cost };
  }
  return best?.index ?? null;
}

function costTo(from: Place, to: Place, direction: Direction): number | null {
  // Compare tops: people look at the head of a long ticket.
  const dx = (to.left + to.right - from.left - from.right) / 2;
  const dy = to.top - from.top;
  const ahead = { up: -dy, down: dy, left: -dx, right: dx }[direction];
  if (ahead <= 1) return null;
  const aside = direction === 'up' || direction === 'down' ? Math.abs(dx) : Math.abs(dy);
  // Straight up or down means within the width of the ticket.
  if ((direction === 'up' || direction === 'down') && aside > (from.right - from.left) / 2) return null;
  return ahead + ASIDE * aside;
}
