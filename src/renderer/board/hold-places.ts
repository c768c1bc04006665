/** A ticket in its place; `isGone`: it has left, and its place stays empty until the next list that is not held. */
export interface Held<T> {
  /** Another one once a ticket has come back to its empty place, of which nothing is to be reused. */
  key: string;
  ticket: T;
  isGone: boolean;
}

/**
 * Keeps tickets where they are while somebody touches the screen: one that leaves leaves an empty place, new ones go to the end,
 * and no two change places. The next list that is not held, or that a person chose, is as given: the oldest first, without gaps.
 *
 * @param idOf what identifies a ticket from list to list
 */
export function createHoldPlaces<T>(idOf: (ticket: T) => string) {
  let last: readonly Held<T>[] = [];
  /** How often those in the list have come back. */
  let returns: ReadonlyMap<string, number> = new Map();
  let chosen: unknown;

  /** @param choice what the list is of, such as a station; another one is another list, in which nothing is held */
  return (tickets: readonly T[], isTouched: boolean, choice?: unknown): readonly Held<T>[] => {
    const isHeld = isTouched && choice === chosen;
    chosen = choice;
    const now = new Map(tickets.map((ticket) => [idOf(ticket), ticket]));
    const back = last.flatMap(({ ticket, isGone }) => (isGone && now.has(idOf(ticket)) ? [idOf(ticket)] : []));
    returns = new Map([...returns, ...back.map((id) => [id, (returns.get(id) ?? 0) + 1] as const)]);
    const held = (ticket: T, isGone: boolean): Held<T> => {
      const id = idOf(ticket);
      return { key: `${id} ${returns.get(id) ?? 0}`, ticket, isGone };
    };
    const stayed = (isHeld ? last : []).map(({ ticket }) => {
      const present = now.get(idOf(ticket));
      return present === undefined ? held(ticket, true) : held(present, false);
    });
    const known = new Set(stayed.map(({ ticket }) => idOf(ticket)));
    last = [...stayed, ...tickets.filter((ticket) => !known.has(idOf(ticket))).map((ticket) => held(ticket, false))];
    if (!isHeld) returns = new Map([...returns].filter(([id]) => now.has(id)));
    return last;
  };
}
