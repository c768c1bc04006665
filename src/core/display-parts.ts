import type { Mute } from './alerts/mute.ts';
import type { StoreAvailability } from './availability.ts';
import type { BoardModel } from './board/board.ts';
import type { DayEnd } from './board/day-end.ts';
import type { Pushes } from './bridge/pushes.ts';
import type { CachedFacts } from './cached-facts.ts';
import type { Troubles } from './diagnosis/troubles.ts';
import type { DiskGuard } from './disk-guard.ts';
import type { History } from './history/history.ts';
import type { ClockWatch } from './link/clock-watch.ts';
import type { ServerClock } from './link/server-clock.ts';
import type { SyncEngine } from './link/sync-engine.ts';
import type { Ports } from './ports.ts';
import type { Printing } from './printing/create-printing.ts';
import type { FailedCommands } from './queue/failed-commands.ts';
import type { Queue } from './queue/queue.ts';
import type { Pin } from './settings/pin.ts';
import type { SettingsStore } from './settings/settings.ts';
import type { Till } from './till/create-till.ts';

/** The parts that status, upkeep and the connection share. */
export interface DisplayParts {
  ports: Ports;
  facts: CachedFacts;
  availability: StoreAvailability;
  serverClock: ServerClock;
  clockWatch: ClockWatch;
  sync: SyncEngine;
  queue: Queue;
  history: History;
  board: BoardModel;
  failedCommands: FailedCommands;
  settings: SettingsStore;
  pin: Pin;
  dayEnd: DayEnd;
  muting: Mute;
  troubles: Troubles;
  disks: DiskGuard;
  printing: Printing;
  /** Null: this host cannot be a printer to tills. */
  till: Till | null;
  pushes: Pushes;
}
