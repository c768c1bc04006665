/** How long after a release heights are fixed again, ms: not while the change is being painted. */
const FIX_AFTER_MS = 500;

/** The heights of the tickets of a flow. */
export interface FixedHeights {
  /** Releases those whose place may change because others flow now: from the first that is not where it was. */
  follow(flow: HTMLElement): void;
  /** Gives tickets their natural height again, from the one with this index on: those after it may move. */
  release(flow: HTMLElement, from: number): void;
  stop(): void;
}

/**
 * Fixes the heights of tickets that are whole in one column. A change inside a ticket otherwise lays out all columns, because
 * any ticket may have to break elsewhere; one with a fixed height is laid out alone (`contain`, ticket-slot.module.css).
 * Whoever uses this observes the contents, and releases what grows or shrinks.
 */
export function createFixedHeights(): FixedHeights {
  let known: readonly Element[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function fix(flow: HTMLElement): void {
    timer = undefined;
    const slots = slotsOf(flow);
    const places = slots.map(placeOf).join();
    const whole = slots.flatMap((slot) => {
      const [part, ...others] = slot.dataset.fixed ? [] : slot.getClientRects();
      return part && others.length === 0 ? [{ slot, height: part.height }] : [];
    });
    for (const { slot, height } of whole) {
      slot.style.height = `${height}px`;
      slot.dataset.fixed = 'true';
    }
    // A height that was rounded up may not fit into its column any more.
    if (slots.map(placeOf).join() !== places) for (const { slot } of whole) free(slot);
  }

  function release(flow: HTMLElement, from: number): void {
    for (const slot of slotsOf(flow).slice(from)) free(slot);
    timer ??= setTimeout(() => fix(flow), FIX_AFTER_MS);
  }

  return {
    follow(flow) {
      const slots = slotsOf(flow);
      const moved = slots.findIndex((slot, i) => slot !== known[i]);
      known = slots;
      if (moved >= 0) release(flow, moved);
    },
    release,
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

const slotsOf = (flow: HTMLElement): HTMLElement[] => [...flow.querySelectorAll<HTMLElement>(':scope > li')];

function free(slot: HTMLElement): void {
  slot.style.height = '';
  delete slot.dataset.fixed;
}

function placeOf(slot: HTMLElement): string {
  const { left, top } = slot.getBoundingClientRect();
  return `${Math.round(left)} ${Math.round(top)}`;
}
