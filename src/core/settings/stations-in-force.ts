import type { DisplayStatus } from '#contract/display-status.ts';
import type { Settings } from '#contract/settings.ts';
import type { Store } from '#contract/store.ts';

/** The store's stations; where it has none, those set up on this screen (ADR 41). `store` null: not known yet. */
export function stationsInForce(store: Store | null, settings: Pick<Settings, 'stations'>): DisplayStatus['stations'] {
  const shared = store?.settings.stations ?? [];
  if (shared.length === 0) return { from: 'screen', list: settings.stations };
  const list = shared.map(({ id, name, match, expo = false }) => {
    const { stations = [], names = [], sources = [] } = match;
    return { id, name, stations, names, sources, expo };
  });
  return { from: 'store', list };
}
