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

/** Who makes a request. */
export type Caller = AdminCaller | DeviceCaller;

/** Manages all stores (`storeId` null), or one. */
export type ManagingCaller = AdminCaller | DeviceCaller<'manager'>;

export const isManaging = (caller: Caller): caller is ManagingCaller =>
  caller.role === 'admin' || caller.role === 'manager';
