import { setTimeout as sleep } from 'node:timers/promises';
import type { Bridge } from '#contract/bridge.ts';
import type { Link, LinkCause, LinkState } from '#contract/link.ts';
import type { Board, Ticket } from '#contract/ticket.ts';

/** How often the observer polls the status, besides the pushes; ms. */
const ASK_EVERY_MS = 250;

/** A change that the server has acknowledged. Times are `performance.now()`. */
export interface Fact {
  at: number;
  orderId: string;
  version: number;
}

/** A claim of `live`; `versions` is the display's board right afterwards. */
export interface Claim {
  at: number;
  versions: Map<string, number>;
}

export interface ReportedState {
  at: number;
  state: LinkState;
  /** The cause that the screen shows. */
  cause: LinkCause | null;
}

/** Observes a display through its bridge, as a page does, and records what it reports and when. */
export interface Observer {
  /** Changes of the link's state and cause, oldest first. */
  states(): ReportedState[];
  state(): LinkState | null;
  claims(): Claim[];
  /** Orders that a patch removed from the board. */
  removed(): string[];
  /** The board as a page builds it from patches. */
  tickets(): Map<string, Ticket>;
  /** The longest delay of this process or of the display's answers, ms; caused by the machine, not the link. */
  slack(): number;
  /** Violations of the bridge's own rules. */
  faults(): string[];
  stop(): void;
}

export function createObserver(bridge: Bridge): Observer {
  const states: ReportedState[] = [];
  const claims: Claim[] = [];
  const removed: string[] = [];
  const faults: string[] = [];
  let board: { n: number; tickets: Map<string, Ticket> } | null = null;
  let slack = 0;
  let stopped = false;

  async function record({ state, cause }: Link): Promise<void> {
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

  async function reload(): Promise<void> {
    const whole = await readBoard();
    if (whole && whole.n >= (board?.n ?? -1))
      board = { n: whole.n, tickets: new Map(whole.tickets.map((ticket) => [ticket.order.id, ticket])) };
  }

  const undo = [
    bridge.on('status', ({ link }) => void record(link)),
    bridge.on('board', ({ n, upserts, removes }) => {
      if (!board || n <= board.n) return;
      if (n !== board.n + 1) return void reload();
      board.n = n;
      for (const ticket of upserts) board.tickets.set(ticket.order.id, ticket);
      for (const id of removes) board.tickets.delete(id);
      removed.push(...removes);
    }),
  ];
  void reload();

  void (async () => {
    while (!stopped) {
      const due = performance.now() + ASK_EVERY_MS;
      await sleep(ASK_EVERY_MS);
      const asked = performance.now();
      const answer = await bridge.call('getStatus', null);
      slack = Math.max(slack, asked - due, performance.now() - asked);
      if (answer.ok && !stopped) await record(answer.value.link);
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
