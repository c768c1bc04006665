import { Settings, type Station } from '#contract/settings.ts';
import { askedBy, type Scope, scopeOf } from '../stations/scope.ts';

/** The scope of a screen with these settings and this query in its address. `shared`: the stations of the store. */
export function aScope(change: Partial<Settings> = {}, query = '', shared: Station[] = []): Scope {
  const settings = Settings.parse(change);
  const own = { from: 'screen' as const, list: settings.stations };
  const stations = shared.length > 0 ? { from: 'store' as const, list: shared } : own;
  return scopeOf({ settings, stations }, askedBy(query));
}
