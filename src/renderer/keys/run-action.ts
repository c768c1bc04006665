import type { KeyAction } from '#contract/setting-names.ts';
import type { Ticket } from '#contract/ticket.ts';
import { arrange } from '../board/arrange.ts';
import type { Screen } from '../shared/screen.tsx';
import { turnPage } from '../shared/turn-page.ts';
import { scopeIn } from '../stations/scope-context.tsx';
import { type Direction, neighbour, nextInList, placesOn } from './ticket-places.ts';

/** The context of a key: the screen, its tickets, and the selected one. */
interface Here {
  screen: Screen;
  page: Document;
  places: HTMLElement[];
  /** Index of the selected ticket among the places; -1 when none is selected or it is not on the board. */
  at: number;
  ticket: Ticket | undefined;
}

/** Only these repeat while the key is held down. */
const REPEATING = new Set<KeyAction>(['up', 'down', 'left', 'right', 'page_next', 'page_back']);

const ACTIONS: Record<KeyAction, (here: Here) => void> = {
  up: (here) => move(here, 'up'),
  down: (here) => move(here, 'down'),
  left: (here) => move(here, 'left'),
  right: (here) => move(here, 'right'),
  first: (here) => toEnd(here, 'first'),
  last: (here) => toEnd(here, 'last'),
  page_next: (here) => turn(here, 'next'),
  page_back: (here) => turn(here, 'back'),
  bump,
  recall: ({ screen, ticket = lastDone(screen) }) => ticket && screen.actions.recall(ticket),
  undo: ({ screen }) => screen.actions.undo(),
  priority: ({ screen, ticket }) => ticket && screen.actions.setPriority(ticket, !ticket.order.priority),
  seen({ screen: { actions, view }, ticket }) {
    if (ticket?.marks || ticket?.ended) actions.seenMarks(ticket);
    else if (view.getState().status?.alarm.active) void actions.ask('acknowledgeAll', null);
  },
  more: ({ screen, ticket }) => screen.ui.setState(ticket ? { sheet: ticket.order.id } : { panel: 'recall' }),
  summary: ({ screen }) => screen.ui.setState({ panel: 'all_day' }),
  search: ({ screen }) => screen.ui.setState({ panel: 'search' }),
  leave({ screen, page }) {
    screen.ui.setState({ selected: null });
    if (page.activeElement instanceof HTMLElement) page.activeElement.blur();
  },
};

/**
 * Runs the action of a key.
 *
 * @param repeat the key is held down
 */
export function runAction(action: KeyAction, screen: Screen, page: Document, repeat: boolean): void {
  if (repeat && !REPEATING.has(action)) return;
  const places = placesOn(page);
  const { selected } = screen.ui.getState();
  const at = places.findIndex((place) => place.dataset.orderId === selected);
  const ticket = selected === null || at < 0 ? undefined : screen.view.getState().board.tickets.get(selected);
  ACTIONS[action]({ screen, page, places, at, ticket });
}

function select({ ui }: Screen, place: HTMLElement | undefined): void {
  if (!place) return;
  ui.setState({ selected: place.dataset.orderId ?? null });
  place.focus();
}

function bump({ screen, places, at, ticket }: Here): void {
  if (!ticket) return;
  const { ui, actions } = screen;
  // Nothing stays selected at the end of a list, so that a second press does not move the same order two steps.
  ui.setState({ selected: null });
  select(screen, nextInList(places[at]));
  // An order that somebody else called off can only be cleared.
  if (ticket.ended) actions.seenMarks(ticket);
  else actions.bump(ticket);
}

function move({ screen, places, at }: Here, direction: Direction): void {
  select(screen, at < 0 ? places[0] : beside(places, at, direction));
}

function beside(places: HTMLElement[], at: number, direction: Direction): HTMLElement | undefined {
  const rects = places.map((place) => place.getBoundingClientRect());
  const from = rects[at];
  const next = from && neighbour(rects, from, direction);
  return typeof next === 'number' ? places[next] : undefined;
}

/** Selects the first or last ticket of all, on any page. */
function toEnd({ screen, page }: Here, end: 'first' | 'last'): void {
  turnPage(screen.ui, end);
  // Wait until the other page has rendered.
  page.defaultView?.requestAnimationFrame(() => select(screen, placesOn(page).at(end === 'first' ? 0 : -1)));
}

/** Wraps around after the last page, so that one key is enough. Without pages it scrolls the lists. */
function turn({ screen: { ui }, page }: Here, to: 'next' | 'back'): void {
  if (ui.getState().pages < 2) {
    for (const list of page.querySelectorAll('[data-scroller]'))
      list.scrollBy({ top: (to === 'next' ? 0.9 : -0.9) * list.clientHeight });
    return;
  }
  // The selected ticket stays on its page.
  ui.setState({ selected: null });
  if (!turnPage(ui, to)) turnPage(ui, to === 'next' ? 'first' : 'last');
}

/** Without a selection, recall takes the order that was finished last. */
function lastDone({ view }: Screen): Ticket | undefined {
  const { done } = arrange(view.getState().board, scopeIn(view)());
  return done.find(({ order }) => order.status === 'completed');
}
