import type { DeviceRole } from '#contract/store.ts';

export interface AdminCaller {
  role: 'admin';
  id: 'admin';
  name: 'admin';
  storeId: null;
}

export interface DeviceCaller {
  role: DeviceRole;
  /** The device's id. */
  id: string;
  name: string;
  storeId: string;
}

/** Who makes a request. */
export type Caller = AdminCaller | DeviceCaller;
