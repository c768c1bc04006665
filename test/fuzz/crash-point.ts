/** Thrown by every port that a killed program still uses. */
export class Killed extends Error {
  constructor(place: string) {
    super(`killed: ${place}`);
  }
}

export type CrashPoint = ReturnType<typeof createCrashPoint>;

/**
 * Kills a program at one of the points that it passes: before and after every commit, ack and reply.
 *
 * @param killed copies the disks as they are, and ends the connections
 */
export function createCrashPoint(killed: (place: string) => void) {
  let left = Number.POSITIVE_INFINITY;
  let dead = false;
  function kill(place: string): void {
    if (dead) return;
    dead = true;
    killed(place);
  }
  return {
    get dead(): boolean {
      return dead;
    },
    /** Kills after so many more points. */
    arm(places: number): void {
      left = places;
    },
    /** Throws {@link Killed} at the armed point, and in a dead program. */
    pass(place: string): void {
      if (dead) throw new Killed(place);
      if (left-- > 0) return;
      kill(place);
      throw new Killed(place);
    },
    /** Kills now, between two steps. */
    kill,
  };
}

/** Passes a crash point of the server outside its own code. Callers check afterwards whether it is dead. */
export function survive(pass: () => void): void {
  try {
    pass();
  } catch {
    // It is dead now.
  }
}
