import type {
  AdminCommand,
  AdminCommandAnswer,
  Escalation,
  EscalationKind,
  StoreEscalationKind,
} from '#contract/admin.ts';
import type { Availability, AvailabilityPatch } from '#contract/availability.ts';
import type { Undo } from '#contract/bridge.ts';
import type { CommandAnswer } from '#contract/command.ts';
import type { Order, OrderDraft, OrderPatch } from '#contract/order.ts';
import type { CustomerOrders, PublicOrder } from '#contract/public-order.ts';
import type { Sales } from '#contract/sales.ts';
import type { PaymentStatus, Status } from '#contract/status.ts';
import type { Device, DeviceRole, PairAnswer, Store, StoreDraft, StorePatch } from '#contract/store.ts';
import type { Change, Changes, Position, Presence, ResetReason, Snapshot, Stats } from '#contract/sync.ts';
import type { Delivery, MadeWebhook, Webhook, WebhookDraft, WebhookPatch } from '#contract/webhook.ts';
import type { Caller, Customer, CustomerClaim, DeviceCaller, ManagingCaller } from './caller.ts';
import type { Damage } from './database/damage.ts';
import type { Commit, Write, WriteQueue } from './database/write-queue.ts';
import type { Hints } from './hints/hints.ts';
import type { Idempotency, Once } from './idempotency/once.ts';
import type { Leases } from './leases/create-leases.ts';
import type { Term } from './leases/term.ts';
import type { AllLogsReader, LogReader, StopReading } from './log/follow/log-reader.ts';
import type { SnapshotBody } from './log/snapshot-bodies.ts';
import type { Printers } from './printing/printers.ts';
import type { ServiceError } from './service-error.ts';
import type { CaughtJobs } from './sources/print/caught-jobs.ts';
import type { Sources } from './sources/sources.ts';
import type { Telegram } from './telegram/telegram.ts';

/**
 * The interface of the data side to the edges (HTTP, sockets). The edges parse the inputs and check the role; the
 * service checks the store (another store's order is `not_found`). It throws a {@link ServiceError} when it refuses a
 * request, and `DatabaseUnavailable` when the database fails. Writes resolve when they are durable.
 */
export interface Service {
  /** Resolves when the database answers; rejects otherwise. */
  ready(): Promise<void>;
  close(): Promise<void>;
  /** ms since 1970, the same on all nodes. */
  now(): number;
  access: Access;
  stores: Stores;
  availability: Availabilities;
  orders: Orders;
  customers: Customers;
  log: Log;
  receipts: Receipts;
  escalations: Escalations;
  webhooks: Webhooks;
  sources: Sources;
  caughtJobs: CaughtJobs;
  telegram: Telegram;
  printers: Printers;
  writes: Writes;
  damage: DamageReports;
  hints: Hints;
  /** Which server does what, of those that use the database. */
  leases: Leases;
  /** Answers a display's batch (C1 to C6). The commands are unchecked input. */
  submitCommands(device: DeviceCaller, commands: unknown[]): Promise<CommandAnswer>;
  /** The commands that the device's ledger holds (C3). */
  knownCommands(deviceId: string, commandIds: string[]): Promise<string[]>;
  /**
   * Decides the intent of an admin or manager like a display's command, without an identity (ADR 15). A recall without
   * `baseVersion` applies to any version.
   */
  submitIntent(caller: ManagingCaller, command: AdminCommand): Promise<AdminCommandAnswer>;
}

/** What a caller shows: a token, or the session of a page. */
export type Credential = { token: string } | { session: string };

