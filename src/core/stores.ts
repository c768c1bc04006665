import type { Intent, Outcome } from '#contract/command.ts';
import type { FailedCommand } from '#contract/failed-command.ts';
import type { HistoryEntry, HistoryKind, HistoryPage, PathFigures } from '#contract/history.ts';
import type { Order } from '#contract/order.ts';
import type { OrderFacts } from '#contract/summarise.ts';
import type { Position } from '#contract/sync.ts';

/** The two databases as the core sees them. All calls are synchronous (design.md, decision 5) and throw `StorageError`. */

interface Store {
  /** Runs `run` in one transaction, or in the surrounding one. An error rolls back and is rethrown. */
  transaction<T>(run: () => T): T;
  /** Throws `StorageError` `removed` if the file was removed or replaced while it is open; a write throws it too. */
  checkFile(): void;
  /**
   * Checks the next few rows on the disk; call it again and again. Deletes damaged rows; a damaged command stays as one that
   * cannot be read. Returns whether there was one.
   */
  mendNextRows(): boolean;
  /** Idempotent. */
  close(): void;
}

/** The orders as the server sent them, and the position in its log that they reflect. */
export interface OrderStore {
  position(): Position;
  setPosition(position: Position): void;
  get(orderId: string): Order | undefined;
  put(order: Order): void;
  /** Also removes the order's last-seen copy and its figures. */
  remove(orderId: string): void;
  clear(): void;
  /** All open orders. */
  open(): Order[];
  /** Closed orders whose `statusSince` is at or after `since` (ISO), newest first, at most `limit`. */
  closedSince(since: string, limit: number): Order[];
  /** Of all orders, unsorted. */
  versions(): { id: string; version: number }[];
  /** Of all open orders, sorted by the bytes of their id (S6). */
  openVersions(): { id: string; version: number }[];
  /** Removes closed orders that last changed before this (ISO); returns how many. */
  forgetClosedBefore(updatedAt: string): number;
  /** The order as last seen on this display, if it was changed or called off since. */
  seen(orderId: string): Order | undefined;
  keepSeen(order: Order): void;
  forgetSeen(orderId: string): void;
  /** Closed orders with a last-seen copy. */
  closedUnseen(): Order[];
  /** Small facts for an offline start. JSON. */
  note(key: 'store' | 'stats' | 'clock' | 'lastWord' | 'prunedAt'): unknown;
  setNote(key: 'store' | 'stats' | 'clock' | 'lastWord' | 'prunedAt', value: unknown): void;
}

export interface SearchStore {
  /** Orders with one of `texts` in their `searchText`, newest first by `createdAt`, then by id. */
  search(look: SearchLook): Order[];
}

export interface FigureStore {
  figureRow(orderId: string): FigureRow | undefined;
  /** The order must be stored before its row. */
  keepFigureRow(row: FigureRow): void;
  /** Rows of orders created at or after `from` and before `to` (ISO), unsorted, as they count in a store of this currency. */
  figureRows(from: string, to: string, currency: string): CountedRow[];
}

export interface HistoryStore {
  addHistory(rows: readonly HistoryRow[]): void;
  history(look: HistoryLook): HistoryPage;
  /** The newest entries about one order, newest first. */
  historyOf(orderId: string, limit: number): HistoryEntry[];
  historyFigures(): PathFigures;
  /** Removes entries noted before `at` (ms), and all but the newest `most`. */
  pruneHistory(at: number, most: number): void;
  clearHistory(): void;
}

/** Data from the server. May be lost at any time. One transaction can cover all four parts. */
export interface CacheStore extends Store, OrderStore, SearchStore, FigureStore, HistoryStore {}

/** What the figures need from an order. Times are ISO. */
export interface FigureRow
  extends Omit<OrderFacts, 'totalMinor'>,
    Pick<Order, 'totalMinor' | 'statusSince' | 'fulfilment' | 'placedAt'> {
  orderId: string;
  /** How often it was recalled. */
  recalls: number;
}

/** Its total is null if the order is in another currency than the store. */
export type CountedRow = Omit<FigureRow, 'totalMinor'> & OrderFacts;

export interface SearchLook {
  /** Folded texts; an order must contain at least one. */
  texts: readonly string[];
  /** Older than this; null: from the newest on. */
  before: Pick<Order, 'createdAt' | 'id'> | null;
  limit: number;
}

/** An entry without its id. */
export type HistoryDraft = HistoryEntry extends infer E ? (E extends unknown ? Omit<E, 'id'> : never) : never;
export interface HistoryRow {
  entry: HistoryDraft;
  /** The searchable text, in lower case. */
  words: string;
}
export interface HistoryLook {
  /** Older than this entry; null: from the newest on. */
  before: number | null;
  /** Null: all. */
  kinds: readonly HistoryKind[] | null;
  /** A part of `words`, or null. */
  words: string | null;
  limit: number;
  /** Most entries to examine, which bounds the cost. */
  most: number;
}

