import type { FailedCommand } from '#contract/bridge.ts';
import type { CommandResult, Intent } from '#contract/command.ts';
import { decide } from '#contract/decide.ts';
import type { Change } from '#contract/sync.ts';
import { isSettled } from '../board/overlay.ts';
import type { History } from '../history/history.ts';
import type { CommandRow, Identity, QueueStore } from '../stores.ts';
import { createDeviceLearner } from './device-learner.ts';
import { failedCommandOf, refusalOf } from './failed-command-of.ts';
import { meaningOf } from './meaning-of.ts';
import { NO_ORDER, queuedAgain, renumber, resend, VOID } from './numbering.ts';
import { createProof } from './proof.ts';

/** Answered rows are kept this long, to be sent again to a server that was restored from an older backup; ms. */
const KEEP_ANSWERED_MS = 7 * 24 * 3_600_000;

export interface QueueOptions {
  store: QueueStore;
  uuid(): string;
  /** Server time, ms. */
  now(): number;
  /** The order's number for people, as far as it is known. */
  orderNumber(orderId: string): string | null;
  /** Told after each commit which orders may look different now. */
  onTouched(orderIds: Iterable<string>): void;
  /** Told after each commit: what was tapped, what was answered, and how many answers the server has forgotten. */
  history?: Pick<History, 'tapped' | 'answered' | 'display'>;
}

/** What a person wants of an order, having seen it at `baseVersion`. */
export interface Tap {
  orderId: string;
  intent: Intent;
  baseVersion: number;
}

/** What a batch of results meant. */
export interface Answered {
  /** How many commands were unanswered before and are answered now. */
  count: number;
  rejected: FailedCommand[];
  /** Orders where somebody else had done already what was wished. */
  elsewhere: CommandRow[];
  fork: boolean;
  /** One that had been answered is not in the server's ledger, or not with that answer: it is queued again. */
  lost: boolean;
}

export type Queue = ReturnType<typeof createQueue>;

/**
 * The commands of this display: on disk first (C1), in memory those that still count for the picture (S5). Every method
 * that writes throws `StorageError` and then has changed nothing.
 */
