import type { Availability, AvailabilityPatch } from '#contract/availability.ts';
import type { BridgeError, Until } from '#contract/bridge.ts';
import { fail, ok, type Result } from '#contract/errors.ts';
import type { LinkState } from '#contract/link.ts';
import { DAY_MS, HOUR_MS } from '#contract/local-time.ts';
import { lastTimeOfDay } from '../board/carried-over.ts';
import type { DisplayCore } from '../display-core.ts';
import { dishesOf } from '../history/dishes-of.ts';
import { ServerError } from '../link/server-error.ts';
import type { CallHandlers } from './call-handlers.ts';

/** In other states no answer is likely: the call fails at once, not after its time limit. */
const REACHED: readonly LinkState[] = ['live', 'catching_up', 'polling'];
const UNREACHED = fail('unavailable', 'The server cannot be reached; nothing was changed.');
/** When a day ends without a setting: after midnight, when kitchens have closed. */
const END_OF_DAY = '04:00';

/**
 * The calls that change what the store takes. They go to the server at once and never into the queue: a pause that takes
 * effect hours later would be wrong.
 */
export function availabilityCalls(core: DisplayCore) {
  let last: Promise<unknown> = Promise.resolve();
  /** How often the server did not answer. */
  let silences = 0;

  /** One after the other. What waits behind a change without an answer fails with it: the person is not to wait for each. */
  function inTurn(run: () => Promise<Result<null, BridgeError>>): Promise<Result<null, BridgeError>> {
    const before = silences;
    const turn = last.then(() => (silences === before ? run() : UNREACHED));
    last = turn.catch(() => {});
    return turn;
  }

  /** `patchOf` may ask the server first. */
  async function change(
    patchOf: (ask: () => Promise<Availability>) => AvailabilityPatch | Promise<AvailabilityPatch>,
  ): Promise<Result<null, BridgeError>> {
    const link = core.link();
    const store = core.store();
    if (!link || !store || !REACHED.includes(link.current().state)) return UNREACHED;
    let sent = false;
    try {
      const patch = await patchOf(() => link.api.availability(store.id));
      sent = true;
      await core.availability.takeAnswer(link.api.setAvailability(store.id, patch));
      return ok(null);
    } catch (error) {
      if (error instanceof ServerError && error.status === null) silences++;
      return whyNot(error, sent);
    }
  }

  function untilTime(until: Until): string | null {
    if (until !== 'day_end') return until;
    const { endOfDay } = core.settings.current();
    const now = core.now();
    return new Date(nextTimeOfDay(endOfDay ?? END_OF_DAY, core.store()?.timeZone ?? 'UTC', now)).toISOString();
  }

  return {
    setAvailability: ({ open, pausedUntil, busyUntil }) =>
      change(() => ({
        ...(open !== undefined && { open }),
        ...(pausedUntil !== undefined && { pausedUntil: untilTime(pausedUntil) }),
        ...(busyUntil !== undefined && { busyUntil: untilTime(busyUntil) }),
      })),

    // In turn, since each sends the whole list.
    setSoldOut: ({ name, soldOut, until }) =>
      inTurn(() =>
        change(async (ask) => {
          // The list as it is now, so that what another display has just added stays.
          const others = (await ask()).unavailable.filter((dish) => dish.name !== name);
          return { unavailable: soldOut ? [...others, { name, until: untilTime(until) }] : others };
        }),
      ),

    getDishes: () => core.disks.read(() => dishesOf(core.ordersSince(core.now() - DAY_MS))),
  } satisfies Partial<CallHandlers>;
}

/** The next time after `now` at which the store's clock shows this time of day, ms. */
function nextTimeOfDay(time: string, timeZone: string, now: number): number {
  const at = lastTimeOfDay(time, timeZone, now + DAY_MS);
  // The day on which clocks go back is longer.
  return at > now ? at : lastTimeOfDay(time, timeZone, now + DAY_MS + HOUR_MS);
}

/** @param sent whether the change was sent: without an answer it may have been made */
function whyNot(error: unknown, sent: boolean): Result<never, BridgeError> {
  if (!(error instanceof ServerError)) throw error;
  const { status, message } = error;
  if (status === null || status < 300) return fail(sent ? 'internal' : 'unavailable', message);
  if (status === 401 || status === 403) return fail('not_allowed', message);
  return fail(status < 500 && status !== 429 ? 'invalid' : 'unavailable', message);
}
