import type { Random } from '#test/support/random.ts';

/** `silent` loses everything without an error; `mute` only messages to the server, `deaf` only messages from it. */
export type Cable = 'whole' | 'cut' | 'silent' | 'mute' | 'deaf';

export type Conditions = ReturnType<typeof createConditions>;

/** The state of the network between one display and the server. */
export function createConditions(random: Random) {
  let holes = 0;
  let lostAnswers = 0;
  const conditions = {
    cable: 'whole' as Cable,
    websockets: true,
    /** The most extra latency, ms. */
    slow: 0,
    /** ms */
    latency: (): number => random.int(1, 20) + (conditions.slow > 0 ? random.int(0, conditions.slow) : 0),
    goesUp: (): boolean => conditions.cable === 'whole' || conditions.cable === 'deaf',
    comesDown: (): boolean => conditions.cable === 'whole' || conditions.cable === 'mute',
    /** Loses the next messages to the display on a live connection. */
    loseMessages(messages: number): void {
      holes = messages;
    },
    /** Whether this message gets lost. */
    losesMessage: (): boolean => holes-- > 0,
    /** Loses the next answers to commands. */
    loseAnswers(answers: number): void {
      lostAnswers = answers;
    },
    losesAnswer(): boolean {
      if (lostAnswers === 0) return false;
      lostAnswers--;
      return true;
    },
  };
  return conditions;
}
