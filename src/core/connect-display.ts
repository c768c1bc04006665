import type { Link } from '#contract/link.ts';
import { preparedAfterCancel } from '#contract/prepared-after-cancel.ts';
import type { Store } from '#contract/store.ts';
import type { Stats } from '#contract/sync.ts';
import { createLinkNotices, noticesOfAnswers } from './bridge/notices.ts';
import type { Pushes } from './bridge/pushes.ts';
import type { CachedFacts } from './cached-facts.ts';
import type { Troubles } from './diagnosis/troubles.ts';
import type { DiskGuard } from './disk-guard.ts';
import type { Connection } from './display.ts';
import type { History } from './history/history.ts';
import { createLink, type ServerLink } from './link/link.ts';
import { originOf } from './link/server-api.ts';
import type { ServerClock } from './link/server-clock.ts';
import type { SyncEngine } from './link/sync-engine.ts';
import type { Ports } from './ports.ts';
import type { FailedCommands } from './queue/failed-commands.ts';
import type { Answered, Queue } from './queue/queue.ts';

export interface ConnectionParts {
  ports: Ports;
  appVersion: string;
  facts: CachedFacts;
  serverClock: ServerClock;
  sync: SyncEngine;
  queue: Queue;
  history: History;
  failedCommands: FailedCommands;
  troubles: Troubles;
  disks: DiskGuard;
  pushes: Pushes;
  /** ms between two polls (L2). */
  pollEvery(): number;
  orderNumber(orderId: string): string | null;
  /** The socket is up; now is a good time to save what an offline start needs. */
  onUp(): void;
}

/** The display's server: which one it is, the link to it, and what its answers mean for the screen. */
export function createServerConnection(parts: ConnectionParts) {
  const { ports, facts, serverClock, sync, queue, history, failedCommands, troubles, disks, pushes } = parts;
  const linkNotice = createLinkNotices();
  let link: ServerLink | null = null;
  let serverUrl: string | null = null;
  let statsAt: number | null = null;
  let closed = false;

  async function fetchStore(api: ServerLink['api']): Promise<void> {
    const store = await api.store().catch(() => null);
    if (closed || !store) return;
    disks.run('cache', () => facts.setStore(store));
    pushes.request();
  }

  function onAnswered(answers: Answered): void {
    pushes.together(() => {
      troubles.diskWorks('queue');
      if (answers.rejected.length > 0) failedCommands.reload();
    });
    for (const refusal of answers.rejected) if (preparedAfterCancel(refusal)) history.preparedAfterCancel(refusal);
    for (const draft of noticesOfAnswers(answers, parts.orderNumber)) pushes.notify(draft);
  }

  /** Another store's orders and figures do not belong on this display. */
  function switchStore(store: Store | null): void {
    const before = facts.store();
    disks.run('cache', () => {
      if (store && before && store.id !== before.id) {
        facts.forget();
        sync.forget();
      }
      if (store) facts.setStore(store);
    });
  }

  return {
    link: (): ServerLink | null => link,
    serverUrl: (): string | null => serverUrl,
    current: (): Link =>
      link?.current() ?? { state: 'unknown', since: serverClock.now(), cause: null, lastWordAt: facts.lastWordAt() },
    /** The server's figures and when they came; null before the first. */
    serverStats(): { stats: Stats; at: number | null } | null {
      const stats = facts.stats();
      return stats && { stats, at: statsAt };
    },
    /**
     * @param known what the server has said about the token
     * @throws StorageError when the queue cannot store whose token it is
     */
    connect(to: Connection, known: { store?: Store | null; deviceId?: string; deviceName?: string } = {}): void {
      const { store = null, ...who } = known;
      queue.belongTo(ports.sha256(to.token), who);
      link?.close();
      switchStore(store);
      serverUrl = originOf(to.serverUrl);
      const opened = createLink({
        ports,
        target: { origin: serverUrl, token: to.token },
        appVersion: parts.appVersion,
        sync,
        queue,
        serverClock,
        lastWordAt: facts.lastWordAt(),
        pollEvery: parts.pollEvery,
        onLink(state, before) {
          history.link(state, opened.current().cause);
          const draft = linkNotice(state);
          if (draft) pushes.notify(draft);
          if (state === before) pushes.request();
          else pushes.now();
        },
        onUp() {
          parts.onUp();
          void fetchStore(opened.api);
        },
        onAnswered,
        onMessage(event, payload) {
          if (event !== 'stats') return;
          facts.setStats(payload);
          statsAt = serverClock.now();
        },
        onDiskFailed: disks.failed,
      });
      link = opened;
      opened.start();
    },
    close(): void {
      closed = true;
      link?.close();
    },
  };
}
