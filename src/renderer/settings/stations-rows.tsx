import { Plus, Trash2 } from 'lucide-react';
import type { Station } from '#contract/settings.ts';
import { Button } from '../shared/button.tsx';
import { useText, useView } from '../shared/screen.tsx';
import { ChoiceRow } from './choice-row.tsx';
import controls from './controls.module.css';
import { listOf } from './list-of.ts';
import css from './settings.module.css';
import { TextField } from './text-field.tsx';
import { useSettings } from './use-settings.ts';

export function DisplayNameRow() {
  const { t } = useText();
  const { settings, change } = useSettings();
  return (
    <TextField
      label={t('settings.displayName')}
      value={settings.displayName ?? ''}
      maxLength={200}
      placeholder={useView((view) => view.status?.deviceName ?? undefined)}
      onChange={(name) => change({ displayName: name || null })}
    />
  );
}

/** Chooses the station that a station's screen shows. */
export function StationChoiceRow() {
  const { t } = useText();
  const { settings, change } = useSettings();
  const { stations, stationId } = settings;
  const first = stations[0];
  if (!first) return <p className={controls.setting}>{t('settings.station.none')}</p>;
  const chosen = stations.find(({ id }) => id === stationId) ?? first;
  return (
    <ChoiceRow
      name={t('settings.stationId')}
      value={chosen.id}
      options={stations.map(({ id, name }) => ({ value: id, label: name }))}
      onChoose={(id) => change({ stationId: id })}
    />
  );
}

/** The schema's maximum. */
const MOST = 20;

/** The stations, and which items belong to each. */
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
      <h4>{t('settings.section.stations')}</h4>
      {stations.map((station, at) => (
        <StationCard
          key={station.id}
          station={station}
          onChange={(changed) => set(stations.with(at, changed))}
          onRemove={() => set(stations.toSpliced(at, 1))}
        />
      ))}
      {stations.length < MOST && (
        <Button icon={Plus} mark="add-station" onClick={add}>
          {t('settings.station.add')}
        </Button>
      )}
    </div>
  );
}

export interface StationCardProps {
  station: Station;
  onChange: (station: Station) => void;
  onRemove: () => void;
}

/** One station: its name, and the words by which items belong to it. */
export function StationCard({ station, onChange, onRemove }: StationCardProps) {
  const { t } = useText();
  return (
    <fieldset className={css.station} data-testid="station">
      <legend className="sr-only">{station.name}</legend>
      <TextField
        label={t('settings.station.name')}
        value={station.name}
        maxLength={200}
        read={(typed) => typed.trim() || null}
        onChange={(name) => onChange({ ...station, name })}
      />
      <TextField
        label={t('settings.station.stations')}
        value={station.stations.join(', ')}
        onChange={(typed) => onChange({ ...station, stations: listOf(typed).slice(0, 20) })}
      />
      <TextField
        label={t('settings.station.names')}
        value={station.names.join(', ')}
        onChange={(typed) => onChange({ ...station, names: listOf(typed).slice(0, 100) })}
      />
      <Button icon={Trash2} onClick={onRemove}>
        {t('settings.station.remove', { name: station.name })}
      </Button>
    </fieldset>
  );
}
