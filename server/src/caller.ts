import type { DeviceRole } from '#contract/store.ts';

export interface AdminCaller {
  role: 'admin';
  id: 'admin';
  name: 'admin';
  storeId: null;
}

export interface DeviceCaller<R extends DeviceRole = DeviceRole> {
  role: R;
  /** The device's id. */
  id: string;
  name: string;
  storeId: string;
}

/** What a customer's token claims: one order, or all orders of a store with this `customer.ref` until then (ms since 1970). */
export type CustomerClaim = { orderId: string } | { storeId: string; ref: string; expiresAt: number };

/** A customer, who sees and cancels own orders. Not a {@link Caller}: no right of those is meant for customers. */
export interface Customer {
  role: 'customer';
  /** The `customer.ref`, or the id of the one order. */
  id: string;
  storeId: string;
  of: { ref: string } | { orderId: string };
  /** ms since 1970; null: never. */
  expiresAt: number | null;
}

/** Who makes a request. */
export type Caller = AdminCaller | DeviceCaller;

/** Manages all stores (`storeId` null), or one. */
export type ManagingCaller = AdminCaller | DeviceCaller<'manager'>;

export const isManaging = (caller: Caller): caller is ManagingCaller =>
  caller.role === 'admin' || caller.role === 'manager';
