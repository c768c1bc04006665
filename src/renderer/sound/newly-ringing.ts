/** More at once than this nobody keeps in mind; the screen has them all. */
const MOST = 3;

/**
 * Of the orders that ring, which have begun to since it was last asked: those a voice calls out. None the first time (a
 * page that is loaded), and none of a burst.
 */
export function newlyRinging(): (ringing: readonly string[]) => string[] {
  let known: ReadonlySet<string> | null = null;
  return (ringing) => {
    const fresh = known ? ringing.filter((id) => !known?.has(id)) : [];
    known = new Set(ringing);
    return fresh.length > MOST ? [] : fresh;
  };
}
