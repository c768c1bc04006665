import type { Hint, Hints } from '../hints/hints.ts';

/** What happens to each hint on its way to each listener. `held`: it comes after the next one. */
export type HintFate = 'passed' | 'dropped' | 'held' | 'doubled' | 'falsified';

/**
 * Hints between several services that share a database, as a network might carry them.
 *
 * @param fateOf asked for each hint and listener
 */
export function createHintBus(fateOf: () => HintFate, falsify: (hint: Hint) => Hint = (hint) => hint): Hints {
  const listeners = new Map<(hint: Hint) => void, Hint[]>();
  return {
    say(hint) {
      for (const [listener, held] of listeners) {
        const late = held.splice(0);
        const fate = fateOf();
        if (fate === 'held') held.push(hint);
        else if (fate === 'falsified') listener(falsify(hint));
        else if (fate !== 'dropped') listener(hint);
        if (fate === 'doubled') listener(hint);
        for (const one of late) listener(one);
      }
    },
    onHint(listener) {
      listeners.set(listener, []);
      return () => void listeners.delete(listener);
    },
  };
}
