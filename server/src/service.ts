import type { Undo } from '#contract/bridge.ts';
import type { CommandAnswer } from '#contract/command.ts';
import type { ErrorCode, ErrorDetail } from '#contract/errors.ts';
import type { Order, OrderDraft, OrderPatch, PaymentStatus } from '#contract/order.ts';
import type { Status } from '#contract/status.ts';
import type { Device, DeviceRole, PairAnswer, Store, StoreDraft, StorePatch } from '#contract/store.ts';
import type { Change, Changes, Position, ResetReason, Snapshot, Stats } from '#contract/sync.ts';

/**
 * What the edges (HTTP, sockets) may ask of the server's data side. Inputs have been parsed by the contract's schemas
 * and the role has been judged; the store is judged here (another store's order is `not_found`). What cannot be done is
 * thrown as a {@link Refusal}. Nothing resolves before it is durable.
 */
export interface Service {
  /** Resolves when the database answers; rejects otherwise. */
  ready(): Promise<void>;
  close(): Promise<void>;
  access: Access;
  stores: Stores;
  orders: Orders;
  log: Log;
  /** A display's batch through the ledger (C1 to C6). Each entry is unchecked input. */
  submitCommands(device: DeviceCaller, commands: unknown[]): Promise<CommandAnswer>;
}

export interface AdminCaller {
  role: 'admin';
  id: 'admin';
  name: 'admin';
  storeId: null;
}
export interface DeviceCaller {
  role: DeviceRole;
  /** The device's id. */
  id: string;
  name: string;
  storeId: string;
}
export type Caller = AdminCaller | DeviceCaller;

export interface Access {
  /** Who holds this token; null: nobody, or revoked. */
  callerOf(token: string): Promise<Caller | null>;
  createDevice(
    storeId: string,
    draft: { name: string; role: DeviceRole },
  ): Promise<{ deviceId: string; token: string }>;
  listDevices(storeId: string): Promise<Omit<Device, 'live'>[]>;
  /** Refuses with `not_found`. Listeners of {@link onRevoked} are told before it resolves. */
  revokeDevice(deviceId: string): Promise<void>;
  onRevoked(listener: (deviceId: string) => void): Undo;
  /** Notes that a device was heard of, and, when given, the cursor it has on disk. Cheap; written in the background. */
  seen(deviceId: string, cursor?: number): void;
  createPairingCode(storeId: string): Promise<{ code: string; expiresAt: string }>;
  /** Refuses with `not_found` (wrong, used, expired, or burnt by ten wrong tries). Accepts lower case and confusable letters. */
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

/** A repeated `Idempotency-Key` gets the first answer; with another request: `invalid_request`, answered as 422. */
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
    options: { ifMatch?: number; idempotency?: Idempotency },
  ): Promise<Order>;
  remove(caller: Caller, id: string, options: { idempotency?: Idempotency }): Promise<void>;
  /** Refuses with `invalid_transition` and the order. */
  setStatus(
    caller: Caller,
    id: string,
    to: Status,
    options: { reason?: string; idempotency?: Idempotency },
  ): Promise<Order>;
  setPayment(
    caller: Caller,
    id: string,
    payment: { status: PaymentStatus; method?: string },
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
  head(storeId: string): Promise<{ epoch: string; head: number }>;
  /**
   * Rule S2, then the changes after the position: at most `limit` of them, closed before `maxBytes`, which is a socket
   * message's size (BATCH_BYTES) unless said otherwise; one change is always in it.
   */
  read(storeId: string, position: Position, limit: number, maxBytes?: number): Promise<LogRead>;
  /** Rule S4, at one `seq`. */
  snapshot(storeId: string): Promise<Pick<Snapshot, 'epoch' | 'seq' | 'hash' | 'orders'>>;
  /** Rule S6, true at `head`. */
  digest(storeId: string): Promise<{ epoch: string; head: number; digest: string }>;
  /** The highest number of this device that was answered. */
  lastN(deviceId: string): Promise<number>;
  /** After each commit that moved a head, whichever node made it. A hint: read the log for the truth. */
  onHead(listener: (storeId: string, head: number) => void): Undo;
}

/** Why a request cannot be done, in the contract's codes. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetail[] | undefined;
  /** The order as it is now; with `invalid_transition`, and with `conflict` on a PATCH. */
  readonly order: Order | undefined;
  /** Overrides the code's own HTTP status (422 of a reused Idempotency-Key). */
  readonly status: number | undefined;
  constructor(
    code: ErrorCode,
    message: string,
    more: { details?: ErrorDetail[]; order?: Order; status?: number } = {},
  ) {
    super(message);
    this.code = code;
    this.details = more.details;
    this.order = more.order;
    this.status = more.status;
  }
}
