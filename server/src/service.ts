import type { AdminCommand, AdminCommandAnswer, Escalation, EscalationKind } from '#contract/admin.ts';
import type { Undo } from '#contract/bridge.ts';
import type { CommandAnswer } from '#contract/command.ts';
import type { Order, OrderDraft, OrderPatch } from '#contract/order.ts';
import type { PaymentStatus, Status } from '#contract/status.ts';
import type { Device, DeviceRole, PairAnswer, Store, StoreDraft, StorePatch } from '#contract/store.ts';
import type { Change, Changes, Position, Presence, ResetReason, Snapshot, Stats } from '#contract/sync.ts';
import type { AdminCaller, Caller, DeviceCaller } from './caller.ts';
import type { Commit } from './database/write-queue.ts';
import type { Hints } from './hints/hints.ts';
import type { LogReader, StopReading } from './log/follow/log-reader.ts';
import type { ServiceError } from './service-error.ts';

/**
 * What the edges (HTTP, sockets) may ask of the server's data side. The edges have parsed the inputs and checked the role;
 * the service checks the store (another store's order is `not_found`). It throws a {@link ServiceError} when a request
 * cannot be done, and `DatabaseUnavailable` when the database fails. Nothing resolves before it is durable.
 */
export interface Service {
  /** Resolves when the database answers; rejects otherwise. */
  ready(): Promise<void>;
  close(): Promise<void>;
  access: Access;
  stores: Stores;
  orders: Orders;
  log: Log;
  receipts: Receipts;
  escalations: Escalations;
  writes: Writes;
  hints: Hints;
  /** Answers a display's batch (C1 to C6). Its commands are unchecked input. */
  submitCommands(device: DeviceCaller, commands: unknown[]): Promise<CommandAnswer>;
  /** Those of the commands that the device's ledger holds (C3). */
  knownCommands(deviceId: string, commandIds: string[]): Promise<string[]>;
  /**
   * Decides an admin's intent as a display's command, without an identity (ADR 15). A recall without `baseVersion` applies
   * to any version.
   */
  submitIntent(caller: AdminCaller, command: AdminCommand): Promise<AdminCommandAnswer>;
}

export interface Access {
  /** Who holds this token; null: nobody, or it is revoked. */
  callerOf(token: string): Promise<Caller | null>;
  createDevice(
    storeId: string,
    draft: { name: string; role: DeviceRole },
  ): Promise<{ deviceId: string; token: string }>;
  listDevices(storeId: string): Promise<Omit<Device, 'live'>[]>;
  /** Refuses with `not_found`. Gives the `revoked` hint before it resolves. */
  revokeDevice(deviceId: string): Promise<void>;
  /** Those of the devices that have no token any more. */
  revoked(deviceIds: readonly string[]): Promise<string[]>;
  /**
   * Notes that a device was seen, and the cursor that it has on disk (null: it has to start over). Cheap; written in the
   * background.
   */
  seen(deviceId: string, cursor?: number | null): void;
  createPairingCode(storeId: string): Promise<{ code: string; expiresAt: string }>;
  /** Refuses with `not_found` (wrong, used, expired, or locked by ten wrong tries). Accepts lower case and confusable letters. */
  redeemPairingCode(code: string, deviceName: string): Promise<PairAnswer>;
}

export interface Stores {
  create(draft: StoreDraft): Promise<Store>;
  list(): Promise<Store[]>;
  get(id: string): Promise<Store>;
  patch(id: string, patch: StorePatch): Promise<Store>;
}

export interface OrderQuery {
  /** null: all stores (admin). */
  storeId: string | null;
  status?: Status[];
  q?: string;
  /** ISO; bound `createdAt`, both inclusive. */
  from?: string;
  to?: string;
  limit: number;
  /** `nextBefore` of the page before. */
  before?: string;
}

/** A repeated `Idempotency-Key` gets the stored answer; with another request: `invalid_request`, answered as 422. */
export interface Idempotency {
  key: string;
  /** Hash of method, path and body. */
  request: string;
}

