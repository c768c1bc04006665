import type { Board, Bridge, Ticket } from '#contract/bridge.ts';
import type { Link, LinkCause, LinkState } from '#contract/link.ts';

/** How often the display is asked what it says, besides hearing its pushes; ms. */
const ASK_EVERY_MS = 250;

/** Something the server has acknowledged: from then on it is true, whoever knows it. Times are `performance.now()`. */
export interface Fact {
  at: number;
  orderId: string;
  version: number;
}

/** The display said `live`, and this is what its board held when asked right afterwards. */
export interface Claim {
  at: number;
  versions: Map<string, number>;
}

export interface Said {
  at: number;
  state: LinkState;
  /** Why it is not better, as the screen names it. */
  cause: LinkCause | null;
}

/** Watches one display through its bridge, as a page does, and writes down what it says and when. */
export interface Witness {
  /** Changes of the link's state and of its cause, first to last. */
  states(): Said[];
  state(): LinkState | null;
  claims(): Claim[];
  /** Orders that a patch took off the board. */
  removed(): string[];
  /** The board as a page holds it, by patches. */
  tickets(): Map<string, Ticket>;
  /** The longest that this very process was late or the display's program took to answer, ms: the machine, not the link. */
  slack(): number;
  /** Whatever broke the rules of the bridge itself. */
  faults(): string[];
  stop(): void;
}

export function createWitness(bridge: Bridge): Witness {
  const states: Said[] = [];
  const claims: Claim[] = [];
  const removed: string[] = [];
  const faults: string[] = [];
  let board: { n: number; tickets: Map<string, Ticket> } | null = null;
  let slack = 0;
  let stopped = false;

  async function hear({ state, cause }: Link): Promise<void> {
    const at = performance.now();
    const before = states.at(-1);
    if (state !== before?.state || cause !== before.cause) states.push({ at, state, cause });
    if (state !== 'live') return;
    const seen = await readBoard();
    if (seen) claims.push({ at, versions: new Map(seen.tickets.map(({ order }) => [order.id, order.version])) });
  }

  async function readBoard(): Promise<Board | null> {
    const answer = await bridge.call('getBoard', null);
    if (!answer.ok) return null;
    const { tickets } = answer.value;
    if (new Set(tickets.map(({ order }) => order.id)).size !== tickets.length)
      faults.push('an order is on the board twice');
    return answer.value;
  }

  async function takeWhole(): Promise<void> {
    const whole = await readBoard();
    if (whole && whole.n >= (board?.n ?? -1))
      board = { n: whole.n, tickets: new Map(whole.tickets.map((ticket) => [ticket.order.id, ticket])) };
  }

  const undo = [
    bridge.on('status', ({ link }) => void hear(link)),
    bridge.on('board', ({ n, upserts, removes }) => {
      if (!board || n <= board.n) return;
      if (n !== board.n + 1) return void takeWhole();
      board.n = n;
      for (const ticket of upserts) board.tickets.set(ticket.order.id, ticket);
      for (const id of removes) board.tickets.delete(id);
      removed.push(...removes);
    }),
  ];
  void takeWhole();

  void (async () => {
    while (!stopped) {
      const due = performance.now() + ASK_EVERY_MS;
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
      const asked = performance.now();
      const answer = await bridge.call('getStatus', null);
      slack = Math.max(slack, asked - due, performance.now() - asked);
      if (answer.ok && !stopped) await hear(answer.value.link);
    }
  })();

  return {
    states: () => states,
    state: () => states.at(-1)?.state ?? null,
    claims: () => claims,
    removed: () => removed,
    tickets: () => board?.tickets ?? new Map(),
    slack: () => slack,
    faults: () => faults,
    stop: () => {
      stopped = true;
      for (const f of undo) f();
    },
  };
}
