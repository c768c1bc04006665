import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { anOrder } from '#test/support/an-order.ts';
import { BRIDGE_CALLS, BRIDGE_PUSHES, CALL_NAMES, PUSH_NAMES } from './bridge.ts';
import { NO_FILTER } from './order-filter.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { STATUSES } from './status.ts';

const link = { state: 'live', since: 1, cause: null, lastWordAt: 2 };
const status = {
  setup: 'done',
  serverUrl: 'http://127.0.0.1:4310',
  deviceName: 'Pass',
  store: { id: 'main', name: 'Main kitchen', currency: 'GEL', timeZone: 'Asia/Tbilisi' },
  link,
  serverNow: 3,
  queueCount: 0,
  queueSince: null,
  failedCommands: [],
  failedCommandCount: 0,
  troubles: [],
  alarm: { active: false, orderIds: [] },
  mutedUntil: null,
  desktop: {
    platform: 'linux',
    tray: 'missing',
    notifications: 'failed',
    launchAtLogin: 'off',
    token: 'sealed',
    update: '0.2.0',
  },
  stats: null,
  settings: DEFAULT_SETTINGS,
  stations: { from: 'screen', list: [] },
  pin: { set: true, unlocked: false },
  clockAheadMs: 1_200,
  carriedOver: { count: 12, before: 1 },
  printers: [{ id: 'p', name: 'Pass', trouble: 'out_of_paper', waiting: 2 }],
  till: { trouble: 'away', waiting: 3, refused: 0 },
  availability: {
    ...{ open: true, pausedUntil: '2026-11-21T19:40:00.000Z', busyUntil: null, preparationMinutes: 20 },
    unavailable: [{ name: 'Lobio', until: null }],
  },
};
const marks = {
  added: [{ itemId: 'i1', quantity: 1 }],
  changed: ['i2'],
  moved: [],
  removed: [{ name: 'Lobio', station: null, quantity: 2 }],
  fields: ['note'],
};
const ticket = {
  order: anOrder(),
  pending: true,
  ageFrom: 1,
  warningAt: 2,
  lateAt: null,
  marks,
  ended: { from: 'preparing' },
};
const tapped = { orderId: 'a', orderNumber: '117', intent: 'acknowledge', payload: {}, commandId: 'c' };
const tap = { id: 8, at: 1, kind: 'tap', ...tapped };
const figure = { count: 2, medianMs: 20, maxMs: 30_000 };
const input: Record<string, unknown> = {
  command: { orderId: 'a', intent: { type: 'acknowledge', payload: {} } },
  undo: { id: 3 },
  seenMarks: { orderId: 'a', version: 4 },
  dismissFailedCommand: { id: 'a' },
  connectWithToken: { serverUrl: 'http://127.0.0.1:4310', token: 't' },
  connectWithCode: { serverUrl: 'https://orders.example', code: 'AB12CD', deviceName: 'Pass' },
  mute: { minutes: 10 },
  changeSettings: { theme: 'light' },
  retryCommand: { id: 'a', as: 'cancel' },
  dismissTrouble: { trouble: 'server_restored' },
  getHistory: { search: '117', kinds: ['tap'], before: 9, limit: 50 },
  exportHistory: { before: null },
  searchOrders: { from: 'copy', q: 'nino', filter: { ...NO_FILTER, statuses: ['ready'] }, before: null },
  getOrderStory: { from: 'server', orderId: 'a' },
  tickItems: { orderId: 'a', itemIds: ['i1', 'i2'], done: true },
  getFigures: { range: 'today' },
  importSettings: { text: '{}' },
  setPin: { pin: '2468' },
  printPaper: { printerId: 'p', orderId: 'a' },
  setTillToken: { token: 'tr_i_1' },
  dismissTillTicket: { id: 't' },
  unlock: { pin: '24680135' },
  setAvailability: { open: true, pausedUntil: '2026-11-21T19:40:00.000Z', busyUntil: 'day_end' },
  setSoldOut: { name: 'Lobio', soldOut: true, until: null },
};
const story = {
  events: [{ at: 1, by: { role: 'display', name: 'Pass' }, reason: null, facts: [{ what: 'priority', on: true }] }],
  refused: [tap],
  waiting: [],
  since: null,
};
const figures = {
  ...{ range: 'today', from: 1, to: 2, asOf: 3, live: true, missingBefore: null, late: 1, recalled: 0 },
  stats: {
    ...{ orders: 2, revenueMinor: 5_800, averageMinor: 2_900, onTimeShare: 0.5 },
    byStatus: Object.fromEntries(STATUSES.map((one) => [one, 0])),
    preparation: { medianSeconds: 440, p90Seconds: null },
    perHour: [{ hour: '2026-11-21T14:00+04:00', orders: 2, revenueMinor: 5_800 }],
  },
};
const output: Record<string, unknown> = {
  getBoard: { n: 1, loaded: true, tickets: [ticket] },
  getStatus: status,
  command: { commandId: 'c', undo: 7 },
  acknowledgeAll: { count: 2 },
  refresh: { live: true },
  changeSettings: DEFAULT_SETTINGS,
  retryCommand: { commandId: 'c' },
  getHistory: { entries: [tap], nextBefore: 8 },
  getPathFigures: { since: 1, socket: figure, poll: figure, snapshot: figure, reconnects: 0 },
  exportHistory: { lines: '{}\n', nextBefore: null },
  exportDiagnosis: { name: 'diagnosis.zip', base64: 'UEsFBg==' },
  searchOrders: { tickets: [ticket], days: 8, nextBefore: null },
  getOrderStory: { ticket, story },
  tickItems: { commandId: 'c', undo: null },
  getFigures: figures,
  getDefaultSettings: DEFAULT_SETTINGS,
  exportSettings: { text: '{}' },
  importSettings: { wrong: ['settings.ages'] },
  unlock: { unlocked: false, waitMs: 2_000 },
  testOrder: { orderId: 'a' },
  getFailedCommands: [],
  getDishes: ['Lobio'],
  getTill: {
    addresses: ['192.168.1.20'],
    tokenSet: true,
    tickets: [{ id: 't', at: 1, state: 'waiting', lines: ['1 x Tea'], why: null }],
  },
  getQueue: { waiting: [{ why: 'no_network', tappedAt: 1, ...tapped }], answered: [tap] },
};
const pushes: Record<string, unknown> = {
  board: { n: 2, upserts: [ticket], removes: ['a'] },
  status,
  notice: { id: '1', kind: 'info', code: 'back_live', params: {} },
  goTo: { to: 'order', orderId: 'a' },
};

