import { useSyncExternalStore } from 'react';

export const TABS = [
  'orders',
  'search',
  'figures',
  'devices',
  'availability',
  'sources',
  'printers',
  'telegram',
  'webhooks',
  'settings',
] as const;
export type Tab = (typeof TABS)[number];
/** Where in `/admin` somebody is; null: the list of shops. */
export type Route = { storeId: string; tab: Tab } | null;

/** `#/main/figures`; anything else is the list of shops. */
export function routeOf(hash: string): Route {
  const [, storeId = '', tab = 'orders'] = hash.split('/');
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(storeId)) return null;
  return { storeId, tab: TABS.find((known) => known === tab) ?? 'orders' };
}

export const linkTo = (storeId: string, tab: Tab = 'orders'): string =>
  tab === 'orders' ? `#/${storeId}` : `#/${storeId}/${tab}`;

const onHash = (listener: () => void) => {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
};
export const useHash = (): string => useSyncExternalStore(onHash, () => location.hash);
