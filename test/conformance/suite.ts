import { isolation, revocation, roles } from './checks/access.ts';
import { commands, outcomes, refusals } from './checks/commands.ts';
import { durability, restore } from './checks/durability.ts';
import { errors } from './checks/errors.ts';
import { feed } from './checks/feed.ts';
import { digest, history, slowDigest, snapshot } from './checks/history.ts';
import { ledger } from './checks/ledger.ts';
import { lists, stats } from './checks/lists.ts';
import { idempotency, patches, payments } from './checks/order-changes.ts';
import { orders, sizes } from './checks/orders.ts';
import { adminSocket, customers } from './checks/other-namespaces.ts';
import { health, limits, metrics, openapi, settings } from './checks/server.ts';
import { sessions } from './checks/sessions.ts';
import { socketsDown, socketsSizes } from './checks/sockets-down.ts';
import { socketsHandshake, socketsHello } from './checks/sockets-hello.ts';
import { statuses } from './checks/statuses.ts';
import { pairing, stores } from './checks/stores.ts';
import { syncHttp } from './checks/sync-http.ts';
import type { Group, Part } from './support/check.ts';

/** Slow checks come first, so that the rest runs meanwhile. */
const WAITING = [slowDigest, socketsHandshake, socketsHello, durability, restore, limits, pairing, settings, digest];
const SOCKETS = [socketsDown, socketsSizes, adminSocket, feed];
const ACCESS = [stores, roles, isolation, revocation, sessions, customers];
const ORDERS = [orders, sizes, patches, statuses, payments, idempotency, lists, stats];
const LOG = [history, syncHttp, snapshot, ledger, commands, outcomes, refusals];
const ALL: Group[] = [...WAITING, ...SOCKETS, ...ACCESS, ...ORDERS, ...LOG, metrics, health, openapi, errors];

/** Parts of the contract that our server lacks. */
export const NOT_YET: readonly Part[] = [];

/** The groups to run; `without`: parts of the contract that the server lacks. */
export function suite({ slow, without }: { slow: boolean; without: readonly Part[] }): Group[] {
  return ALL.filter((group) => (slow || !group.slow) && !(group.part && without.includes(group.part)));
}
