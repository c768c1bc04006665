/** What is found damaged, and what became of it, as a sentence for an operator. */
export const DAMAGE = {
  order: {
    rebuilt: 'it was rebuilt from its last change',
    older: 'its last changes are damaged too, so it was set back to the one before; check it',
    unwritten: 'it is shown as after its last change, but the database refuses to write it; restore a backup',
    left_out: 'nothing of it is readable; it is left out',
  },
  'deleted order': { rebuilt: 'that it was deleted was taken from the log' },
  change: { left_out: 'nothing of it is readable; it is left out' },
  log: { rebuilt: 'its head was taken from its last change, and displays fetch a snapshot' },
  store: { rebuilt: 'it was restored from its second copy' },
  device: {
    rebuilt: 'it was restored from its second copy',
    left_out: 'its token is no longer accepted; pair it again',
  },
  availability: {
    rebuilt: 'it was restored from its second copy',
    left_out: 'the store counts as open and not as paused or busy, and nothing as sold out; set it again',
  },
  webhook: {
    rebuilt: 'it was restored from its second copy',
    left_out: 'nothing is sent to it any more; delete it and make a new one',
  },
  source: {
    rebuilt: 'it was restored from its second copy',
    left_out: 'no order comes from it any more; delete it and make a new one',
  },
  'source mark': {
    rebuilt: 'it was restored from its second copy, or begins again with what the source says next of its order',
    left_out: 'its order stays as it is; what the source says next of it counts',
  },
  chat: {
    rebuilt: 'it was restored from its second copy',
    left_out: 'it hears of no order any more; remove it and link it again',
  },
  printer: {
    rebuilt: 'it was restored from its second copy',
    left_out: 'nothing is printed there any more; delete it and add it again',
  },
  'pairing code': { left_out: 'it no longer pairs; make a new one' },
  session: { left_out: 'its page asks for the token again' },
  'former token': { left_out: 'it is no longer accepted; the new token of its device is' },
  'external id': {
    rebuilt: 'it was rebuilt from the log',
    left_out: 'the log no longer has its order; an order that is sent with it is refused',
  },
  'command answer': {
    rebuilt: 'it was rebuilt from the log',
    left_out: 'the log has no change by this command, so it is answered as not done',
  },
  'idempotency key': { left_out: 'a repeat of its request is refused, and not done again' },
  'believed time': { rebuilt: 'it was taken from the newest change' },
  index: { rebuilt: 'it did not match its table, from which all indexes were rebuilt' },
} as const satisfies Record<string, Record<string, string>>;

type Row = keyof typeof DAMAGE;
export type Outcome<R extends Row> = keyof (typeof DAMAGE)[R];

/** Damage that was found. */
export type Damage = { [R in Row]: { row: R; outcome: Outcome<R> } }[Row] & {
  storeId: string | null;
  orderId?: string;
  /** Of a change. */
  seq?: number;
  /** What identifies another row, as it was read. */
  key?: string;
  /** Why an order could not be mended. */
  error?: unknown;
};

export type OnDamage = (damage: Damage) => void;
