import type { Command, CommandResult, Intent } from '#contract/command.ts';
import type { FailedCommand, Failure } from '#contract/failed-command.ts';
import { type Change, LIVE_WITHIN_MS } from '#contract/sync.ts';
import type { History } from '../history/history.ts';
import { type CommandRow, FRESH_IDENTITY, type Identity, type QueueStore } from '../stores.ts';
import { classifyResults } from './classify-results.ts';
import { failedCommandOf, refusalOf } from './failed-command-of.ts';
import { createOverlayRows } from './overlay-rows.ts';

const DAY_MS = 24 * 3_600_000;
/** How long answered rows are kept, ms: as long as the server keeps its answers (S7). */
const KEEP_ANSWERED_MS = 35 * DAY_MS;
/** An estimate of the server's time that is wrong by less is good enough for the 12 hours of C4, ms. */
const CLOCK_OFF_MS = 60_000;
/** The server is only asked about answers younger than this, ms; it may forget older ones at any time (C1). */
const KNOWN_FOR_MS = 30 * DAY_MS;

export interface QueueOptions {
  store: QueueStore;
  uuid(): string;
  /** Server time, ms. */
  now(): number;
  /** See `Clock`. */
  uptime(): number;
  /** The latest server time known, ms. Answers are dated by it: by a clock that is behind they would soon seem old. */
  latest(): number;
  /** How often the server has sent its time since the start; until then, `now` may be years off. */
  heard(): number;
  /** Whether the server's time is known and may decide what is old: it may have been set years ahead. */
  knowsTime(): boolean;
  /** The order's displayed number, if known. */
  orderNumber(orderId: string): string | null;
  /** Called after each commit with the orders whose tickets may have changed. */
  onTouched(orderIds: Iterable<string>): void;
  /** Records, after each commit, what was tapped, answered and queued again. */
  history?: Pick<History, 'tapped' | 'answered' | 'display'>;
}

/** The user's intent for an order seen at `baseVersion`. */
export interface Tap {
  orderId: string;
  intent: Intent;
  baseVersion: number;
}

/** The effect of a batch of results. */
export interface Answered {
  /** How many commands became answered. */
  count: number;
  rejected: FailedCommand[];
  /** Commands that somebody else had already done. */
  elsewhere: CommandRow[];
}

export type Queue = ReturnType<typeof createQueue>;

/**
 * The commands of this display (C1 to C4). Each is written to disk first; those that still overlay the board (S5) are
 * also in memory. A command's UUID identifies it; the command tapped before it is its predecessor. An answer is
 * provisional: `unanswer` reverts those that the server's ledger lacks. A method that writes throws `StorageError` if
 * the disk fails, and then changes nothing.
 */
