import type { Intent } from '#contract/command.ts';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { Notice } from '#contract/notice.ts';
import type { Status } from '#contract/status.ts';
import type { Board, Ticket } from '#contract/ticket.ts';
import type { Display } from '../display.ts';

export type Screen = ReturnType<typeof watchDisplay>;

/** A screen driven by a display's pushes: numbered patches, whole statuses, notices. It records what it has shown. */
export function watchDisplay(display: Display) {
  let tickets = new Map<string, Ticket>();
  let n = 0;
  let gaps = 0;
  let status: DisplayStatus | null = null;
  let statuses = 0;
  const notices: Notice[] = [];
  const shown = new Map<string, Status[]>();

  function paint(ticket: Ticket): void {
    const { id, status: now } = ticket.order;
    tickets.set(id, ticket);
    const before = shown.get(id) ?? [];
    if (before.at(-1) !== now) shown.set(id, [...before, now]);
  }
  async function askBoard(): Promise<void> {
    const answer = await display.call('getBoard', null);
    if (!answer.ok) return;
    const board = answer.value as Board;
    n = board.n;
    tickets = new Map();
    for (const ticket of board.tickets) paint(ticket);
  }

  display.onPush((name, payload) => {
    if (name === 'status') {
      status = payload as DisplayStatus;
      statuses++;
    } else if (name === 'notice') notices.push(payload as Notice);
    else {
      const patch = payload as { n: number; upserts: Ticket[]; removes: string[] };
      if (patch.n !== n + 1) {
        gaps++;
        return void askBoard();
      }
      n = patch.n;
      for (const ticket of patch.upserts) paint(ticket);
      for (const id of patch.removes) tickets.delete(id);
    }
    return undefined;
  });

  return {
    askBoard,
    ticket: (id: string): Ticket | undefined => tickets.get(id),
    tickets: (): Ticket[] => [...tickets.values()],
    /** Every status that a ticket has been shown in, in order, without repeats. */
    shown: (id: string): readonly Status[] => shown.get(id) ?? [],
    status(): DisplayStatus {
      if (!status) throw new Error('no status was pushed yet');
      return status;
    },
    /** How many status pushes have arrived. */
    statuses: (): number => statuses,
    link: () => status?.link.state ?? null,
    notices: (): readonly string[] => notices.map(({ code }) => code),
    gaps: (): number => gaps,
    tap: (orderId: string, intent: Intent) => display.call('command', { orderId, intent }),
    bump: (orderId: string, from: Status, to: Status) =>
      display.call('command', { orderId, intent: { type: 'set_status', payload: { from, to } } }),
  };
}
