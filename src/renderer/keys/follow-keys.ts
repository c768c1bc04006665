import type { Ticket, Undo } from '#contract/bridge.ts';
import { previousStatus } from '#contract/status.ts';
import { arrangedOf } from '../board/use-arranged.ts';
import type { Screen } from '../shared/screen.tsx';
import { type KeyIntent, keyIntent } from './key-intent.ts';
import { type Direction, neighbour } from './neighbour.ts';

/** The main path by keys alone. A key that belongs to a field, a dialog or a focused control is left to it. */
export function followKeys(screen: Screen, page: Document): Undo {
  const onKey = (event: KeyboardEvent) => {
    page.documentElement.dataset.input = 'keys';
    const intent = keyIntent(event);
    if (!intent || event.defaultPrevented || page.querySelector('dialog[open]')) return;
    if (event.target instanceof Element && isLeftAlone(event.target, intent)) return;
    event.preventDefault();
    run(intent, screen, page, event.repeat);
  };
  const onPointer = () => {
    page.documentElement.dataset.input = 'pointer';
  };
  page.addEventListener('keydown', onKey);
  page.addEventListener('pointerdown', onPointer);
  return () => {
    page.removeEventListener('keydown', onKey);
    page.removeEventListener('pointerdown', onPointer);
  };
}

function isLeftAlone(target: Element, intent: KeyIntent): boolean {
  if (target.closest('input, textarea, select')) return true;
  return intent.do === 'bump' && target.closest('button, a') !== null;
}

function run(intent: KeyIntent, screen: Screen, page: Document, repeat: boolean): void {
  const { ui, view, actions } = screen;
  const places = [...page.querySelectorAll<HTMLElement>('[data-testid=ticket][data-selected]')];
  const selected = ui.getState().selected;
  const at = places.findIndex((place) => place.dataset.orderId === selected);
  const ticket = selected === null ? undefined : view.getState().board.tickets.get(selected);
  const select = (place: HTMLElement | undefined) => {
    if (!place) return;
    ui.setState({ selected: place.dataset.orderId ?? null });
    place.focus();
  };

  switch (intent.do) {
    case 'pick':
      select(places[intent.index]);
      break;
    case 'move':
      select(at < 0 ? places[0] : beside(places, at, intent.direction));
      break;
    case 'bump':
      // A key that is held down is one press.
      if (!ticket || at < 0 || repeat) break;
      // With nothing left in its list nothing is picked, so that a second press does not take the same order two steps.
      ui.setState({ selected: null });
      select(nextInList(places[at]));
      actions.bump(ticket);
      break;
    case 'recall': {
      const back = ticket ?? lastDone(screen);
      if (!repeat && back && previousStatus(back.order.status, back.order.fulfilment)) actions.recall(back);
      break;
    }
    case 'seen':
      if (!repeat && view.getState().status?.alarm.active) actions.acknowledgeAll();
      break;
    case 'more':
      if (ticket) ui.setState({ sheet: ticket.order.id });
      break;
    case 'leave':
      ui.setState({ selected: null });
      if (page.activeElement instanceof HTMLElement) page.activeElement.blur();
  }
}

function beside(places: HTMLElement[], at: number, direction: Direction): HTMLElement | undefined {
  const rects = places.map((place) => place.getBoundingClientRect());
  const from = rects[at];
  const next = from && neighbour(rects, from, direction);
  return typeof next === 'number' ? places[next] : undefined;
}

/** The ticket that will take this one's place when it moves on: the next of its list, else the one before. */
function nextInList(place: HTMLElement | undefined): HTMLElement | undefined {
  const peg = place?.closest('li');
  const next = peg?.nextElementSibling ?? peg?.previousElementSibling;
  return next?.querySelector<HTMLElement>('[data-testid=ticket][data-selected]') ?? undefined;
}

/** With nothing picked, R takes back the order that was finished last. */
function lastDone({ ui, view }: Screen): Ticket | undefined {
  const { done } = arrangedOf(view.getState().board, ui.getState().cleared);
  return done.find(({ order }) => order.status === 'completed');
}
