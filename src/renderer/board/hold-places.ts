/** A ticket in its place; `isGone`: it has left, and its place stays empty until the next list that is not held. */
export interface Held<T> {
  ticket: T;
  isGone: boolean;
}

/**
 * Keeps tickets where they are while somebody touches the screen: one that leaves leaves an empty place, new ones go to the end,
 * and no two change places. The next list that is not held is as given: the oldest first, without gaps.
 *
 * @param idOf what identifies a ticket from list to list
 */
export function createHoldPlaces<T>(idOf: (ticket: T) => string) {
  let last: readonly Held<T>[] = [];

  return (tickets: readonly T[], isHeld: boolean): readonly Held<T>[] => {
    const now = new Map(tickets.map((ticket) => [idOf(ticket), ticket]));
    const stayed = (isHeld ? last : []).map(({ ticket }) => {
      const present = now.get(idOf(ticket));
      return present === undefined ? { ticket, isGone: true } : { ticket: present, isGone: false };
    });
    const known = new Set(stayed.map(({ ticket }) => idOf(ticket)));
    const added = tickets.filter((ticket) => !known.has(idOf(ticket)));
    last = [...stayed, ...added.map((ticket) => ({ ticket, isGone: false }))];
    return last;
  };
}