describe('the bridge', () => {
  it.each(CALL_NAMES)('%s accepts its input and its output', (name) => {
    expect(BRIDGE_CALLS[name].input.parse(input[name] ?? null)).toEqual(input[name] ?? null);
    expect(BRIDGE_CALLS[name].output.parse(output[name] ?? null)).toEqual(output[name] ?? null);
  });
  it.each(CALL_NAMES)('%s refuses invalid input', (name) => {
    for (const wrong of [undefined, 0, 'x', [], { surprise: 1 }])
      expect(BRIDGE_CALLS[name].input.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
  });
  it.each(PUSH_NAMES)('%s pushes data that matches its schema', (name) => {
    expect(BRIDGE_PUSHES[name].parse(pushes[name])).toEqual(pushes[name]);
  });
  it('carries plain data only, which works over socket and IPC', () => {
    for (const { input, output } of Object.values(BRIDGE_CALLS)) {
      expect(z.toJSONSchema(input, { io: 'input', unrepresentable: 'throw' })).toBeDefined();
      expect(z.toJSONSchema(output, { io: 'input', unrepresentable: 'throw' })).toBeDefined();
    }
  });
  it('connects to http and https only', () => {
    const to = (serverUrl: string) => BRIDGE_CALLS.connectWithToken.input.safeParse({ serverUrl, token: 't' }).success;
    expect(['http://10.0.0.5:4310', 'https://orders.example'].map(to)).toEqual([true, true]);
    expect(['file:///etc/passwd', 'javascript:alert(1)', 'orders.example', ''].map(to)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