/** One command of this display. Ids are in tap order, which is the chain of rule C1. */
export interface CommandRow {
  /** Known to this disk only. */
  id: number;
  /** The UUID that identifies it on the server. */
  commandId: string;
  orderId: string;
  /** Null if the intent on disk is unreadable, for example written by another version. */
  intent: Intent | null;
  baseVersion: number;
  /** ISO, estimated server time. See `issue` in `queue.ts`. */
  issuedAt: string;
  /** Null: unanswered. `seq` belongs to the log of `epoch`; `at` is ms, server time. */
  answer: CommandAnswer | null;
}
export interface CommandAnswer {
  outcome: Outcome;
  seq: number;
  epoch: string;
  at: number;
}

/** The device that the queue belongs to. */
export interface Identity {
  /** Hash of its token; null: none yet. */
  tokenHash: string | null;
  /** Null until pairing, or a change caused by one of its commands, reveals it. */
  deviceId: string | null;
  deviceName: string | null;
}

/** A paper of one of this display's printers. */
export interface PrintRow {
  id: number;
  printerId: string;
  /** What it is for; a printer gets each once: an order's occasion, or a request by hand. */
  request: string;
  /** Null: a test page. */
  orderId: string | null;
  /** `sending`: the printer may have got a part of it. */
  state: 'waiting' | 'sending' | 'printed' | 'given_up';
  /** It may be on paper already. */
  reprint: boolean;
  /** ms, server time. */
  at: number;
}

/** What the printers of this display print, so that nothing prints twice. */
export interface PrintStore {
  /** Does nothing if the printer has had the request. */
  addPrint(row: Omit<PrintRow, 'id' | 'reprint'>): void;
  hasPrint(printerId: string, request: string): boolean;
  /** Those of a printer, the oldest first. */
  waitingPrints(printerId: string): PrintRow[];
  /** Does nothing if there is no such paper any more. */
  setPrint(id: number, to: Pick<PrintRow, 'state' | 'reprint'>): void;
  /** At the start: those that were being sent wait once more, as reprints; reprints are given up. */
  recoverPrints(): void;
  removePrintsOf(printerId: string): void;
  /** Forgets papers that do not wait, from before `at` (ms), but for these orders. */
  forgetPrintsBefore(at: number, but: readonly string[]): void;
}

/** Commands, failed commands, settings and papers. Must never be lost. */
export interface QueueStore extends Store, PrintStore {
  identity(): Identity;
  setIdentity(identity: Identity): void;
  /** Durable when the surrounding transaction returns (C1). */
  insert(row: Omit<CommandRow, 'id'>): CommandRow;
  setIssuedAt(id: number, issuedAt: string): void;
  setAnswer(id: number, answer: CommandAnswer | null): void;
  remove(id: number): void;
  /**
   * Moves what is committed from the log of writes into the file, where a damaged log cannot undo it. If the disk fails, it stays in
   * the log.
   */
  settle(): void;
  /** Rows without an answer, and rows answered in `epoch` beyond `cursor`; in tap order. */
  unsettled(epoch: string | null, cursor: number): CommandRow[];
  /** The row tapped before this one; undefined when there is none. */
  predecessor(id: number): Pick<CommandRow, 'commandId' | 'answer'> | undefined;
  /** The newest `limit` rows below the id `before` that were answered at or after `since` (ms), newest first. */
  answered(look: { since: number; before: number; limit: number }): Pick<CommandRow, 'id' | 'commandId'>[];
  /** Answers dated later than `at` (ms), by a clock that ran ahead, count as given then. */
  redateAnswersAfter(at: number): void;
  /** Forgets rows answered before `at` (ms). */
  forgetAnsweredBefore(at: number): void;
  failedCommands(): FailedCommand[];
  /** Adding the same id again changes nothing. */
  addFailedCommand(failedCommands: FailedCommand): void;
  /** False when there was none. */
  removeFailedCommand(id: string): boolean;
  /** A2: claims the alerts for these orders at `at` (ms). Returns those never claimed before, in their order. Durable as above. */
  claimAlerts(orderIds: readonly string[], at: number): string[];
  /** Forgets claims from before `at` (ms), but for these orders. */
  forgetAlertsBefore(at: number, but: readonly string[]): void;
  /** As last written, or null. */
  settings(): unknown;
  setSettings(settings: unknown): void;
  /** Small facts that must survive a restart but not be exported with the settings. JSON. */
  note(key: QueueNote): unknown;
  setNote(key: QueueNote, value: unknown): void;
}

type QueueNote = 'pin' | 'day_end' | 'believed_time' | 'printing';

/** The identity of a new queue. */
export const FRESH_IDENTITY: Identity = { tokenHash: null, deviceId: null, deviceName: null };
