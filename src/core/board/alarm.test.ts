import { expect, it } from 'vitest';
import { STATUSES } from '#contract/status.ts';
import { rings } from './alarm.ts';

const AT = '2026-11-21T10:00:00.000Z';
it.each(STATUSES.flatMap((status) => [null, AT].map((acknowledgedAt) => ({ status, acknowledgedAt }))))(
  '[A1] %o rings only when pending and not acknowledged',
  (order) => {
    expect(rings(order)).toBe(order.status === 'pending' && order.acknowledgedAt === null);
  },
);