export interface Orders {
  /** `created` false: `externalId` was seen before, and `order` is the first one as it is now. */
  create(caller: Caller, storeId: string, draft: OrderDraft): Promise<{ order: Order; created: boolean }>;
  get(caller: Caller, id: string): Promise<Order>;
  list(query: OrderQuery): Promise<{ orders: Order[]; nextBefore: string | null }>;
  patch(
    caller: Caller,
    id: string,
    patch: OrderPatch,
    options: { ifMatch?: number | undefined; idempotency?: Idempotency },
  ): Promise<Order>;
  remove(caller: Caller, id: string, options: { idempotency?: Idempotency }): Promise<void>;
  /** Refuses with `invalid_transition` and the order. */
  setStatus(
    caller: Caller,
    id: string,
    to: Status,
    options: { reason?: string | undefined; idempotency?: Idempotency },
  ): Promise<Order>;
  setPayment(
    caller: Caller,
    id: string,
    payment: { status: PaymentStatus; method?: string | undefined },
    options: { idempotency?: Idempotency },
  ): Promise<Order>;
  /** Oldest first, each with its `order`. A deleted order still has its history. */
  history(caller: Caller, id: string): Promise<Change[]>;
  stats(storeId: string, from: string, to: string): Promise<Stats>;
  /** Today's, in the store's time zone. */
  statsToday(storeId: string): Promise<Stats>;
}

export type LogRead =
  | ({ mode: 'delta' } & Changes)
  | { mode: 'snapshot'; reason: ResetReason; epoch: string; head: number };

export interface Log {
  /** Where the log ends, and its rolling hash there. */
  head(storeId: string): Promise<{ epoch: string; head: number; hash: string | null }>;
  /**
   * Rule S2, then the changes after the position: at most `limit` of them, closed before `maxBytes`, which is a socket
   * message's size (BATCH_BYTES) unless said otherwise; one change is always in it.
   */
  read(storeId: string, position: Position, limit: number, maxBytes?: number): Promise<LogRead>;
  /** Rule S4, at one `seq`. */
  snapshot(storeId: string): Promise<Pick<Snapshot, 'epoch' | 'seq' | 'hash' | 'orders'>>;
  /** Rule S6, true at `head`. */
  digest(storeId: string): Promise<{ epoch: string; head: number; digest: string }>;
  /**
   * Hands every change of a store to somebody whose cursor is kept in the database: at least once, in order, across
   * restarts. Resolves when the cursor is there.
   */
  follow(reader: LogReader): Promise<StopReading>;
}

/**
 * Delivery receipts: which displays of a store are live, and what each has on its disk. Live is one whose socket has said
 * hello, or that has asked over HTTP within 70 s (two polls and a half at the usual 30 s).
 */
export interface Receipts {
  /** Its socket said hello. The undo: that socket ended. */
  connected(display: DeviceCaller): Undo;
  /** It asked over HTTP for the changes after its cursor (as in {@link onDisk}). Ignored while a socket of it is there. */
  polled(display: DeviceCaller, cursor: number | null): void;
  /** Everything up to the cursor is on its disk. null: it has to start over, so nothing on its disk counts. */
  onDisk(display: DeviceCaller, cursor: number | null): void;
  /** Whether a socket of it is there. */
  isConnected(deviceId: string): boolean;
  /** The live ones. */
  presence(storeId: string): Presence;
}

export interface EscalationQuery {
  storeId: string;
  /** Only the unresolved ones. */
  open?: boolean;
  orderId?: string;
  limit: number;
  /** `nextBefore` of the page before. */
  before?: string;
}

export interface Escalations {
  /** Newest first. Refuses with `not_found`. */
  list(query: EscalationQuery): Promise<{ escalations: Escalation[]; nextBefore: string | null }>;
  /** How many are unresolved, of each kind. */
  open(): Record<EscalationKind, number>;
  /** How many this process has raised, of each kind. */
  raised(): Record<EscalationKind, number>;
  /** The unresolved ones of all stores. */
  unresolved(): Promise<Escalation[]>;
  /** These, as they are now. */
  find(ids: readonly string[]): Promise<Escalation[]>;
  /** After each call of a notifier; `told` is its success. */
  onNotified(listener: (attempt: { notifier: string; outcome: 'told' | 'failed' | 'given_up' }) => void): Undo;
}

export interface Writes {
  /** How many are not yet in a transaction. */
  waiting(): number;
  onCommit(listener: (commit: Commit) => void): Undo;
}
