import { createDisplay } from '../create-display.ts';
import type { Connection, Display } from '../display.ts';
import type { Log, MachineDiagnostics, Ports } from '../ports.ts';
import { createFakeClock } from './fake-clock.ts';
import { createFakePaper } from './fake-paper.ts';
import { createFakeServer } from './fake-server.ts';
import { type MemoryStorage, memoryStorage } from './memory-storage.ts';
import { createNetwork } from './network.ts';
import { watchDisplay } from './screen.ts';
import { seededRandom, seededUuid } from './seeded-random.ts';

const SERVER_URL = 'http://server.test';
/** The server's clock; independent of the displays' clocks. */
const OPENING = Date.parse('2026-11-21T10:00:00.000Z');

export type TestHarness = ReturnType<typeof createTestHarness>;

/**
 * A server and its displays on one clock that only a test advances: the whole product without a machine. A seed
 * determines the run.
 */
export function createTestHarness({ sha256, seed = 1 }: { sha256: Ports['sha256']; seed?: number }) {
  const clock = createFakeClock(OPENING);
  const random = seededRandom(seed);
  const opened = clock.monotonic();
  let serverAhead = 0;
  const server = createFakeServer({ now: () => OPENING + serverAhead + clock.monotonic() - opened, random });
  const logged: string[] = [];
  const log: Log = {
    info: () => {},
    warn: (message) => logged.push(message),
    error: (message) => logged.push(message),
  };

  /** A display with its own disks and cable, as the device of `token`; not started. */
  function openDisplay(token: string, storage: MemoryStorage = memoryStorage()) {
    const network = createNetwork({ clock, server, sha256 });
    const printers = createFakePaper();
    const ports: Ports = {
      clock,
      random,
      uuid: seededUuid(random),
      sha256,
      slowHash: async (secret, salt) => sha256(`${salt} ${secret}`),
      storage: storage.storage,
      sockets: network.sockets,
      http: network.http,
      paper: printers.paper,
      log,
    };
    const archives: Record<string, string>[] = [];
    const machine: MachineDiagnostics = {
      facts: async () => ({ platform: 'paper' }),
      lastLogLines: async () => logged.join('\n'),
      async zip(files) {
        archives.push(files);
        return 'UEsFBg==';
      },
    };
    let connection: Connection | null = { serverUrl: SERVER_URL, token };
    const connections = {
      read: async () => connection,
      write: async (to: Connection) => {
        connection = to;
      },
    };
    const make = (): { display: Display; screen: ReturnType<typeof watchDisplay> } => {
      const display = createDisplay(ports, { appVersion: '0.0.0', connection: connections, machine });
      return { display, screen: watchDisplay(display) };
    };
    let { display, screen } = make();
    return {
      storage,
      network,
      printers,
      /** The unpacked archive. */
      archives,
      get display(): Display {
        return display;
      },
      get screen() {
        return screen;
      },
      forgetConnection(): void {
        connection = null;
      },
      async start(): Promise<void> {
        await display.start();
        await screen.askBoard();
      },
      /** Kills the program and starts it again on the same disks. */
      async restart(): Promise<void> {
        const cable = 'cut';
        network.setCable(cable);
        storage.crash();
        await display.close().catch(() => {});
        storage.crash();
        network.setCable('whole');
        ({ display, screen } = make());
        await display.start();
        await screen.askBoard();
      },
    };
  }

  /** Sets the server's clock ahead of its right time, ms. */
  function setServerAhead(ms: number): void {
    serverAhead = ms;
  }

  return { clock, server, setServerAhead, logged, openDisplay, at: (): number => server.now(), pass: clock.advance };
}
