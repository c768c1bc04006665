import type { FailedCommand } from '#contract/bridge.ts';
import { type CommandRow, FRESH_IDENTITY, type Identity, type QueueStore } from '../stores.ts';
import { memoryTransactions } from './memory-transactions.ts';

interface State {
  identity: Identity;
  rows: CommandRow[];
  lastId: number;
  failedCommands: FailedCommand[];
  /** Order and time. */
  alerts: [string, number][];
  settings: unknown;
  notes: Record<string, unknown>;
}

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The queue in memory; `disk` makes it fail, saves and restores it. */
export function memoryQueue() {
  const disk = memoryTransactions<State>({
    identity: FRESH_IDENTITY,
    rows: [],
    lastId: 0,
    failedCommands: [],
    alerts: [],
    settings: null,
    notes: {},
  });
  const { state, transaction } = disk;
  const write = <T>(run: (state: State) => T): T => transaction(() => run(state()));

  const store: QueueStore = {
    transaction,
    close: disk.close,
    identity: () => copy(state().identity),
    setIdentity: (to) =>
      write((s) => {
        s.identity = copy(to);
      }),
    insert: (row) =>
      write((s) => {
        if (s.rows.some(({ commandId }) => commandId === row.commandId)) throw new Error(`${row.commandId} twice`);
        const whole = copy({ ...row, id: ++s.lastId });
        s.rows.push(whole);
        return copy(whole);
      }),
    setAnswer: (id, answer) =>
      write((s) => {
        s.rows = s.rows.map((one) => (one.id === id ? copy({ ...one, answer }) : one));
      }),
    remove: (id) =>
      write((s) => {
        s.rows = s.rows.filter((one) => one.id !== id);
      }),
    unsettled: (epoch, cursor) =>
      copy(state().rows.filter(({ answer }) => !answer || (answer.epoch === epoch && answer.seq > cursor))),
    predecessor: (id) => copy(state().rows.findLast((row) => row.id < id) ?? null) ?? undefined,
    answered: ({ since, before, limit }) =>
      copy(
        state()
          .rows.filter((row) => row.id < before && row.answer !== null && row.answer.at >= since)
          .reverse()
          .slice(0, limit),
      ),
    forgetAnsweredBefore: (at) =>
      write((s) => {
        s.rows = s.rows.filter(({ answer }) => !answer || answer.at >= at);
      }),
    failedCommands: () => copy(state().failedCommands).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
    addFailedCommand: (one) =>
      write((s) => {
        if (!s.failedCommands.some(({ id }) => id === one.id)) s.failedCommands.push(copy(one));
      }),
    removeFailedCommand: (id) =>
      write((s) => {
        const before = s.failedCommands.length;
        s.failedCommands = s.failedCommands.filter((one) => one.id !== id);
        return s.failedCommands.length < before;
      }),
    claimAlerts: (orderIds, at) =>
      write((s) => {
        const fresh = orderIds.filter((id) => !s.alerts.some(([told]) => told === id));
        s.alerts.push(...fresh.map((id): [string, number] => [id, at]));
        return [...fresh];
      }),
    forgetAlertsBefore: (before, but) =>
      write((s) => {
        s.alerts = s.alerts.filter(([id, at]) => at >= before || but.includes(id));
      }),
    settings: () => copy(state().settings),
    setSettings: (to) =>
      write((s) => {
        s.settings = copy(to);
      }),
    note: (key) => copy(state().notes[key] ?? null),
    setNote: (key, value) =>
      write((s) => {
        s.notes[key] = copy(value);
      }),
  };
  return { store, disk };
}