export function createQueue({ store, uuid, now, orderNumber, onTouched, history }: QueueOptions) {
  let identity = store.identity();
  let place: { epoch: string | null; cursor: number } = { epoch: null, cursor: 0 };
  let live: CommandRow[] = [];
  let byOrder = new Map<string, CommandRow[]>();
  const learner = createDeviceLearner();
  const proof = createProof(store);
  let given = 0;

  function show(rows: CommandRow[]): void {
    const before = byOrder;
    live = rows.filter((row) => !isSettled(row, place.epoch, place.cursor));
    byOrder = Map.groupBy(live, (row) => row.orderId);
    onTouched(new Set([...before.keys(), ...byOrder.keys()]));
  }
  const reload = (): void => show(store.unsettled(place.epoch, place.cursor));

  function setIdentity(change: Partial<Identity>): void {
    const next = { ...identity, ...change };
    store.setIdentity(next);
    identity = next;
  }

  return {
    identity: (): Identity => identity,
    /** Those that count for an order's picture, in the order of the taps. */
    rowsOf: (orderId: string): readonly CommandRow[] => byOrder.get(orderId) ?? [],
    orderIds: (): Iterable<string> => byOrder.keys(),
    /** How many answers have been given so far, by the server or by a change; to see that there is a new one. */
    given: (): number => given,
    count: (): number => live.reduce((sum, row) => sum + (row.answer ? 0 : 1), 0),
    /** Those that a person wished and the server has not answered, in the order of the taps. */
    waiting: (): CommandRow[] => live.filter((row) => !row.answer && row.intent?.type !== 'void'),
    /** When the oldest unanswered one was tapped (ms), or null. */
    since(): number | null {
      const oldest = live.find((row) => !row.answer);
      return oldest ? Date.parse(oldest.issuedAt) : null;
    },
    /** Unanswered ones by number, ready to be sent; none as long as the numbers must be set anew. */
    toSend(limit: number): CommandRow[] {
      if (identity.renew) return [];
      return live
        .filter((row) => !row.answer)
        .sort((a, b) => a.n - b.n)
        .slice(0, limit);
    },
    /** What must go up before `rows`, or alone, as it must be shown that the server still has it; see `proof.ts`. */
    toProve(rows: readonly CommandRow[], always: boolean): CommandRow | null {
      if (identity.renew) return null;
      const waits = rows.length > 0;
      const look = { ...identity, before: rows[0]?.n ?? identity.nextN, since: now() - KEEP_ANSWERED_MS };
      const row = proof.before(look, waits, always && waits);
      return row && { ...queuedAgain(row), answer: row.answer };
    },
    doubt: proof.doubt,

    /** C1: durable when it returns; all or none. `instead`: the refusal that a person has answered with it. */
    add(taps: readonly Tap[], instead: string | null = null): CommandRow[] {
      const issuedAt = new Date(now()).toISOString();
      const { generation, nextN } = identity;
      const rows = store.transaction(() => {
        store.setIdentity({ ...identity, nextN: nextN + taps.length });
        if (instead !== null) store.removeFailedCommand(instead);
        return taps.map((tap, i) =>
          store.insert({ ...tap, generation, n: nextN + i, commandId: uuid(), issuedAt, answer: null }),
        );
      });
      identity = { ...identity, nextN: nextN + taps.length };
      for (const row of rows) {
        live.push(row);
        const others = byOrder.get(row.orderId);
        if (others) others.push(row);
        else byOrder.set(row.orderId, [row]);
      }
      onTouched(rows.map((row) => row.orderId));
      history?.tapped(rows);
      return rows;
    },

    /** The cache stands here now: what was answered up to it has come down. */
    movedTo(epoch: string | null, cursor: number): void {
      place = { epoch, cursor };
      if (live.some((row) => isSettled(row, epoch, cursor))) show(live);
    },

    /**
     * The server named the highest number it has answered (C3). What it does not know is queued again; when the numbers
     * must be set anew, they are set after it. True: unanswered commands got new numbers.
     */
    heard(lastN: number): boolean {
      proof.doubt();
      if (identity.renew) {
        const renewed = renumber({ store, identity, uuid }, lastN);
        identity = renewed.identity;
        proof.startAgain();
        reload();
        return renewed.count > 0;
      }
      const { changed, nextN } = resend({ store, identity, uuid, now }, lastN);
      if (nextN !== identity.nextN) setIdentity({ nextN });
      if (changed) sentAgain();
      return false;
    },

    /** Applies the server's answers, given in `epoch`, which must be the cache's. */
    answered(results: readonly CommandResult[], epoch: string): Answered {
      const done: Answered = { count: 0, rejected: [], elsewhere: [], fork: false, lost: false };
      const at = now();
      const updates = new Map<number, CommandRow>();
      let confirmed = 0;
      let back = Number.POSITIVE_INFINITY;
      for (const result of results) {
        const row = rowOf(result);
        if (!row) continue;
        const again = queuedAgain(row);
        const meaning = meaningOf(row, result);
        if (meaning === 'another' || meaning === 'lost') back = Math.min(back, result.n);
        if (meaning === 'lost') updates.set(row.id, again);
        done.lost = meaning === 'lost';
        done.fork = meaning === 'fork';
        if (done.lost || done.fork) break;
        confirmed = result.n;
        if (meaning === 'known') continue;
        updates.set(row.id, { ...again, answer: { outcome: result.outcome, seq: result.seq, epoch, at } });
        if (result.outcome === 'rejected') {
          const failedCommands = failedCommandOf(again, {
            ...refusalOf(result),
            at,
            orderNumber: orderNumber(row.orderId),
          });
          if (failedCommands) done.rejected.push(failedCommands);
        } else if (result.outcome === 'applied') learner.answered(epoch, result);
        else if (!result.replayed && meaning === 'answer') done.elsewhere.push(row);
        if (meaning === 'answer') done.count++;
      }
      store.transaction(() => {
        for (const row of updates.values()) store.update(row);
        for (const attention of done.rejected) store.addFailedCommand(attention);
        if (done.fork) store.setIdentity({ ...identity, renew: true });
      });
      if (done.fork) identity = { ...identity, renew: true };
      given += done.count;
      if (confirmed > 0) proof.confirmed(confirmed);
      proof.goBack(back);
      if (back < Number.POSITIVE_INFINITY) sentAgain();
      else if (updates.size) show(live.map((row) => updates.get(row.id) ?? row));
      const answered = [...updates.values()].filter(({ answer }) => answer !== null);
      history?.answered(answered, done.rejected);
      learnDevice();
      return done;
    },

    /** Changes came down: one that an own command caused answers it, should the answer itself have been lost. */
    cameDown(changes: readonly Change[], epoch: string): void {
      for (const change of changes) learner.cameDown(epoch, change);
      learnDevice();
      learnName(changes);
      const own = new Map(
        changes.flatMap((c) => (c.cause && c.cause.deviceId === identity.deviceId ? [[c.cause.n, c] as const] : [])),
      );
      if (!own.size) return;
      const at = now();
      const updates = live.flatMap((row) => {
        const change = row.answer || row.generation !== identity.generation ? undefined : own.get(row.n);
        if (!change || !hasEffect(row, change)) return [];
        return [{ ...row, answer: { outcome: 'applied' as const, seq: change.seq, epoch, at } }];
      });
      if (!updates.length) return;
      store.transaction(() => {
        for (const row of updates) store.update(row);
      });
      given += updates.length;
      proof.answeredByChange(updates);
      show(live.map((row) => updates.find((u) => u.id === row.id) ?? row));
      history?.answered(updates, []);
    },

    /** C4 for a command that cannot even be sent: a person is told, its number goes up as `void`. */
    giveToPerson(row: CommandRow, message: string): { failedCommands: FailedCommand | null; emptied: CommandRow } {
      const refusal = { code: 'invalid', message, at: now(), order: null } as const;
      const failedCommands = failedCommandOf(row, { ...refusal, orderNumber: orderNumber(row.orderId) });
      const emptied: CommandRow = { ...row, orderId: NO_ORDER, intent: VOID };
      store.transaction(() => {
        store.update(emptied);
        if (failedCommands) store.addFailedCommand(failedCommands);
      });
      show(live.map((r) => (r.id === row.id ? emptied : r)));
      const answer = { outcome: 'rejected' as const, seq: 0, epoch: '', at: refusal.at };
      if (failedCommands) history?.answered([{ ...row, answer }], [failedCommands]);
      return { failedCommands, emptied };
    },

    /** From here on the numbers are those of this token's device; with another one than before they are set anew. */
    belongTo(tokenHash: string, who: Partial<Pick<Identity, 'deviceId' | 'deviceName'>>): void {
      const other = identity.tokenHash !== tokenHash;
      const generation = identity.generation + 1;
      const anew = other ? { tokenHash, generation, renew: true, deviceId: null, deviceName: null } : {};
      if (other || Object.keys(who).length) setIdentity({ ...anew, ...who });
    },

    reload(epoch: string | null, cursor: number): void {
      place = { epoch, cursor };
      reload();
    },
    forgetOld: (): void => store.forgetAnsweredBefore(now() - KEEP_ANSWERED_MS),
    failedCommands: (): FailedCommand[] => store.failedCommands(),
    dismiss: (id: string): boolean => store.removeFailedCommand(id),
  };

  /** The command that a result is the answer to; it may have been answered before. */
  function rowOf({ n, commandId }: CommandResult): CommandRow | undefined {
    const { generation } = identity;
    const is = (row: CommandRow): boolean => row.generation === generation && row.n === n;
    const row = live.find(is) ?? store.numbered(generation, n - 1).find(is);
    return row?.commandId === commandId ? row : undefined;
  }
  /** Who did it is named in every change: ours tell what we are called now. */
  function learnName(changes: readonly Change[]): void {
    const ours = changes.findLast(({ cause }) => cause && cause.deviceId === identity.deviceId);
    if (ours && ours.by.name !== identity.deviceName) setIdentity({ deviceName: ours.by.name });
  }
  /** Rows that had an answer are queued again, and holes were filled. */
  function sentAgain(): void {
    const before = new Set(live.flatMap((row) => (row.answer ? [] : [row.id])));
    reload();
    const again = live.filter((row) => !row.answer && !before.has(row.id) && row.intent?.type !== 'void');
    if (again.length) history?.display('sent_again', again.length);
  }
  function learnDevice(): void {
    const deviceId = identity.deviceId ? null : learner.deviceId();
    if (deviceId) setIdentity({ deviceId });
  }
}

/**
 * Whether a change that names our number is our command's. Where two machines use one token it may be the other's: then
 * at least what we wished must be so now.
 */
function hasEffect(row: CommandRow, change: Change): boolean {
  if (!row.intent || row.intent.type === 'void' || change.orderId !== row.orderId || !change.order) return false;
  const at = Date.parse(change.at);
  const context = { now: at, issuedAt: at, baseVersion: row.baseVersion, by: '' };
  return decide(change.order, row.intent, context).outcome === 'already';
}