export interface Access {
  /** The holder of this token; null: unknown or revoked. */
  callerOf(token: string): Promise<Caller | null>;
  /**
   * Opens a session for a page: 12 hours in which `session` is as good as the token, unless that is revoked before.
   *
   * @param token of this caller
   */
  openSession(caller: ManagingCaller, token: string): Promise<string>;
  /** null: unknown or ended. */
  callerOfSession(session: string): Promise<ManagingCaller | null>;
  /** Idempotent. */
  endSession(session: string): Promise<void>;
  /** Those of these credentials that are no longer valid. */
  ended(credentials: readonly Credential[]): Promise<Credential[]>;
  /** A repeat gets the device with another token; `conflict` once the first one was used. */
  createDevice(
    storeId: string,
    draft: { name: string; role: DeviceRole },
    once?: Once,
  ): Promise<{ deviceId: string; token: string }>;
  listDevices(storeId: string): Promise<Omit<Device, 'live'>[]>;
  /**
   * Refuses with `not_found`. Gives the `revoked` hint before it resolves.
   *
   * @param storeId the caller's store; null, the default: any
   */
  revokeDevice(deviceId: string, storeId?: string | null): Promise<void>;
  /**
   * Gives a device of the caller's store another token; the one before is good for ten more minutes. Refuses with
   * `not_found`, and with `forbidden` a manager who wants the token of another manager.
   */
  rotateToken(caller: ManagingCaller, deviceId: string): Promise<{ token: string }>;
  /** The devices whose token is revoked. */
  revoked(deviceIds: readonly string[]): Promise<string[]>;
  /**
   * Records that a device was seen, and its cursor on disk (null: it must start over). Cheap; written in the
   * background.
   */
  seen(deviceId: string, cursor?: number | null): void;
  createPairingCode(storeId: string): Promise<{ code: string; expiresAt: string }>;
  /**
   * Refuses with `not_found` (wrong, used or expired). Accepts lower case and confusable letters.
   *
   * @param key of the display: a repeat with it within ten minutes gets the device another token
   */
  redeemPairingCode(code: string, deviceName: string, key?: string): Promise<PairAnswer>;
}

export interface Stores {
  create(draft: StoreDraft, once?: Once): Promise<Store>;
  list(): Promise<Store[]>;
  get(id: string): Promise<Store>;
  patch(id: string, patch: StorePatch): Promise<Store>;
}

/** What stores take now (contract, section 13). No answer has a time that has passed. */
export interface Availabilities {
  /** Refuses with `not_found`. */
  get(storeId: string): Promise<Availability>;
  /** Refuses with `not_found`. The listeners of this process have been called when it resolves. */
  patch(storeId: string, patch: AvailabilityPatch): Promise<Availability>;
  /** As last given to the listeners of {@link onChange}, for one that comes later; without a query. */
  latest(storeId: string): Availability;
  /**
   * Called for each change, whichever process made it, and when a time ends, at its time. The last call for a store has the
   * newest state. The listener must not throw.
   */
  onChange(listener: (storeId: string, availability: Availability) => void): Undo;
}

export interface OrderQuery {
  /** null: all stores (admin). */
  storeId: string | null;
  customerRef?: string;
  status?: Status[];
  q?: string;
  /** ISO; bound `createdAt`, both inclusive. */
  from?: string;
  to?: string;
  limit: number;
  /** `nextBefore` of the page before. */
  before?: string;
}

export interface Orders {
  /** `created` false: `externalId` is known, and `order` is the first one in its current state. */
  create(
    caller: Caller,
    storeId: string,
    draft: OrderDraft,
    options?: { idempotency?: Idempotency },
  ): Promise<{ order: Order; created: boolean }>;
  /** The id of the order that a store has, or had, under this `externalId`; null: none. */
  idOf(storeId: string, externalId: string): Promise<string | null>;
  get(caller: Caller, id: string): Promise<Order>;
  /** A search that the signal aborts rejects with its reason. */
  list(query: OrderQuery, signal?: AbortSignal): Promise<{ orders: Order[]; nextBefore: string | null }>;
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
  /**
   * The changes after `after` (a `seq`), oldest first, each with its `order`: a page, empty after the last one. A
   * deleted order still has its history.
   */
  history(caller: Caller, id: string, after?: number): Promise<Change[]>;
  /** As {@link list} with the signal. */
  stats(storeId: string, from: string, to: string, signal?: AbortSignal): Promise<Stats>;
  /** By source and by dish; both ends ISO and inclusive; without `from`, since the start of the local day. Refuses with `not_found`. */
  sales(storeId: string, from: string | undefined, to: string, signal?: AbortSignal): Promise<Sales>;
  /** Today's, in the store's time zone. */
  statsToday(storeId: string): Promise<Stats>;
}

