import type { BridgeError, CallInput, CallName, CallOutput } from '#contract/bridge.ts';
import { decide } from '#contract/decide.ts';
import { fail, ok, type Result } from '#contract/errors.ts';
import type { DisplayOptions } from '../display.ts';
import type { DisplayCore } from '../display-core.ts';
import { orderStory } from '../history/order-story.ts';
import { searchOrders } from '../history/search-orders.ts';
import { verify, whyNotConnected } from '../link/pairing.ts';
import { originOf, pair } from '../link/server-api.ts';
import { type Ports, StorageError } from '../ports.ts';
import type { Tap } from '../queue/queue.ts';
import { retryCommand } from '../queue/retry-command.ts';
import { createTaps } from '../queue/taps.ts';
import { tickItems } from '../queue/tick-items.ts';
import { queueView } from '../queue/waiting.ts';
import { settingsCalls } from '../settings/settings-calls.ts';
import type { CommandRow } from '../stores.ts';
import { notice } from './notices.ts';

const KEPT = fail('not_allowed', 'The PIN keeps the connection.');

type Answer<K extends CallName> = Result<CallOutput<K>, BridgeError>;
/** One handler for each call; what comes in has passed the call's schema. */
export type BridgeCalls = { [K in CallName]: (input: CallInput<K>) => Answer<K> | Promise<Answer<K>> };

