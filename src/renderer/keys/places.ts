/** The tickets that hang in sight or in a list that can be scrolled there, in reading order: the first is number 1. */
export const placesOn = (page: Document): HTMLElement[] => [
  ...page.querySelectorAll<HTMLElement>('[data-testid=ticket][data-selected]'),
];

/** The ticket that will take this one's place when it moves on: the next of its list, else the one before. */
export function nextInList(place: HTMLElement | undefined): HTMLElement | undefined {
  const peg = place?.closest('li');
  const next = peg?.nextElementSibling ?? peg?.previousElementSibling;
  return next?.querySelector<HTMLElement>('[data-testid=ticket][data-selected]') ?? undefined;
}