/** What customers see and do; orders leave as their public view. */
export interface Customers {
  /** The customer of a token; null: there is no such store or order. */
  find(claim: CustomerClaim): Promise<Customer | null>;
  /** Newest first. Refuses with `invalid_request` if `before` is not the `nextBefore` of a page. */
  list(customer: Customer, query: { limit: number; before?: string }): Promise<CustomerOrders>;
  /** A page of the open orders. @param before `nextBefore` of the page before; null: the first */
  openOrders(customer: Customer, before: string | null): Promise<{ orders: Order[]; nextBefore: string | null }>;
  /**
   * Cancels a pending order; one that is cancelled stays as it is. Refuses with `not_found`, also for the order of
   * another customer, and with `invalid_transition` and the order.
   */
  cancel(customer: Customer, orderId: string, reason: string | undefined): Promise<PublicOrder>;
  /** The statuses that the order of a tracking token came to, oldest first, with the times; of other customers none. */
  steps(customer: Customer): Promise<{ status: Status; at: string }[]>;
  /** The `customer.ref` that a deleted order had. */
  refOfDeleted(orderId: string): Promise<string | null>;
}

export type LogRead = ({ mode: 'delta' } & Changes) | StartOver;

/** The log does not continue from a position. */
export interface StartOver {
  mode: 'snapshot';
  reason: ResetReason;
  epoch: string;
  head: number;
}

/** A place in a log from which it can be read. */
export interface LogPlace {
  mode: 'delta';
  position: Position & { epoch: string };
  head: number;
}

export interface Log {
  /** The head of the log and its rolling hash. */
  head(storeId: string): Promise<{ epoch: string; head: number; hash: string | null }>;
  /** The heads of several logs, without those of stores that do not exist. */
  heads(storeIds: readonly string[]): Promise<Map<string, { epoch: string; head: number }>>;
  /**
   * Rule S2, then the changes after the position: at most `limit` of them and `maxBytes`, by default the size of a
   * socket message (BATCH_BYTES), but at least one.
   */
  read(storeId: string, position: Position, limit: number, maxBytes?: number): Promise<LogRead>;
  /** As {@link read}, but each change has its order as it was after it. */
  readWhole(storeId: string, position: Position, limit: number): Promise<LogRead>;
  /** Rule S2 for a follower that keeps no hash: the place after the change `since`; null: the end of the log. */
  locate(storeId: string, since: { epoch: string; seq: number } | null): Promise<LogPlace | StartOver>;
  /** Rule S4: a {@link Snapshot} at one `seq`, which holds everything committed before the call. */
  snapshot(storeId: string): Promise<SnapshotBody>;
  /** Rule S6, true at `head`. */
  digest(storeId: string): Promise<{ epoch: string; head: number; digest: string }>;
  /**
   * Delivers every change of a store to a reader whose cursor is in the database: at least once, in order, across
   * restarts. Resolves when the cursor exists.
   *
   * @param term of the work that this is a part of; by default every server follows
   */
  follow(reader: LogReader, term?: Term): Promise<StopReading>;
  /** As {@link follow}, but all stores, also those made later, from the oldest change that each log has. */
  followAll(reader: AllLogsReader, term?: Term): StopReading;
}

/**
 * Delivery receipts: which displays of a store are live, and what each has stored. A display is live if its socket has
 * said hello, or if it polled within 70 s (two and a half polls at the default 30 s).
 */
