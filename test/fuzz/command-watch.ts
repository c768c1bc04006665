/** The sender's time limit, ms; afterwards it may send again while an old answer is still in transit. */
const ANSWER_MS = 10_000;

/** Rule C3 on the wire: one batch in flight, and no batch after `expected` until the ledger is checked. */
export function watchCommands(options: {
  now(): number;
  fault(words: string): void;
  /** Whether the display can act on it: its disk works, and the answer is of its epoch. */
  accepts(epoch: unknown): boolean;
  /** Whether the display has an answer to this command. */
  isAnswered(commandId: string): boolean;
}) {
  const { now, fault, accepts, isAnswered } = options;
  const open = new Map<object, number>();
  let expectedId: string | null = null;

  return {
    sent(): (answer: unknown | null) => void {
      const batch = {};
      for (const since of open.values())
        if (now() - since < ANSWER_MS) fault('[C3] sends a batch while another is in flight');
      if (expectedId !== null && isAnswered(expectedId)) fault(`[C3] sends on, though ${expectedId} was expected`);
      // A pending check may have found it meanwhile: then it is unanswered, and this batch contains it.
      expectedId = null;
      open.set(batch, now());
      return (answer) => {
        const since = open.get(batch);
        if (!open.delete(batch) || since === undefined || now() - since >= ANSWER_MS) return;
        const { expected = null, epoch } = (answer ?? {}) as { expected?: string; epoch?: unknown };
        if (expected !== null && accepts(epoch)) expectedId = expected;
      };
    },
    /** The display checks the ledger. */
    asked(): void {
      expectedId = null;
    },
    /** The program ended and forgot its batches in flight. */
    forget(): void {
      open.clear();
      expectedId = null;
    },
  };
}
