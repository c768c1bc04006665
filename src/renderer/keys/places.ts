const TICKETS = '[data-testid=ticket][data-selected]';

/** The tickets that hang in sight or in a list that can be scrolled there, in reading order: the first is number 1. */
export const placesOn = (page: Document): HTMLElement[] => [...page.querySelectorAll<HTMLElement>(TICKETS)];

/** The ticket that will take this one's place when it moves on: the next of its stack or list, else the one before. */
export function nextInList(place: HTMLElement | undefined): HTMLElement | undefined {
  const list = place?.closest('[data-stack]') ?? place?.closest('ol');
  if (!place || !list) return undefined;
  const tickets = [...list.querySelectorAll<HTMLElement>(TICKETS)];
  const at = tickets.indexOf(place);
  return tickets[at + 1] ?? tickets[at - 1];
}
