import { Plus, Printer, Trash2 } from 'lucide-react';
import { readPrinterAddress } from '#contract/printer-address.ts';
import { PRINTER_PAPERS, SCREEN_OCCASIONS, type ScreenOccasion } from '#contract/setting-names.ts';
import type { ScreenPrinter } from '#contract/settings.ts';
import { Button } from '../shared/button.tsx';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import { ChoiceRow } from './choice-row.tsx';
import controls from './controls.module.css';
import css from './settings.module.css';
import { Switch } from './switch.tsx';
import { TextField } from './text-field.tsx';
import { useSettings } from './use-settings.ts';

/** The schema's maximum. */
const MOST = 5;

/** The printers on which this screen's host prints. */
export function PrintersRow() {
  const { t } = useText();
  const { settings, change } = useSettings();
  const { printers } = settings;
  const set = (next: ScreenPrinter[]) => change({ printers: next });
  const add = () => {
    const name = t('settings.printer.new', { number: printers.length + 1 });
    set([
      ...printers,
      { id: crypto.randomUUID(), name, address: null, paper: '80mm', on: ['accepted'], station: null },
    ]);
  };
  return (
    <div className={controls.setting}>
      <p className={css.settingHint}>{t('settings.printers.hint')}</p>
      {printers.map((printer, at) => (
        <PrinterCard
          key={printer.id}
          printer={printer}
          onChange={(changed) => set(printers.with(at, changed))}
          onRemove={() => set(printers.toSpliced(at, 1))}
        />
      ))}
      {printers.length < MOST && (
        <Button icon={Plus} mark="add-printer" onClick={add}>
          {t('settings.printer.add')}
        </Button>
      )}
    </div>
  );
}

interface PrinterCardProps {
  printer: ScreenPrinter;
  onChange: (printer: ScreenPrinter) => void;
  onRemove: () => void;
}

/** One printer: where it is, what it prints and when. */
function PrinterCard({ printer, onChange, onRemove }: PrinterCardProps) {
  const { actions } = useScreen();
  const { t } = useText();
  const { id, name, address, paper, on } = printer;
  const isOn = (occasion: ScreenOccasion, wanted: boolean): ScreenOccasion[] =>
    SCREEN_OCCASIONS.filter((one) => (one === occasion ? wanted : on.includes(one)));
  return (
    <fieldset className={css.station} data-testid="printer">
      <legend className="sr-only">{name}</legend>
      <TextField
        label={t('settings.station.name')}
        value={name}
        maxLength={200}
        read={(typed) => typed.trim() || null}
        onChange={(typed) => onChange({ ...printer, name: typed })}
      />
      <TextField
        label={t('settings.printer.address')}
        value={address ?? ''}
        dir="ltr"
        maxLength={255}
        placeholder="192.168.1.50"
        read={readPrinterAddress}
        onChange={(typed) => onChange({ ...printer, address: typed })}
      />
      <ChoiceRow
        name={t('settings.printer.paper')}
        value={paper}
        options={PRINTER_PAPERS.map((value) => ({ value, label: t(`settings.printer.paper.${value}`) }))}
        onChoose={(value) => onChange({ ...printer, paper: value })}
      />
      {SCREEN_OCCASIONS.map((occasion) => (
        <Switch
          key={occasion}
          label={t(`settings.printer.on.${occasion}`)}
          on={on.includes(occasion)}
          onChange={(wanted) => onChange({ ...printer, on: isOn(occasion, wanted) })}
        />
      ))}
      <PrinterStation printer={printer} onChange={onChange} />
      {address !== null && (
        <Button
          icon={Printer}
          mark="test-printer"
          onClick={() => void actions.ask('printPaper', { printerId: id, orderId: null })}
        >
          {t('settings.printer.test')}
        </Button>
      )}
      <Button icon={Trash2} onClick={onRemove}>
        {t('settings.station.remove', { name })}
      </Button>
    </fieldset>
  );
}

/** Whether it prints whole orders, or what one station makes. */
function PrinterStation({ printer, onChange }: Pick<PrinterCardProps, 'printer' | 'onChange'>) {
  const { t } = useText();
  const stations = useView((view) => view.status?.stations)?.list ?? [];
  const { station } = printer;
  if (stations.length === 0 && station === null) return null;
  const known = station === null || stations.some(({ id }) => id === station);
  const options = [
    { value: '', label: t('settings.printer.everything') },
    ...stations.map(({ id, name }) => ({ value: id, label: name })),
    ...(known ? [] : [{ value: station, label: station }]),
  ];
  return (
    <ChoiceRow
      name={t('settings.printer.station')}
      value={station ?? ''}
      options={options}
      onChoose={(value) => onChange({ ...printer, station: value || null })}
    />
  );
}
