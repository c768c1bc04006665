/** The sender gives an answer this long, ms; then it may send again though the old one is still on its way. */
const ANSWER_MS = 10_000;

/** Rule C3 as the wire sees it: one batch in flight, and after `expected` the display goes back to that number. */
export function watchCommands(options: {
  now(): number;
  fault(words: string): void;
  /** Whether the display can make use of an answer given in this epoch just now. */
  heeds(epoch: unknown): boolean;
}) {
  const { now, fault, heeds } = options;
  const open = new Map<object, number>();
  let expected: number | null = null;

  return {
    sent(commands: { n: number }[]): (answer: unknown | null) => void {
      const batch = {};
      const [first] = commands;
      for (const since of open.values())
        if (now() - since < ANSWER_MS) fault('[C3] sends a batch while another is in flight');
      if (expected !== null && first && first.n > expected)
        fault(`[C3] sends from ${first.n}, ${expected} was expected`);
      expected = null;
      open.set(batch, now());
      return (answer) => {
        const since = open.get(batch);
        if (!open.delete(batch) || since === undefined || now() - since >= ANSWER_MS) return;
        const { expected: n, epoch } = (answer ?? {}) as { expected?: number; epoch?: unknown };
        if (n !== undefined && n < (first?.n ?? 0) && heeds(epoch)) expected = n;
      };
    },
    /** The program is gone; it knows nothing of what was in flight. */
    forget(): void {
      open.clear();
      expected = null;
    },
  };
}
