import { Plus } from 'lucide-react';
import type { Station } from '#contract/settings.ts';
import { useText } from '../shared/screen.tsx';
import buttons from '../styles/buttons.module.css';
import controls from './controls.module.css';
import { StationCard } from './station-card.tsx';
import { useSettings } from './use-settings.ts';

/** As many as the settings take. */
const MOST = 20;

/** Where food is prepared, and what belongs there. */
export function StationsRow() {
  const { t } = useText();
  const { settings, change } = useSettings();
  const { stations } = settings;
  const set = (next: Station[]) => change({ stations: next });
  const add = () => {
    const name = t('settings.station.new', { number: stations.length + 1 });
    set([...stations, { id: crypto.randomUUID(), name, stations: [], names: [] }]);
  };
  return (
    <div className={controls.setting}>
      <h4>{t('settings.stations')}</h4>
      {stations.map((station, at) => (
        <StationCard
          key={station.id}
          station={station}
          onChange={(changed) => set(stations.with(at, changed))}
          onRemove={() => set(stations.toSpliced(at, 1))}
        />
      ))}
      {stations.length < MOST && (
        <button type="button" className={buttons.choice} data-testid="add-station" onClick={add}>
          <Plus aria-hidden="true" />
          {t('settings.station.add')}
        </button>
      )}
    </div>
  );
}