export function createQueue(options: QueueOptions) {
  const { store, uuid, now, latest, uptime, heard, knowsTime, orderNumber, onTouched, history } = options;
  let identity = store.identity();
  const rows = createOverlayRows(onTouched);
  /** Taps of this run whose time is not final yet, by row id: when they were made. */
  const tapped = new Map<number, { uptime: number; heard: number }>();

  /** A ledger that was not restored from a backup still holds all answers given since then; ms. */
  const knownSince = (): number => (knowsTime() ? now() - KNOWN_FOR_MS : Number.NEGATIVE_INFINITY);

  /** The command that the server must know before it accepts this row (C1). */
  function afterOf(row: CommandRow): string | null {
    const before = store.predecessor(row.id);
    const isOld = before?.answer && before.answer.at < knownSince();
    return before && !isOld ? before.commandId : null;
  }

  /** A link that is up would have brought the server's time since this tap, which may have been set meanwhile. */
  function isUndated({ id }: CommandRow): boolean {
    const tap = tapped.get(id);
    return tap !== undefined && tap.heard === heard() && (tap.heard === 0 || uptime() - tap.uptime > LIVE_WITHIN_MS);
  }

  /**
   * The server's clock may have been unknown or wrong at the tap. The first time that a command is sent after the server has
   * sent its time again, it gets its final time by that. From then on it stays the same.
   */
  function issue(row: CommandRow): CommandRow {
    const tap = tapped.get(row.id);
    if (!tap || tap.heard === heard()) return row;
    const at = now() - (uptime() - tap.uptime);
    const isRight = Math.abs(at - Date.parse(row.issuedAt)) < CLOCK_OFF_MS;
    const issued = isRight ? row : { ...row, issuedAt: new Date(at).toISOString() };
    if (!isRight) {
      store.setIssuedAt(row.id, issued.issuedAt);
      rows.update([issued]);
    }
    tapped.delete(row.id);
    return issued;
  }

  /**
   * C4: moves a command that cannot be sent to the failed list. Removing its row makes the command before it the
   * predecessor of the next.
   */
  function giveUp(row: CommandRow, code: Failure, message: string): FailedCommand {
    const at = now();
    const failed = failedCommandOf(row, { code, message, at, order: null, orderNumber: orderNumber(row.orderId) });
    store.transaction(() => {
      store.remove(row.id);
      store.addFailedCommand(failed);
    });
    tapped.delete(row.id);
    rows.replaceAll(rows.all().filter(({ id }) => id !== row.id));
    history?.answered([{ ...row, answer: { outcome: 'rejected', seq: 0, epoch: '', at } }], [failed]);
    return failed;
  }

  return {
    identity: (): Identity => identity,
    /** The rows that overlay an order, in tap order. */
    rowsOf: rows.ofOrder,
    orderIds: rows.orderIds,
    count: (): number => rows.unanswered().length,
    /** The unanswered rows, in tap order. */
    waiting: rows.unanswered,
    /** When the oldest unanswered row was tapped (ms), or null. */
    since(): number | null {
      const [oldest] = rows.unanswered();
      return oldest ? Date.parse(oldest.issuedAt) : null;
    },
    /** Whether the next command can only be sent when the server has sent its time. */
    awaitsServerTime: (): boolean => rows.unanswered().slice(0, 1).some(isUndated),
    /** A waiting row in wire format, to be sent now; null when it is unreadable. Throws `StorageError`. */
    toSend(row: CommandRow): Command | null {
      const { commandId, orderId, intent, baseVersion, issuedAt } = issue(row);
      return intent && { commandId, after: afterOf(row), orderId, baseVersion, issuedAt, ...intent };
    },

    /** C1: durable when it returns; all or none. `instead`: the failed command that these taps replace. */
    add(taps: readonly Tap[], instead: string | null = null): CommandRow[] {
      const issuedAt = new Date(now()).toISOString();
      const added = store.transaction(() => {
        if (instead !== null) store.removeFailedCommand(instead);
        return taps.map((tap) => store.insert({ ...tap, commandId: uuid(), issuedAt, answer: null }));
      });
      for (const { id } of added) tapped.set(id, { uptime: uptime(), heard: heard() });
      rows.add(added);
      history?.tapped(added);
      return added;
    },

    /** The cache has reached this position: the changes of commands answered up to it have arrived. */
    movedTo: rows.moveTo,

    /** C3: the last answered command that the server should know; null when there is none. */
    lastAnswered: (): string | null =>
      store.answered({ since: knownSince(), before: Number.MAX_SAFE_INTEGER, limit: 1 })[0]?.commandId ?? null,
    /** Answered commands that the server should know, older than the row `before`, newest first. */
    answeredBefore: (before: number, limit: number) => store.answered({ since: knownSince(), before, limit }),
    /** Ids of the rows that overlay the board though they are answered, in `epoch` and beyond `seq`. */
    answersBeyond: (epoch: string | null, seq: number): number[] =>
      rows.all().flatMap(({ id, answer }) => (answer && answer.epoch === epoch && answer.seq > seq ? [id] : [])),
    /**
     * C3: these answers do not count. The rows go up again, in order. Were that lost to damage, they would count again: the server is
     * only asked whether it knows a command, not what it answers now.
     */
    unanswer(ids: readonly number[]): void {
      store.transaction(() => {
        for (const id of ids) store.setAnswer(id, null);
      });
      const { epoch, cursor } = rows.position();
      rows.replaceAll(store.unsettled(epoch, cursor));
      history?.display('sent_again', ids.length);
      store.settle();
    },

    /** Applies the server's answers, given in `epoch`, which must be the cache's epoch. */
    answered(results: readonly CommandResult[], epoch: string): Answered {
      const at = latest();
      const { answered, rejected, elsewhere } = classifyResults(rows.all(), results);
      const updates = answered.map(({ row, result: { outcome, seq } }) => ({
        ...row,
        answer: { outcome, seq, epoch, at },
      }));
      const failed = rejected.map(({ row, result }) =>
        failedCommandOf(row, { ...refusalOf(result), at: now(), orderNumber: orderNumber(row.orderId) }),
      );
      store.transaction(() => {
        for (const { id, answer } of updates) store.setAnswer(id, answer);
        for (const one of failed) store.addFailedCommand(one);
      });
      for (const { id } of updates) tapped.delete(id);
      rows.update(updates);
      history?.answered(updates, failed);
      return { count: updates.length, rejected: failed, elsewhere };
    },

    /**
     * Learns this device's id and name from changes that its commands caused; the protocol has no other way. They answer
     * no command whose answer was lost: the server may have been restored meanwhile and have refused it.
     */
    learnIdentity(changes: readonly Change[]): void {
      const isOwn = (commandId: string) => rows.all().some((row) => row.commandId === commandId);
      const deviceId =
        identity.deviceId ?? changes.find(({ cause }) => cause && isOwn(cause.commandId))?.cause?.deviceId;
      if (!deviceId) return;
      const named = changes.findLast(({ cause }) => cause?.deviceId === deviceId);
      const deviceName = named?.by.name ?? identity.deviceName;
      if (deviceId === identity.deviceId && deviceName === identity.deviceName) return;
      const next = { ...identity, deviceId, deviceName };
      store.setIdentity(next);
      identity = next;
    },

    giveUp: (row: CommandRow, message: string): FailedCommand => giveUp(row, 'invalid', message),
    /** The same for waiting commands that are unreadable on disk. */
    giveUpUnreadable: (): FailedCommand[] =>
      rows
        .unanswered()
        .filter(({ intent }) => intent === null)
        .map((row) => giveUp(row, 'damaged', 'What was tapped can no longer be read from the disk.')),

    /**
     * Assigns the queue to the device of this token. If that is a different device, waiting commands stay; answers are
     * forgotten, because the new device's ledger does not hold them. If the disk has lost whose the queue was, nothing is forgotten.
     */
    belongTo(tokenHash: string, who: Partial<Pick<Identity, 'deviceId' | 'deviceName'>>): void {
      // Unknown at the first start, when there are no answers, and after damage, when the token is most likely the same.
      const isUnknown = identity.tokenHash === null;
      const isSame =
        isUnknown || tokenHash === identity.tokenHash || (who.deviceId && who.deviceId === identity.deviceId);
      const next = { ...(isSame ? identity : FRESH_IDENTITY), tokenHash, ...who };
      store.transaction(() => {
        if (!isSame) store.forgetAnsweredBefore(Number.POSITIVE_INFINITY);
        store.setIdentity(next);
      });
      identity = next;
    },

    /** The cache has started over at this position. */
    reload: (epoch: string | null, cursor: number): void => rows.restart(epoch, cursor, store.unsettled(epoch, cursor)),
    /**
     * Forgets old answers. An answer dated in the future would be asked about (C3) after the server has forgotten it.
     *
     * @param mayDateBack whether the server's clock may be used to correct such dates
     */
    forgetOld(mayDateBack: boolean): void {
      if (mayDateBack) store.redateAnswersAfter(now());
      store.forgetAnsweredBefore(now() - KEEP_ANSWERED_MS);
    },
    failedCommands: (): FailedCommand[] => store.failedCommands(),
    dismiss: (id: string): boolean => store.removeFailedCommand(id),
  };
}
