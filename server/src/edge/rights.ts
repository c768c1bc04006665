import type { Role } from './app.ts';

/**
 * Who may do what (contract, sections 3, 5, 9 and 16). A manager and every other device: in its own store only. A customer: own orders only. The table of
 * docs/security.md says it for each call, and a test asks each call as each role.
 */
export const RIGHTS = {
  makeStores: ['admin'],
  manageStore: ['admin', 'manager'],
  read: ['admin', 'manager', 'integration', 'display'],
  writeOrders: ['admin', 'manager', 'integration'],
  setAvailability: ['admin', 'manager', 'display'],
  sync: ['admin', 'manager', 'display'],
  sendCommands: ['display'],
  linkCustomers: ['admin', 'manager', 'integration'],
  ownOrders: ['customer'],
  readMetrics: ['admin', 'metrics'],
} as const satisfies Record<string, readonly Role[]>;
