import { useState } from 'react';
import type { Settings } from '#contract/settings.ts';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import { useAnswer } from '../shared/use-answer.ts';
import { ChoiceRow } from './choice-row.tsx';
import controls from './controls.module.css';
import { SecretField } from './secret-field.tsx';
import css from './settings.module.css';
import { Switch } from './switch.tsx';
import { TextField } from './text-field.tsx';
import { useSettings } from './use-settings.ts';

/** A line of a ticket of each layout: the same in every language, as tills print it. */
const LAYOUTS: readonly { value: Settings['till']['layout']; label: string }[] = [
  { value: 'generic', label: '2 x Tea' },
  { value: 'columns', label: '2  TEA' },
  { value: 'last', label: 'Tea ..... 2' },
  { value: 'receipt', label: '2 x Tea  5.00' },
  { value: 'cyrillic', label: 'Чай ..... 2 (PC866)' },
  { value: 'german', label: '2 x Käse (WPC1252)' },
];

const portIn = (typed: string): string | null => {
  const port = Number(typed.trim());
  return Number.isInteger(port) && port >= 1 && port <= 65_535 ? String(port) : null;
};

/** Whether this screen's computer is a kitchen printer to tills, and how. */
export function TillRow() {
  const { t } = useText();
  const { settings, change } = useSettings();
  const { till } = settings;
  const set = (patch: Partial<Settings['till']>) => void change({ till: { ...till, ...patch } });
  const [stored, setStored] = useState(0);
  const view = useAnswer('getTill', stored);
  const addresses = view?.addresses.join(', ') || '–';
  return (
    <div className={controls.setting} data-testid="till">
      <p className={css.settingHint}>{t('settings.till.hint')}</p>
      <Switch label={t('settings.till.on')} on={till.on} onChange={(on) => set({ on })} />
      {till.on && <p>{t('settings.till.where', { address: addresses, port: till.port })}</p>}
      <TextField
        label={t('settings.till.port')}
        value={String(till.port)}
        dir="ltr"
        maxLength={5}
        read={portIn}
        onChange={(typed) => set({ port: Number(typed) })}
      />
      <TextField
        label={t('settings.till.name')}
        value={till.name}
        maxLength={100}
        read={(typed) => typed.trim() || null}
        onChange={(name) => set({ name })}
      />
      <ChoiceRow
        name={t('settings.till.layout')}
        value={till.layout}
        options={LAYOUTS}
        onChoose={(layout) => set({ layout })}
      />
      <TokenForm isSet={view?.tokenSet === true} onStored={() => setStored(stored + 1)} />
    </div>
  );
}

/** Stores the token with which tickets become orders. It is never shown again. */
function TokenForm({ isSet, onStored }: { isSet: boolean; onStored: () => void }) {
  const { actions } = useScreen();
  const { t } = useText();
  const [reply, setReply] = useState<string | null>(null);
  const locked = useView((view) => view.status?.pin.unlocked === false);
  async function store(token: string): Promise<void> {
    const result = await actions.call('setTillToken', { token });
    if (result.ok) {
      setReply(null);
      onStored();
    } else if (result.error.code === 'invalid') setReply(t('settings.till.token.wrong'));
    else if (result.error.code === 'unavailable') setReply(t('settings.till.token.away'));
    else setReply(t(`failed.${result.error.code}`));
  }
  return (
    <SecretField
      label={t('setup.token')}
      button={t('settings.till.token.store')}
      mark="till-token"
      reply={reply ?? t(isSet ? 'settings.till.token.set' : 'settings.till.token.hint')}
      maxLength={512}
      isWhole={(token) => !locked && token.trim() !== ''}
      onGive={store}
    />
  );
}
