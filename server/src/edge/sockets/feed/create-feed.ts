import type { WebSocket } from 'ws';
import { type FeedMessage, type FeedNews, feedChange } from '#contract/feed.ts';
import type { Changes } from '#contract/sync.ts';
import type { Caller } from '../../../caller.ts';
import { createFollowers } from '../../../log/follow/create-followers.ts';
import type { Follower } from '../../../log/follow/follower.ts';
import type { Credential, LogPlace, Service, StartOver } from '../../../service.ts';
import { createRest } from '../../../time/create-rest.ts';
import { keyOf } from '../../identify.ts';
import type { Metrics } from '../../metrics.ts';
import type { ConnectionLimits } from '../connection-limits.ts';
import type { EndRevoked } from '../end-revoked.ts';
import { createFeedConnection, encode, type FeedConnection } from './feed-connection.ts';

/** How often each client gets a WebSocket ping, ms. */
export const PING_MS = 20_000;
/**
 * Most changes that are read at once, and the rest of all clients that catch up after each such read, ms: some 2,000 changes a
 * second, of which orders that are placed meanwhile notice little.
 */
const CHANGES = 25;
const REST_MS = 5;

/** The clients of the plain feed (contract, section 10). */
export interface Feed {
  /** False: this caller has sent too much just now, and must wait. */
  admits(caller: Caller): boolean;
  /** A client has connected, and goes on from a place in the log of a store. */
  open(ws: WebSocket, by: FeedClient, storeId: string, place: LogPlace | StartOver): void;
  /** A possible head of the store, from a hint or the periodic check. */
  heardOf(storeId: string, head: number): void;
  /** The stores with clients. */
  stores(): string[];
  /** Sends a message without a `seq` to all clients of a store. */
  tell<T extends keyof FeedNews>(storeId: string, type: T, data: FeedNews[T]): void;
  /** Pings all clients, and ends silent ones. Call it each {@link PING_MS}. */
  ping(): void;
  /** Ends all connections. */
  close(): void;
}

/** Who follows, and by which credential. */
export interface FeedClient {
  caller: Caller;
  credential: Credential;
}

export interface FeedOptions {
  service: Pick<Service, 'access' | 'log'>;
  metrics: Pick<Metrics, 'feeds' | 'feedEnds'>;
  limits: Pick<ConnectionLimits, 'take'>;
  endRevoked: Pick<EndRevoked, 'watch'>;
  /** Counts a message as a request of the caller's token. False: it has sent too much. */
  mayAsk(caller: Caller): boolean;
  onFailure(error: unknown): void;
}

export function createFeed({ service, metrics, limits, endRevoked, mayAsk, onFailure }: FeedOptions): Feed {
  const connections = new Set<FeedConnection>();
  const rest = createRest(REST_MS);
  let closing = false;

  const followers = createFollowers<FeedConnection>({
    log: { read: (storeId, position) => service.log.readWhole(storeId, position, CHANGES) },
    ahead: 1,
    send(_storeId, to, changes) {
      const messages = changes.changes.map((change) => encode(feedChange(change)));
      for (const follower of to) void deliver(follower, messages, changes);
    },
    onReset: ({ target }, reason) => startOver(target, reason),
    onFailure,
  });

  /** A client that catches up gets the next batch when this one is flushed, after a rest; a live one gets it at once. */
  async function deliver(
    follower: Follower<FeedConnection>,
    messages: readonly Buffer[],
    { to, head }: Changes,
  ): Promise<void> {
    const { target } = follower;
    const flushed = target.send(messages);
    await (target.isLive ? undefined : flushed.then(rest));
    target.isLive ||= to === head;
    follower.confirm(to);
  }

  function startOver(connection: FeedConnection, reason: StartOver['reason']): void {
    void say(connection, { type: 'reset', data: { reason } });
    connection.end('reset');
  }

  const say = (connection: FeedConnection, message: FeedMessage): Promise<void> => connection.send([encode(message)]);

  function open(ws: WebSocket, { caller, credential }: FeedClient, storeId: string, place: LogPlace | StartOver): void {
    const { role } = caller;
    const deviceId = role === 'admin' ? null : caller.id;
    let follower: Follower<FeedConnection> | undefined;
    const connection = createFeedConnection(ws, {
      mayGoOn: (bytes) => limits.take(keyOf(caller), bytes),
      mayAsk: () => mayAsk(caller),
      onEnded(why) {
        if (why !== null) metrics.feedEnds.inc({ reason: why });
        follower?.unsubscribe();
      },
    });
    connections.add(connection);
    metrics.feeds.inc({ role });
    ws.on('close', () => {
      connections.delete(connection);
      metrics.feeds.dec({ role });
      if (deviceId !== null) service.access.seen(deviceId);
    });
    // Until it is closed: what waits for a connection that has ended is still sent.
    const onEnded = (listener: () => void) => void ws.on('close', listener);
    endRevoked.watch({ deviceId, credential, end: () => connection.end('revoked'), onEnded }).catch(onFailure);

    if (closing) connection.end('closing');
    else if (place.mode === 'snapshot') startOver(connection, place.reason);
    else {
      const { position, head } = place;
      void say(connection, { type: 'hello', data: { epoch: position.epoch, head } });
      connection.isLive = position.cursor === head;
      follower = followers.subscribe(storeId, connection);
      follower.start(position);
    }
  }

  return {
    admits: (caller) => limits.take(keyOf(caller)),
    open,
    // Whoever placed the order is answered first.
    heardOf: (storeId, head) => void setImmediate(followers.heardOf, storeId, head),
    stores: followers.stores,
    tell(storeId, type, data) {
      const messages = [encode({ type, data } as FeedMessage)];
      for (const { target } of followers.of(storeId)) void target.send(messages);
    },
    ping() {
      for (const connection of connections) connection.ping();
    },
    close() {
      closing = true;
      for (const connection of connections) connection.end('closing');
    },
  };
}
