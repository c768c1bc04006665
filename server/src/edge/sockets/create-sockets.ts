import type { Server as HttpServer } from 'node:http';
import type { Namespace, Server } from 'socket.io';
import type { Availability } from '#contract/availability.ts';
import type { Caller } from '../../caller.ts';
import { followEscalations } from '../../escalation/follow-escalations.ts';
import type { Hint } from '../../hints/hints.ts';
import { createFollowers, type Followers } from '../../log/follow/create-followers.ts';
import { ServiceError } from '../../service-error.ts';
import { every } from '../../time/every.ts';
import type { Edge } from '../edge.ts';
import { type Asker, keyOf } from '../identify.ts';
import type { AdminNamespace, AdminSocket } from './admin-namespace.ts';
import { attachSocketIo } from './attach-socket-io.ts';
import { createConnectionLimits } from './connection-limits.ts';
import { createAdmins } from './create-admins.ts';
import { createCustomers } from './customers/create-customers.ts';
import type { CustomerNamespace } from './customers/customer-namespace.ts';
import { createEndRevoked } from './end-revoked.ts';
import { endSilent } from './end-silent.ts';
import { endUnread } from './end-unread.ts';
import { limitClosing } from './engine-connection.ts';
import { createFeed, type Feed, PING_MS } from './feed/create-feed.ts';
import { createFigures } from './figures.ts';
import { guardAdmin, guardCustomer, guardStore, refuseOthers } from './handshake.ts';
import { createHeartbeat, LOOK_MS } from './heartbeat.ts';
import { serveDisplay } from './serve-display.ts';
import { type DisplaySession, roomOf, type StoreNamespace, type StoreSocket } from './store-namespace.ts';

/** Connected devices are noted as seen once a minute: each note is a write. */
const SEEN_EVERY_LOOKS = 60;

export interface Sockets {
  io: Server;
  /** The displays that have said hello. */
  displays: Followers<DisplaySession>;
  /** The plain feed, on another path. */
  feed: Feed;
  /** Sends `reconnect` on all connections and ends them like a broken link, after which displays connect again by themselves. */
  close(): void;
}

/**
 * Socket.io on the HTTP server's port (contract, section 6). Hints make changes arrive at once; a check every `lookMs`
 * finds those without a hint.
 */
