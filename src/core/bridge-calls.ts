import type { BridgeError, CallInput, CallName, CallOutput } from '#contract/bridge.ts';
import { decide } from '#contract/decide.ts';
import { fail, ok, type Result } from '#contract/errors.ts';
import type { ConnectionStore } from './display.ts';
import type { DisplayCore } from './display-core.ts';
import { notice } from './notices.ts';
import { verify, whyNotConnected } from './pairing.ts';
import { type Ports, StorageError } from './ports.ts';
import { originOf, pair } from './server-api.ts';
import { queueView } from './waiting.ts';
import { wishAgain } from './wish-again.ts';

type Answer<K extends CallName> = Result<CallOutput<K>, BridgeError>;
/** One handler for each call; what comes in has passed the call's schema. */
export type BridgeCalls = { [K in CallName]: (input: CallInput<K>) => Answer<K> | Promise<Answer<K>> };

export function bridgeCalls(core: DisplayCore, ports: Ports, connections: ConnectionStore): BridgeCalls {
  const { board, history, queue, settings, troubles } = core;

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

  return {
    getBoard: () => ok(core.boardNow()),
    getStatus: () => ok(core.status()),

    command({ orderId, wish }) {
      const order = board.shown(orderId);
      if (!order) return fail('not_found', 'There is no such order.');
      const now = core.now();
      const { version: baseVersion } = order;
      const decision = decide(order, wish, { now, issuedAt: now, baseVersion, by: '' });
      if (decision.outcome === 'rejected') return fail('not_allowed', decision.message);
      const waiting = queue.rowsOf(orderId).findLast((row) => row.answer === null);
      // A finger that taps twice: it is in the queue as it is.
      if (decision.outcome === 'already' && waiting) return ok({ n: waiting.n });
      const added = onDisk(() => queue.add([{ orderId, wish, baseVersion }]));
      if (!added.ok) return added;
      core.link()?.poke();
      return ok({ n: added.value[0]?.n ?? 0 });
    },

    acknowledgeAll() {
      const wish = { type: 'acknowledge', payload: {} } as const;
      const taps = board.ringing().map((orderId) => ({
        orderId,
        wish,
        baseVersion: board.shown(orderId)?.version ?? 0,
      }));
      const added = onDisk(() => queue.add(taps));
      if (!added.ok) return added;
      core.link()?.poke();
      return ok({ count: taps.length });
    },

    async refresh() {
      const link = core.link();
      if (!link) return fail('unavailable', 'This display is not connected to a server yet.');
      const live = await link.refresh();
      core.tell(live ? notice('success', 'refreshed') : notice('error', 'refresh_failed'));
      return ok({ live });
    },

    dismissAttention({ id }) {
      const gone = onDisk(() => queue.dismiss(id));
      if (!gone.ok) return gone;
      core.attentionChanged();
      return gone.value ? ok(null) : fail('not_found', 'It has been dismissed already.');
    },

    wishAgain({ id, as }) {
      const refused = queue.attention().find((one) => one.id === id);
      const order = refused && board.shown(refused.orderId);
      if (!refused || !order) return fail('not_found', 'It is not there any more.');
      const wish = wishAgain(refused, as, order);
      const now = core.now();
      const { id: orderId, version: baseVersion } = order;
      const decision = wish && decide(order, wish, { now, issuedAt: now, baseVersion, by: '' });
      if (!wish || decision?.outcome !== 'applied')
        return fail('not_allowed', 'The order is not as it was: look again.');
      const added = onDisk(() => queue.add([{ orderId, wish, baseVersion }], id));
      if (!added.ok) return added;
      core.attentionChanged();
      core.link()?.poke();
      return ok({ n: added.value[0]?.n ?? 0 });
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
    getQueue: () => read(() => queueView(core)),

    connectWithToken: ({ serverUrl, token }) => connect(serverUrl, token.trim()).catch(whyNotConnected),

    async connectWithCode({ serverUrl, code, deviceName }) {
      try {
        const { token, deviceId } = await pair(ports, originOf(serverUrl), code.trim(), deviceName);
        return await connect(serverUrl, token, { deviceId, deviceName });
      } catch (error) {
        return whyNotConnected(error);
      }
    },

    changeSettings(patch) {
      const changed = onDisk(() => settings.change(patch));
      if (changed.ok) core.settingsChanged();
      return changed;
    },
  };
}
