import type { Link } from '#contract/link.ts';
import { preparedAfterCancel } from '#contract/prepared-after-cancel.ts';
import type { Store } from '#contract/store.ts';
import type { Stats } from '#contract/sync.ts';
import { createLinkNotices, noticesOfAnswers } from './bridge/notices.ts';
import type { Connection } from './display.ts';
import type { DisplayParts } from './display-parts.ts';
import { createLink, type ServerLink } from './link/link.ts';
import { originOf } from './link/server-api.ts';
import type { Answered } from './queue/queue.ts';

export interface ConnectionOptions {
  appVersion: string;
  orderNumber(orderId: string): string | null;
  /** The socket is up: a good time to save what an offline start needs. */
  onUp(): void;
}

/** The connection to the display's server: its address, the link, and the effects of its answers on the screen. */
export function createServerConnection(parts: DisplayParts, { appVersion, orderNumber, onUp }: ConnectionOptions) {
  const {
    ports,
    facts,
    availability,
    serverClock,
    sync,
    queue,
    history,
    failedCommands,
    settings,
    troubles,
    disks,
    pushes,
  } = parts;
  const linkNotice = createLinkNotices();
  let link: ServerLink | null = null;
  let serverUrl: string | null = null;
  let statsAt: number | null = null;
  let closed = false;

  /** After a failure the next connection or minute asks again. */
  async function fetchStore(from: ServerLink): Promise<void> {
    const store = await from.api.store().catch(() => null);
    // Comparing JSON works because the same schema made both, with keys in the same order.
    if (closed || from !== link || !store || JSON.stringify(store) === JSON.stringify(facts.store())) return;
    disks.run('cache', () => facts.setStore(store));
    pushes.request();
  }

  /** A socket brings it by itself. */
  async function fetchAvailability(api: ServerLink['api']): Promise<void> {
    const store = facts.store();
    // After a failure the next poll asks again.
    if (store) await availability.takeAnswer(api.availability(store.id)).catch(() => {});
  }

  function onAnswered(answers: Answered): void {
    pushes.together(() => {
      troubles.diskWorks('queue');
      if (answers.rejected.length > 0) failedCommands.reload();
    });
    for (const refusal of answers.rejected) if (preparedAfterCancel(refusal)) history.preparedAfterCancel(refusal);
    for (const draft of noticesOfAnswers(answers, orderNumber)) pushes.notify(draft);
  }

  /** Drops the orders and figures of another store. */
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
    /** The server's figures and when they arrived; null before the first. */
    serverStats(): { stats: Stats; at: number | null } | null {
      const stats = facts.stats();
      return stats && { stats, at: statsAt };
    },
    /**
     * @param known what the server knows about the token
     * @throws StorageError if the queue cannot store the token's device
     */
    connect(to: Connection, known: { store?: Store | null; deviceId?: string; deviceName?: string } = {}): void {
      const { store = null, ...who } = known;
      queue.belongTo(ports.sha256(to.token), who);
      link?.close();
      switchStore(store);
      availability.forget();
      serverUrl = originOf(to.serverUrl);
      const opened = createLink({
        ports,
        target: { origin: serverUrl, token: to.token },
        appVersion,
        sync,
        queue,
        serverClock,
        lastWordAt: facts.lastWordAt(),
        pollEvery: () => settings.current().pollSeconds * 1_000,
        onLink(state, before) {
          history.link(state, opened.current().cause);
          const draft = linkNotice(state);
          if (draft) pushes.notify(draft);
          if (state === before) pushes.request();
          else pushes.now();
        },
        onUp() {
          onUp();
          void fetchStore(opened);
        },
        onPolled: () => void fetchAvailability(opened.api),
        onAnswered,
        onMessage(event, payload) {
          if (event === 'availability') availability.take(payload);
          if (event !== 'stats') return;
          facts.setStats(payload);
          statsAt = serverClock.now();
        },
        onDiskFailed: disks.failed,
      });
      link = opened;
      opened.start();
    },
    /** Looks whether somebody has changed the store's settings: nothing in the contract announces that. */
    refreshStore(): void {
      const state = link?.current().state;
      if (link && (state === 'live' || state === 'polling')) void fetchStore(link);
    },
    close(): void {
      closed = true;
      link?.close();
    },
  };
}
