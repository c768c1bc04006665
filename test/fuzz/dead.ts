/** What a program that has been killed gets from everything it still touches; it was no longer there to see it. */
export class Dead extends Error {
  constructor(place: string) {
    super(`killed: ${place}`);
  }
}

/**
 * The places where a program can be killed: before and after every commit, ack and reply. Each place that is passed
 * burns the fuse by one, and at its end the program is killed right there.
 */
export interface Fuse {
  /** Kills at the place that comes after so many others. */
  light(places: number): void;
  /** Throws {@link Dead} where the fuse ends, and in a program that is dead already. */
  pass(place: string): void;
  /** Kills now, between two steps. */
  kill(place: string): void;
  readonly dead: boolean;
}

/** @param killed what happens around a program that ends here: disks are copied as they are, cables fall silent */
export function createFuse(killed: (place: string) => void): Fuse {
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
    light(places) {
      left = places;
    },
    pass(place) {
      if (dead) throw new Dead(place);
      if (left-- > 0) return;
      kill(place);
      throw new Dead(place);
    },
    kill,
  };
}
