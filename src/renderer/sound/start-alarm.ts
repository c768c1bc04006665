import type { Bridge, Undo } from '#contract/bridge.ts';
import { preparedAfterCancel } from '#contract/prepared-after-cancel.ts';
import type { SoundKind } from '#contract/setting-names.ts';
import type { Screen } from '../shared/screen.tsx';
import { inScope, isOver } from '../stations/in-scope.ts';
import type { Scope } from '../stations/scope.ts';
import { ageBand } from '../ticket/age-band.ts';
import type { BoardView } from '../view-store/board-view.ts';
import { shownLink } from '../view-store/shown-link.ts';
import type { View } from '../view-store/view-store.ts';
import { boardEvents } from './board-events.ts';
import { createSoundQueue, TURN_MS } from './create-sound-queue.ts';
import { loudnessOf } from './silence-reason.ts';

const RING_EVERY_MS = 3_000;
/** Offset from the bell for new orders, so that both are audible. */
const CONFLICT_EVERY_MS = 4_500;
const LOOK_EVERY_MS = 1_000;

/**
 * All sounds of the screen. `new` rings and vibrates while any order is unseen (A1), and `cancelled` rings while work on a
 * cancelled order is unread. Both derive from the core's state, never from an event, and continue when the page loses its core.
 *
 * For a ticket of a till that cannot come to the board, `new` rings once. The others play once: for an order that arrives accepted (A3), which the core announces once; for an order that somebody
 * else cancelled, changed after it was seen, or made ready; for a ticket that turns late; for a lost link. A cancelled order
 * does not ring until cleared, because people would mistake a second continuous bell for a new order. The screen shows when a
 * sound is silenced (`silence-reason.ts`).
 *
 * @param scope a new order rings on every screen but the pick-up board, which has no sounds; others only where there is work on
 *   the order
 * @param bridge announces the orders that arrive accepted
 */
export function startAlarm(
  { view, text, sound, now }: Pick<Screen, 'view' | 'text' | 'sound' | 'now'>,
  scope: () => Scope,
  bridge: Pick<Bridge, 'on'>,
): Undo {
  const loudness = (kind: SoundKind): number => {
    const { status } = view.getState();
    return status && scope().screen !== 'pickup' ? loudnessOf(status, kind, now()) : 0;
  };
  const turns = createSoundQueue((kind: SoundKind) => sound.play(kind, loudness(kind)));
  const say = (kind: SoundKind): void => {
    if (loudness(kind) > 0) turns.say(kind);
  };
  // Vibrates only while the bell rings: a screen that says that it is silent must not buzz.
  const bell = repeated(
    RING_EVERY_MS,
    () => {
      say('new');
      if (loudness('new') > 0 && view.getState().status?.settings.vibrate) sound.vibration.pulse();
    },
    () => sound.vibration.stop(),
  );
  const conflict = repeated(CONFLICT_EVERY_MS, () => say('cancelled'));
  const fresh = newlyRinging();
  const turnedLate = createLateWatch();
  const speaking = new Set<ReturnType<typeof setTimeout>>();

  function speak(orderId: string): void {
    const { status, board } = view.getState();
    const number = board.tickets.get(orderId)?.order.number;
    // Somebody may have seen the order meanwhile.
    if (number === undefined || !status?.settings.speakNumbers || !status.alarm.orderIds.includes(orderId)) return;
    const words = text.getState();
    if (words) sound.voice.say(words.t('ticket.number', { number }), words.language, loudness('new'));
  }

  function follow(state: View, before: View): void {
    const { status } = state;
    bell(status?.alarm.active === true);
    conflict(status?.failedCommands.some(preparedAfterCancel) === true);
    if (offBoard(state) > offBoard(before)) say('new');
    if (isDown(state) && !isDown(before) && before.status !== null) say('link');
    for (const event of boardEvents(before.board, state.board, scope())) say(event);
    if (status && status !== before.status)
      for (const id of fresh(status.alarm.orderIds)) {
        const timer = setTimeout(() => {
          speaking.delete(timer);
          speak(id);
        }, TURN_MS);
        speaking.add(timer);
      }
  }

  follow(view.getState(), view.getState());
  const undos = [
    view.subscribe(follow),
    bridge.on('notice', ({ code }) => {
      if (code === 'order_new' || code === 'orders_new') say('accepted');
    }),
  ];
  const looking = setInterval(() => turnedLate(view.getState().board, now(), scope()) && say('late'), LOOK_EVERY_MS);
  return () => {
    for (const undo of undos) undo();
    clearInterval(looking);
    for (const timer of speaking) clearTimeout(timer);
    bell(false);
    conflict(false);
    turns.stop();
  };
}

/** Plays at once and then at an interval while active; `stop` ends what is still playing. */
function repeated(ms: number, play: () => void, stop = () => {}): (active: boolean) => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  return (active) => {
    if (active && timer === undefined) {
      play();
      timer = setInterval(play, ms);
    } else if (!active && timer !== undefined) {
      clearInterval(timer);
      timer = undefined;
      stop();
    }
  };
}

/** Tickets of tills that wait for the server, or that it refused: nobody sees them on the board. */
function offBoard({ status }: View): number {
  const till = status?.till;
  return till ? till.refused + (till.trouble ? till.waiting : 0) : 0;
}

function isDown(view: View): boolean {
  const { state } = shownLink(view);
  return state === 'offline' || state === 'stopped';
}

/** The most numbers to speak at once, because nobody remembers more; the screen shows all. */
const MOST = 3;

/**
 * The orders that started ringing since the last call, for the voice to speak. None on the first call (a page load), and none
 * of a burst.
 */
export function newlyRinging(): (ringing: readonly string[]) => string[] {
  let known: ReadonlySet<string> | null = null;
  return (ringing) => {
    const fresh = known ? ringing.filter((id) => !known?.has(id)) : [];
    known = new Set(ringing);
    return fresh.length > MOST ? [] : fresh;
  };
}

/**
 * Detects tickets that turn late: each once, and again only after a new due time. Tickets that are late on a full reload do
 * not count, nor do those without work for the station.
 *
 * @returns called about once a second with server time in ms; true when a ticket has turned late since the last call
 */
export function createLateWatch(): (board: BoardView, now: number, scope: Scope) => boolean {
  let known = new Set<string>();
  let resets: number | null = null;
  return (board, now, scope) => {
    const late = [...board.tickets.values()].filter((ticket) => {
      const own = ageBand(ticket, now) === 'late' ? inScope(ticket, scope) : null;
      return own !== null && !isOver(own, scope);
    });
    const fresh = late.some(({ order }) => !known.has(order.id)) && board.resets === resets;
    known = new Set(late.map(({ order }) => order.id));
    resets = board.resets;
    return fresh;
  };
}
