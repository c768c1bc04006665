import { Plus, Trash2 } from 'lucide-react';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { Station } from '#contract/settings.ts';
import { stationOf } from '#contract/station-of.ts';
import { isOpen } from '#contract/status.ts';
import { Button } from '../shared/button.tsx';
import { useText, useView } from '../shared/screen.tsx';
import { chosenStation } from '../stations/chosen-station.ts';
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
  const stations = useStations();
  const chosen = chosenStation({ settings, stations });
  if (!chosen) return <p className={controls.setting}>{t('settings.station.none')}</p>;
  const { list } = stations;
  return (
    <ChoiceRow
      name={t('settings.stationId')}
      value={chosen.id}
      options={(list.includes(chosen) ? list : [...list, chosen]).map(({ id, name }) => ({ value: id, label: name }))}
      onChoose={(id) => change({ stationId: id })}
    />
  );
}

/** The stations in force, with the edits of this panel. */
function useStations(): DisplayStatus['stations'] {
  const { settings } = useSettings();
  const inForce = useView((view) => view.status?.stations);
  return inForce?.from === 'store' ? inForce : { from: 'screen', list: settings.stations };
}

/** The schema's maximum. */
const MOST = 20;

/** The stations, and which items belong to each. Those of the store are read here and changed at the server (ADR 41). */
export function StationsRow() {
  const { from, list } = useStations();
  return from === 'store' ? <StoreStations stations={list} /> : <OwnStations />;
}

function StoreStations({ stations }: { stations: readonly Station[] }) {
  const { t } = useText();
  return (
    <div className={controls.setting} data-testid="store-stations">
      <h4>{t('settings.section.stations')}</h4>
      <p className={css.settingHint}>{t('settings.station.ofStore')}</p>
      <dl className={css.storeStations}>
        {stations.map(({ id, name, stations, names, sources = [], expo }) => (
          <div key={id}>
            <dt>
              <bdi>{name}</bdi>
            </dt>
            <dd>
              {expo && `${t('expo.name')} `}
              <bdi>{[...stations, ...names, ...sources].join(', ')}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <Rest stations={stations} />
    </div>
  );
}

/** The dishes of open orders that belong to no station. */
function Rest({ stations }: { stations: readonly Station[] }) {
  const { t } = useText();
  const tickets = useView((view) => view.board.tickets);
  const where = stationOf(stations);
  const names = new Set<string>();
  for (const { order } of tickets.values())
    if (isOpen(order.status)) for (const item of order.items) if (!where(item, order.source)) names.add(item.name);
  if (names.size === 0) return null;
  return (
    <p className={css.rest} data-testid="no-station-dishes">
      {t('expo.other')}: <bdi>{[...names].join(', ')}</bdi>
    </p>
  );
}

function OwnStations() {
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
      <p className={css.settingHint}>{t('settings.stations.hint')}</p>
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
