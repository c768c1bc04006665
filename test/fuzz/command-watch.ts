/** The sender waits so long for an answer, ms; then it may send again though the old one is still on its way. */
const ANSWER_MS = 10_000;

/** Rule C3 as the wire sees it: one batch in flight, and nothing is sent past an answer that `expected` has put in doubt. */
export function watchCommands(options: {
  now(): number;
  fault(words: string): void;
  /** Whether the display could look into it by now: its disk works, and it can make use of an answer in this epoch. */
  heeds(epoch: unknown): boolean;
  /** Whether the display still holds this command to be answered. */
  isAnswered(commandId: string): boolean;
}) {
  const { now, fault, heeds, isAnswered } = options;
  const open = new Map<object, number>();
  let doubted: string | null = null;

  return {
    sent(): (answer: unknown | null) => void {
      const batch = {};
      for (const since of open.values())
        if (now() - since < ANSWER_MS) fault('[C3] sends a batch while another is in flight');
      if (doubted !== null && isAnswered(doubted)) fault(`[C3] sends on, though ${doubted} was expected`);
      open.set(batch, now());
      return (answer) => {
        const since = open.get(batch);
        if (!open.delete(batch) || since === undefined || now() - since >= ANSWER_MS) return;
        const { expected = null, epoch } = (answer ?? {}) as { expected?: string; epoch?: unknown };
        if (expected !== null && heeds(epoch)) doubted = expected;
      };
    },
    /** It asks which answers are known. */
    asked(): void {
      doubted = null;
    },
    /** The program is gone; it knows nothing of what was in flight. */
    forget(): void {
      open.clear();
      doubted = null;
    },
  };
}