export function createSockets(http: HttpServer, edge: Edge, lookMs = LOOK_MS): Sockets {
  const { service, metrics, reports, turn, log } = edge;
  let closing = false;
  const limits = createConnectionLimits(edge.limit, edge.settings);
  const io = attachSocketIo(http, (request) => !closing && limits.admits(request));
  limits.watch(io);
  const namespace: StoreNamespace = io.of('/store');
  const adminNamespace: AdminNamespace = io.of('/admin');
  guardStore(namespace, edge, limits);
  guardAdmin(adminNamespace, edge, limits);
  const customerNamespace: CustomerNamespace = io.of('/customer');
  guardCustomer(customerNamespace, edge, limits);
  refuseOthers(io);
  endSilent(io);
  endUnread(io);
  limitClosing(io);

  const onFailure = (error: unknown) => log.error({ err: error }, 'a socket’s work failed');
  const figures = createFigures({
    orders: service.orders,
    receipts: service.receipts,
    onStats(storeId, today) {
      namespace.to(roomOf(storeId)).emit('stats', today);
      admins.stats(storeId, today);
      feed.tell(storeId, 'stats_updated', today);
    },
    onPresence(storeId, presence) {
      namespace.to(roomOf(storeId)).emit('presence', presence);
      admins.presence(storeId, presence);
    },
    onFailure,
    now: () => service.now(),
  });
  const admins = createAdmins({
    service,
    namespace: adminNamespace,
    figures,
    count: (caller) => countMessage(edge, caller, 1),
    onFailure,
  });
  const customers = createCustomers({
    service,
    namespace: customerNamespace,
    count: ({ data }) => countMessage(edge, data.customer, 1),
    onFailure,
  });
  const displays = createFollowers<DisplaySession>({
    log: service.log,
    send(_storeId, to, changes) {
      metrics.batches.inc();
      metrics.batchesSent.inc(to.length);
      metrics.batchChanges.observe(changes.changes.length);
      namespace.to(to.map(({ target }) => target.socket.id)).emit('changes', changes);
    },
    onDelivered: (seconds) => metrics.delivery.observe(seconds),
    now: () => service.now(),
    onReset({ cursor, target }, reason) {
      reports.reset(reason, target.device, { epoch: null, cursor });
      service.receipts.onDisk(target.device, null);
      // A beat shows a display that it is behind or in another epoch, but not that it is ahead of the log.
      if (reason === 'future') target.socket.conn.close();
    },
    onFailure,
  });
  const endRevoked = createEndRevoked(service.access, service.hints);
  const feed = createFeed({
    service,
    metrics,
    limits,
    endRevoked,
    mayAsk: (caller) => hasBudget(edge, caller, 1),
    onFailure,
  });
  const lookAtEscalations = followEscalations(service.escalations, (escalation) => {
    admins.escalation(escalation);
    feed.tell(escalation.storeId, 'escalation', escalation);
  });
  const heartbeat = createHeartbeat({
    log: service.log,
    stores: () => new Set([...followedStores(), ...customers.stores()]),
    onHead(storeId, head) {
      onHead(storeId, head);
      figures.headIs(storeId, head);
    },
    beat: (storeId, beat) => void namespace.to(roomOf(storeId)).emit('beat', beat),
    onFailure,
    now: () => service.now(),
  });

  namespace.on('connection', (socket) => {
    const { device } = socket.data;
    welcome(socket, device);
    const count = (messages = 1) => countMessage(edge, device, messages);
    const onExpected = () => limits.wasExpected(socket.conn);
    serveDisplay(socket, { service, displays, figures, metrics, reports, turn, count, onExpected, onFailure });
  });
  adminNamespace.on('connection', (socket) => welcome(socket, socket.data.admin));
  customerNamespace.on('connection', (socket) => {
    metrics.sockets.inc({ role: 'customer' });
    socket.on('disconnect', () => metrics.sockets.dec({ role: 'customer' }));
  });

  function welcome(socket: StoreSocket | AdminSocket, { role, id }: Caller): void {
    metrics.sockets.inc({ role });
    socket.on('disconnect', () => metrics.sockets.dec({ role }));
    const { credential } = socket.data;
    const deviceId = role === 'admin' ? null : id;
    if (deviceId !== null) service.access.seen(deviceId);
    const onEnded = (listener: () => void) => void socket.on('disconnect', listener);
    endRevoked.watch({ deviceId, credential, end: () => socket.disconnect(true), onEnded }).catch(onFailure);
  }

  function followedStores(): Set<string> {
    return new Set([...displays.stores(), ...admins.stores(), ...feed.stores()]);
  }

  function onHead(storeId: string, head: number): void {
    displays.heardOf(storeId, head);
    admins.heardOf(storeId, head);
    feed.heardOf(storeId, head);
    customers.heardOf(storeId, head);
  }

  function onAvailability(storeId: string, availability: Availability): void {
    namespace.to(roomOf(storeId)).emit('availability', availability);
    admins.availability(storeId, availability);
    feed.tell(storeId, 'availability', availability);
  }

  function onHint(hint: Hint): void {
    switch (hint.kind) {
      case 'head':
        onHead(hint.storeId, hint.head);
        figures.ordersChanged(hint.storeId);
        return;
      case 'presence':
        figures.presenceChanged(hint.storeId, hint.what);
        return;
      case 'revoked':
        endRevoked.ofDevice(hint.deviceId).catch(onFailure);
        return;
      case 'escalation':
        lookAtEscalations().catch(onFailure);
    }
  }

  /** A connection that lasts is seen, too: it may end with the whole machine. */
  function noteSeen(): void {
    for (const deviceId of endRevoked.devices()) service.access.seen(deviceId);
  }

  /** Finds all changes except those of heads, which the heartbeat reads. */
  async function look(): Promise<void> {
    customers.endExpired();
    for (const storeId of followedStores()) figures.look(storeId);
    await Promise.all([endRevoked.look(), lookAtEscalations(), admins.look()]);
  }

  lookAtEscalations().catch(onFailure);
  const undo = [
    service.hints.onHint(onHint),
    service.availability.onChange(onAvailability),
    every(lookMs, heartbeat, onFailure),
    every(lookMs, look, onFailure),
    every(SEEN_EVERY_LOOKS * lookMs, noteSeen, onFailure),
    every(PING_MS, feed.ping, onFailure),
  ];
  return {
    io,
    displays,
    feed,
    close() {
      closing = true;
      for (const stop of undo) stop();
      figures.stop();
      feed.close();
      for (const name of ['/store', '/admin', '/customer']) (io.of(name) as Namespace).emit('reconnect', {});
      io.engine.close();
    },
  };
}

/** One message, or one command in it, counts as one request of its token. False: too many. */
const hasBudget = ({ settings, limit }: Edge, asker: Asker, count: number): boolean =>
  settings.rateLimit === 0 || limit.take(keyOf(asker), settings.rateLimit, count) === null;

function countMessage(edge: Edge, asker: Asker, count: number): void {
  if (!hasBudget(edge, asker, count)) throw new ServiceError('rate_limited', 'Too many messages: wait a minute.');
}