export function bridgeCalls(core: DisplayCore, ports: Ports, options: DisplayOptions): BridgeCalls {
  const { connection: connections, machine } = options;
  const { board, history, queue, settings, testOrder, troubles } = core;

  /** Runs what must be on disk before it is answered; a disk that fails is said, and nothing is pretended. */
  function onDisk<T>(write: () => T): Result<T, BridgeError> {
    try {
      const value = write();
      troubles.wrote('queue');
      return ok(value);
    } catch (error) {
      if (troubles.disk('queue', error)) return fail('disk', error.message);
      throw error;
    }
  }

  /** A cache that cannot be read is said so; it is no trouble for the orders before it is one for a write. */
  function read<T>(look: () => T): Result<T, BridgeError> {
    try {
      return ok(look());
    } catch (error) {
      if (error instanceof StorageError) return fail('disk', error.message);
      throw error;
    }
  }

  function add(taps: readonly Tap[], instead?: string): Result<CommandRow[], BridgeError> {
    const added = onDisk(() => queue.add(taps, instead));
    if (added.ok) core.link()?.poke();
    return added;
  }
  const taps = createTaps({
    shown: board.shown,
    rowsOf: queue.rowsOf,
    add,
    autoAdvance: () => settings.current().autoAdvance,
    now: core.now,
  });

  /** The same for what asks the server as well. */
  async function looked<T>(look: () => Promise<Result<T, BridgeError>>): Promise<Result<T, BridgeError>> {
    return look().catch((error: unknown) => {
      if (error instanceof StorageError) return fail('disk', error.message);
      throw error;
    });
  }

  async function connect(
    serverUrl: string,
    token: string,
    who: { deviceId?: string; deviceName?: string } = {},
  ): Promise<Result<null, BridgeError>> {
    const store = await verify(ports, serverUrl, token);
    const connection = { serverUrl: originOf(serverUrl), token };
    try {
      await connections.write(connection);
    } catch (error) {
      ports.log.error('the connection could not be kept', { error: String(error) });
      return fail('disk', 'The sign-in could not be written to the disk.');
    }
    const done = onDisk(() => core.connect(connection, { store, ...who }));
    if (!done.ok) return done;
    core.tell(notice('success', 'paired'));
    return ok(null);
  }

  /** Another server is no business of who does not know the PIN; the first one is. */
  const isKept = (): boolean => core.status().setup === 'done' && !core.pin.status().unlocked;

  return {
    getBoard: () => ok(core.boardNow()),
    getStatus: () => ok(core.status()),

    command({ orderId, intent }) {
      if (!testOrder.is(orderId)) return taps.tap(orderId, [intent]);
      return testOrder.take(intent) ? ok({ commandId: '', undo: null }) : fail('not_allowed', 'Not from here.');
    },
    tickItems({ orderId, itemIds, done }) {
      const order = board.shown(orderId);
      return order ? taps.tap(orderId, tickItems(order, itemIds, done)) : fail('not_found', 'There is no such order.');
    },
    undo: ({ id }) => taps.undo(id),

    seenMarks({ orderId, version }) {
      // What was changed in this very moment has not been seen.
      if (board.shown(orderId)?.version !== version) return ok(null);
      return read(() => {
        core.seenMarks(orderId);
        return null;
      });
    },

    acknowledgeAll() {
      const intent = { type: 'acknowledge', payload: {} } as const;
      if (testOrder.rings()) testOrder.take(intent);
      const seen = board.ringing().map((orderId) => ({
        orderId,
        intent,
        baseVersion: board.shown(orderId)?.version ?? 0,
      }));
      const added = add(seen);
      return added.ok ? ok({ count: seen.length }) : added;
    },

    async refresh() {
      const link = core.link();
      if (!link) return fail('unavailable', 'This display is not connected to a server yet.');
      const live = await link.refresh();
      core.tell(live ? notice('success', 'refreshed') : notice('error', 'refresh_failed'));
      return ok({ live });
    },

    dismissFailedCommand({ id }) {
      const gone = onDisk(() => queue.dismiss(id));
      if (!gone.ok) return gone;
      core.failedCommandsChanged();
      return gone.value ? ok(null) : fail('not_found', 'It has been dismissed already.');
    },

    retryCommand({ id, as }) {
      const refused = core.failedCommands.all().find((one) => one.id === id);
      const order = refused && board.shown(refused.orderId);
      if (!refused || !order) return fail('not_found', 'It is not there any more.');
      const intent = retryCommand(refused, as, order);
      const now = core.now();
      const { id: orderId, version: baseVersion } = order;
      const decision = intent && decide(order, intent, { now, issuedAt: now, baseVersion, by: '' });
      if (!intent || decision?.outcome !== 'applied')
        return fail('not_allowed', 'The order is not as it was: look again.');
      const added = add([{ orderId, intent, baseVersion }], id);
      if (!added.ok) return added;
      core.failedCommandsChanged();
      return ok({ commandId: added.value[0]?.commandId ?? '' });
    },

    dismissTrouble({ trouble }) {
      troubles.dismiss(trouble);
      return ok(null);
    },

    mute({ minutes }) {
      core.mute(minutes);
      return ok(null);
    },

    getHistory: (query) => read(() => history.page(query)),
    getPathFigures: () => read(history.figures),
    exportHistory: ({ before }) => read(() => history.export(before)),
    searchOrders: (query) => looked(() => searchOrders(core, query)),
    getOrderStory: (which) => looked(() => orderStory(core, which)),
    getQueue: () => read(() => queueView(core)),
    getFailedCommands: () => ok([...core.failedCommands.all()]),
    getFigures({ range }) {
      const figures = read(() => core.figures.of(range));
      if (!figures.ok) return figures;
      return figures.value ? ok(figures.value) : fail('unavailable', 'Nothing is known of the store yet.');
    },
    async exportDiagnosis() {
      if (!machine) return fail('unavailable', 'This display cannot tell about its machine.');
      const { exportDiagnosis } = await import('../diagnosis/diagnosis.ts');
      return ok(await exportDiagnosis(core, ports, options, machine));
    },

    connectWithToken: ({ serverUrl, token }) =>
      isKept() ? KEPT : connect(serverUrl, token.trim()).catch(whyNotConnected),

    async connectWithCode({ serverUrl, code, deviceName }) {
      if (isKept()) return KEPT;
      try {
        const { token, deviceId } = await pair(ports, originOf(serverUrl), code.trim(), deviceName);
        return await connect(serverUrl, token, { deviceId, deviceName });
      } catch (error) {
        return whyNotConnected(error);
      }
    },

    ...settingsCalls(core, onDisk),
  };
}
