import type { Migration } from '../migration.ts';
import { firstOrder } from './0001-first-order.ts';
import { escalations } from './0002-escalations.ts';
import { commandsByIdentity } from './0003-commands-by-identity.ts';
import { followers } from './0004-followers.ts';
import { rowChecksums } from './0005-row-checksums.ts';
import { searchIndex } from './0006-search-index.ts';
import { moreRowChecksums } from './0007-more-row-checksums.ts';
import { believedTime } from './0008-believed-time.ts';
import { availability } from './0009-availability.ts';
import { managers } from './0010-managers.ts';
import { sessions } from './0011-sessions.ts';
import { ordersOfCustomers } from './0012-orders-of-customers.ts';
import { storeEscalations } from './0013-store-escalations.ts';
import { webhooks } from './0014-webhooks.ts';
import { sources } from './0015-sources.ts';
import { telegram } from './0016-telegram.ts';
import { printers } from './0017-printers.ts';
import { caughtJobs } from './0018-caught-jobs.ts';
import { marksTwice } from './0019-marks-twice.ts';
import { nodes } from './0020-nodes.ts';
import { leases } from './0021-leases.ts';
import { searchLater } from './0022-search-later.ts';

/** Every migration, in order. Add the next one at the end. */
export const allMigrations: readonly Migration[] = [
  firstOrder,
  escalations,
  commandsByIdentity,
  followers,
  rowChecksums,
  searchIndex,
  moreRowChecksums,
  believedTime,
  availability,
  managers,
  sessions,
  ordersOfCustomers,
  storeEscalations,
  webhooks,
  sources,
  telegram,
  printers,
  caughtJobs,
  marksTwice,
  nodes,
  leases,
  searchLater,
];