export interface Receipts {
  /** The display's socket has said hello. The undo: that socket has closed. */
  connected(display: DeviceCaller): Undo;
  /** The display polled for the changes after its cursor (as in {@link onDisk}). Ignored while it has a socket. */
  polled(display: DeviceCaller, cursor: number | null): void;
  /** The display has stored everything up to the cursor. null: it must start over, so nothing that it stored counts. */
  onDisk(display: DeviceCaller, cursor: number | null): void;
  /** Whether the display has a socket. */
  isConnected(deviceId: string): boolean;
  /** The live displays. */
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

/** What a store's escalation is about: the id of a printer, webhook or source. */
export interface StoreSubject {
  storeId: string;
  kind: StoreEscalationKind;
  subject: string;
}

/** Raises and resolves a store's escalations as a part of a write. */
export interface EscalationsOfWrite {
  raise(about: StoreSubject, detail: string): Promise<void>;
  resolve(about: StoreSubject): Promise<void>;
}

export interface Escalations {
  /** A write that also raises or resolves escalations of its store: all of it is stored, or nothing. */
  write<T>(
    queue: WriteQueue,
    storeId: string,
    job: (write: Write, escalations: EscalationsOfWrite) => Promise<T>,
    size?: number,
  ): Promise<T>;
  /**
   * Raises a store's escalation, unless one about the same subject is open. Resolves when it is durable.
   *
   * @param queue of the term, for whoever does the work of one
   */
  raise(about: StoreSubject, detail: string, queue?: WriteQueue): Promise<void>;
  /** Resolves a store's escalation, if one is open. */
  resolve(about: StoreSubject, queue?: WriteQueue): Promise<void>;
  /** Newest first. Refuses with `not_found`. */
  list(query: EscalationQuery): Promise<{ escalations: Escalation[]; nextBefore: string | null }>;
  /** Unresolved escalations per kind. */
  open(): Record<EscalationKind, number>;
  /** Escalations raised by this process, per kind. */
  raised(): Record<EscalationKind, number>;
  /** The ids of the unresolved ones of all stores. */
  unresolved(): Promise<string[]>;
  /** Escalations by id, in their current state. */
  find(ids: readonly string[]): Promise<Escalation[]>;
  /** After each call of a notifier; `told` means success. */
  onNotified(listener: (attempt: { notifier: string; outcome: 'told' | 'failed' | 'given_up' }) => void): Undo;
}

/**
 * Outgoing webhooks (contract, section 11). `storeId` is the caller's store; null: any. Another store's webhook is
 * `not_found`. An address that may not be sent to is `invalid_request`, with the field `url`.
 */
export interface Webhooks {
  /** It starts at the head of the log. A repeat gets its secret too; `conflict` once that was replaced. */
  create(storeId: string, draft: WebhookDraft, once?: Once): Promise<MadeWebhook>;
  list(storeId: string): Promise<Webhook[]>;
  get(id: string, storeId: string | null): Promise<Webhook>;
  /** Another address, and switching on, begin a new schedule of tries. */
  patch(id: string, patch: WebhookPatch, storeId: string | null): Promise<Webhook>;
  remove(id: string, storeId: string | null): Promise<void>;
  /** The former secrets sign too for 24 h. */
  rotate(id: string, storeId: string | null): Promise<{ secret: string }>;
  /** Sends a message of the type `test` at once and once, also if the webhook is switched off. */
  test(id: string, storeId: string | null): Promise<Delivery>;
  /** Sends everything from this `seq` on again. Refuses with `invalid_request` what the log does not have. */
  replay(id: string, from: number, storeId: string | null): Promise<Webhook>;
  /** Newest first. */
  deliveries(id: string, storeId: string | null): Promise<Delivery[]>;
  /** Webhooks to which this process delivers. */
  count(): { working: number; failing: number };
  onTry(listener: (outcome: 'delivered' | 'failed' | 'undeliverable') => void): Undo;
}

export interface Writes {
  /** Writes that are not yet in a transaction. */
  waiting(): number;
  onCommit(listener: (commit: Commit) => void): Undo;
}

/** Damaged rows, each reported once by a process. */
export interface DamageReports {
  onDamage(listener: (damage: Damage) => void): Undo;
}
