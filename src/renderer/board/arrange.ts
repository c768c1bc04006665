import { isOpen } from '#contract/status.ts';
import type { Ticket } from '#contract/ticket.ts';
import type { ViewName } from '../shared/ui-store.ts';
import { inScope, isOver } from '../stations/in-scope.ts';
import type { Scope } from '../stations/scope.ts';
import type { BoardView } from '../view-store/board-view.ts';

/** The columns of the board. */
export const OPEN_STATUSES = ['pending', 'preparing', 'ready', 'delivering'] as const;
export type OpenStatus = (typeof OPEN_STATUSES)[number];

/** The tickets of the board by view, each list sorted. */
export interface Arranged {
  /** Per open status, in the order in which they should leave the kitchen. */
  columns: Record<OpenStatus, readonly Ticket[]>;
  /** All of those together, in the same order. */
  open: readonly Ticket[];
  /** What is still to be made: new and in preparation, in the same order. */
  toMake: readonly Ticket[];
  /** What is ready or on its way, in the same order. */
  made: readonly Ticket[];
  /** Closed in the last hour, latest first; at a station also the orders it has finished. */
  done: readonly Ticket[];
  /** Called off elsewhere while there was work on them here, and not cleared yet; the first to be called off first. */
  calledOff: readonly Ticket[];
  counts: Record<ViewName, number>;
  /** The columns of this screen: a station has the first two; the last one exists only where there are deliveries. */
  statuses: readonly OpenStatus[];
}

/** Sorts the board into its views. An order called off elsewhere leaves them, and is listed apart until a person clears it. */
export function arrange(board: BoardView, scope: Scope): Arranged {
  const columns: Record<OpenStatus, Ticket[]> = { pending: [], preparing: [], ready: [], delivering: [] };
  const counts: Record<ViewName, number> = { open: 0, pending: 0, preparing: 0, ready: 0, delivering: 0, done: 0 };
  const open: Ticket[] = [];
  const done: Ticket[] = [];
  const calledOff: Ticket[] = [];
  let delivers = false;
  for (const whole of board.tickets.values()) {
    const ticket = inScope(whole, scope);
    if (!ticket) continue;
    const { status, fulfilment } = ticket.order;
    if (isOpen(status) && !isOver(ticket, scope)) {
      open.push(ticket);
      counts[status as OpenStatus] += 1;
      delivers ||= fulfilment === 'delivery';
      continue;
    }
    done.push(ticket);
    if (ticket.ended && !isOver(ticket, scope)) calledOff.push(ticket);
  }
  counts.open = counts.pending + counts.preparing + counts.ready + counts.delivering;
  counts.done = done.length;
  // Sort once; the columns are filled in this order.
  open.sort(byUrgency);
  for (const ticket of open) columns[ticket.order.status as OpenStatus].push(ticket);
  delivers ||= columns.delivering.length > 0;
  return {
    columns,
    open,
    toMake: open.filter(isToMake),
    made: open.filter((ticket) => !isToMake(ticket)),
    done: done.sort(byDone(scope)),
    calledOff: calledOff.sort(byStatusSince),
    counts,
    statuses: OPEN_STATUSES.slice(0, scope.screen === 'station' ? 2 : delivers ? 4 : 3),
  };
}

const isToMake = ({ order: { status } }: Ticket): boolean => status === 'pending' || status === 'preparing';

/** Which tickets a view shows, in reading order. */
export function ticketsOf(arranged: Arranged, view: ViewName): readonly Ticket[] {
  if (view === 'open') return arranged.open;
  return view === 'done' ? arranged.done : arranged.columns[view];
}

/** Priority first, then by when the age starts to count. The last two keys only keep the order of equal tickets stable. */
function byUrgency(a: Ticket, b: Ticket): number {
  return (
    Number(b.order.priority) - Number(a.order.priority) ||
    a.ageFrom - b.ageFrom ||
    compare(a.order.placedAt, b.order.placedAt) ||
    compare(a.order.id, b.order.id)
  );
}

/** Latest first; at a station, by the change that ticked its items off. */
const byDone = ({ screen }: Scope) => {
  const since = screen === 'station' ? 'updatedAt' : 'statusSince';
  return (a: Ticket, b: Ticket): number => compare(b.order[since], a.order[since]);
};

const byStatusSince = (a: Ticket, b: Ticket): number => compare(a.order.statusSince, b.order.statusSince);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Returns the previous list if the next one has the same tickets, so that an unchanged list keeps its identity. */
export const sameList = (before: readonly Ticket[] | undefined, next: readonly Ticket[]): readonly Ticket[] =>
  before?.length === next.length && next.every((ticket, i) => ticket === before[i]) ? before : next;
