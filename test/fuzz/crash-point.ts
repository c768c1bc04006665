/** Thrown by everything that a killed program still touches. */
export class Killed extends Error {
  constructor(place: string) {
    super(`killed: ${place}`);
  }
}

/** Kills a program at one of the places that it passes: before and after every commit, ack and reply. */
export interface CrashPoint {
  /** Kills at the place that comes after so many others. */
  arm(places: number): void;
  /** Throws {@link Killed} at the armed place, and in a program that is dead already. */
  pass(place: string): void;
  /** Kills now, between two steps. */
  kill(place: string): void;
  readonly dead: boolean;
}

/** @param killed what happens around a program that ends here: disks are copied as they are, cables fall silent */
export function createCrashPoint(killed: (place: string) => void): CrashPoint {
  let left = Number.POSITIVE_INFINITY;
  let dead = false;
  function kill(place: string): void {
    if (dead) return;
    dead = true;
    killed(place);
  }
  return {
    get dead() {
      return dead;
    },
    arm(places) {
      left = places;
    },
    pass(place) {
      if (dead) throw new Killed(place);
      if (left-- > 0) return;
      kill(place);
      throw new Killed(place);
    },
    kill,
  };
}
