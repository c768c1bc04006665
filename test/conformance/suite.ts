import { adminSocket } from './checks/admin-socket.ts';
import { commands } from './checks/commands.ts';
import { customers } from './checks/customers.ts';
import { digest, slowDigest } from './checks/digest.ts';
import { durability } from './checks/durability.ts';
import { errors } from './checks/errors.ts';
import { health } from './checks/health.ts';
import { history } from './checks/history.ts';
import { httpLists } from './checks/http-lists.ts';
import { idempotency } from './checks/idempotency.ts';
import { isolation } from './checks/isolation.ts';
import { ledger } from './checks/ledger.ts';
import { limits } from './checks/limits.ts';
import { metrics } from './checks/metrics.ts';
import { openapi } from './checks/openapi.ts';
import { orders } from './checks/orders.ts';
import { outcomes } from './checks/outcomes.ts';
import { pairing } from './checks/pairing.ts';
import { patches } from './checks/patches.ts';
import { payments } from './checks/payments.ts';
import { refusals } from './checks/refusals.ts';
import { restore } from './checks/restore.ts';
import { revocation } from './checks/revocation.ts';
import { roles } from './checks/roles.ts';
import { settings } from './checks/settings.ts';
import { sizes } from './checks/sizes.ts';
import { snapshot } from './checks/snapshot.ts';
import { socketsDown } from './checks/sockets-down.ts';
import { socketsHandshake } from './checks/sockets-handshake.ts';
import { socketsHello } from './checks/sockets-hello.ts';
import { socketsSizes } from './checks/sockets-sizes.ts';
import { stats } from './checks/stats.ts';
import { statuses } from './checks/statuses.ts';
import { stores } from './checks/stores.ts';
import { syncHttp } from './checks/sync-http.ts';
import type { Group, Part } from './support/check.ts';

/** What has to wait comes first, so that the rest is done meanwhile. */
const ALL: Group[] = [
  slowDigest,
  socketsHandshake,
  socketsHello,
  durability,
  restore,
  limits,
  pairing,
  settings,
  digest,
  socketsDown,
  socketsSizes,
  stores,
  roles,
  isolation,
  revocation,
  orders,
  sizes,
  patches,
  statuses,
  payments,
  idempotency,
  httpLists,
  history,
  syncHttp,
  snapshot,
  ledger,
  commands,
  outcomes,
  refusals,
  stats,
  metrics,
  health,
  openapi,
  errors,
  customers,
  adminSocket,
];

/** The groups to run; `without`: parts of the contract that the server does not have. */
export function suite({ slow, without }: { slow: boolean; without: readonly Part[] }): Group[] {
  return ALL.filter((group) => (slow || !group.slow) && !(group.part && without.includes(group.part)));
}
