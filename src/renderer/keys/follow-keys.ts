import type { Undo } from '#contract/bridge.ts';
import type { Screen } from '../shared/screen.tsx';
import { scopeIn } from '../stations/scope-context.tsx';
import { isContinued, type KeyIntent, keyIntent, type Typed, typedNumber } from './key-intent.ts';
import { FIRST_KEYS } from './profiles.ts';
import { runAction } from './run-action.ts';
import { numberedOn } from './ticket-places.ts';

/**
 * Operates the board by keys alone. Fields and focused controls keep their keys; so do dialogs, except for keys that close
 * them. On the pick-up board, where customers could reach them, keys do nothing.
 */
export function followKeys(screen: Screen, page: Document): Undo {
  const { ui, view } = screen;
  const scope = scopeIn(view);
  let typed: Typed | null = null;

  function onKey(event: KeyboardEvent): void {
    page.documentElement.dataset.input = 'keys';
    const status = view.getState().status;
    if (event.defaultPrevented || status?.setup === 'needed' || scope().screen === 'pickup') return;
    const keys = status?.settings.keys ?? FIRST_KEYS;
    const at = event.timeStamp;
    const numbered = numberedOn(page, ui.getState().numbered.keys());
    const count = numbered.length;
    const intent = keyIntent(event, keys, keys.digits === 'select' && isContinued(typed, at, count));
    if (!intent || isLeftAlone(event.target, intent)) return;
    const dialog = [...page.querySelectorAll<HTMLDialogElement>('dialog[open]')].at(-1);
    if (dialog) {
      closeBy(intent, event, dialog);
      return;
    }
    event.preventDefault();
    if (intent.do !== 'digit') {
      typed = null;
      if (intent.do === 'legend') toggleLegend();
      else runAction(intent.do, screen, page, event.repeat);
      return;
    }
    // Where a digit bumps, a second digit is another bump.
    typed = typedNumber(keys.digits === 'select' ? typed : null, intent.digit, at, count);
    const place = numbered[typed.number - 1];
    if (!place || event.repeat) return;
    ui.setState({ selected: place.dataset.orderId ?? null });
    place.focus();
    if (keys.digits === 'bump') runAction('bump', screen, page, false);
  }

  function toggleLegend(): void {
    const set = view.getState().status?.settings.keys.legend ?? false;
    ui.setState(({ legend }) => ({ legend: !(legend ?? set) }));
  }
  /** The selection shows only while keys are used, so a tap ends it. */
  function onPointer(): void {
    page.documentElement.dataset.input = 'pointer';
    if (ui.getState().selected !== null) ui.setState({ selected: null });
  }
  page.addEventListener('keydown', onKey);
  page.addEventListener('pointerdown', onPointer);
  return () => {
    page.removeEventListener('keydown', onKey);
    page.removeEventListener('pointerdown', onPointer);
  };
}

function isLeftAlone(target: EventTarget | null, intent: KeyIntent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('input, textarea, select, [contenteditable=true]')) return true;
  return intent.do === 'bump' && target.closest('button, a, summary') !== null;
}

/** The key that opened a dialog closes it, because a number pad has no Esc. The browser handles Esc itself. */
function closeBy(intent: KeyIntent, event: KeyboardEvent, dialog: HTMLDialogElement): void {
  if (event.key === 'Escape' || !['leave', 'more', 'summary', 'search'].includes(intent.do)) return;
  event.preventDefault();
  dialog.close();
}
