import { type FormEvent, useState } from 'react';
import type { BridgeError } from '#contract/bridge.ts';
import { Brand } from '../header/brand.tsx';
import { ChoiceRow } from '../settings/choice-row.tsx';
import { LanguageRow } from '../settings/language-row.tsx';
import { UnlockForm } from '../settings/pin-rows.tsx';
import { Button } from '../shared/button.tsx';
import { useScreen, useText, useUi, useView } from '../shared/screen.tsx';
import buttons from '../styles/buttons.module.css';
import css from './first-run.module.css';

const DEFAULT_SERVER = 'http://127.0.0.1:4310';

/** Asks for the server's address and the screen's credentials, on first run and to change servers. */
export function FirstRun() {
  const { actions, ui } = useScreen();
  const pairing = useUi((ui) => ui.pairing);
  const locked = useView((view) => view.status?.pin.unlocked === false);
  const keyStoreLocked = useView((view) => view.status?.desktop?.token === 'locked');
  const { t } = useText();
  const server = useView((view) => view.status?.serverUrl ?? DEFAULT_SERVER);
  const isNew = useView((view) => view.status?.setup === 'needed');
  const [by, setBy] = useState<'code' | 'token'>('code');
  const [error, setError] = useState<BridgeError | null>(null);
  const [busy, setBusy] = useState(false);

  async function connect(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const field = (name: string) => String(new FormData(event.currentTarget).get(name) ?? '').trim();
    const serverUrl = withScheme(field('server'));
    setBusy(true);
    setError(null);
    const result = await (by === 'code'
      ? actions.call('connectWithCode', { serverUrl, code: field('code'), deviceName: field('name') })
      : actions.call('connectWithToken', { serverUrl, token: field('token') }));
    setBusy(false);
    setError(result.ok ? null : result.error.code);
    // A screen that only changes its server has been asked.
    if (result.ok) ui.setState({ pairing: null, panel: isNew ? 'reading' : null });
  }

  return (
    <main className={css.firstRun} data-testid="first-run">
      {locked && pairing && <UnlockForm />}
      {/* A pairing link that arrives while the form is open replaces its values. */}
      <form key={pairing ? `${pairing.serverUrl} ${pairing.code}` : ''} onSubmit={connect}>
        <Brand name={null} />
        <h2>{t('setup.title')}</h2>
        <p className={css.firstRunLead}>{t('setup.lead')}</p>
        {keyStoreLocked && (
          <p role="alert" className={css.firstRunError}>
            {t('desktop.token.locked')}
          </p>
        )}
        <LanguageRow />
        <label>
          <span>{t('setup.server')}</span>
          <input
            name="server"
            required
            dir="ltr"
            inputMode="url"
            autoComplete="off"
            defaultValue={pairing?.serverUrl || server}
          />
        </label>
        <ChoiceRow
          name={t('setup.with')}
          value={by}
          options={[
            { value: 'code', label: t('setup.code') },
            { value: 'token', label: t('setup.token') },
          ]}
          onChoose={setBy}
        />
        {by === 'code' ? (
          <>
            <label>
              <span>{t('setup.code')}</span>
              <input
                name="code"
                className={css.code}
                required
                maxLength={12}
                defaultValue={pairing?.code}
                dir="ltr"
                autoComplete="off"
                autoCapitalize="characters"
                spellCheck={false}
                aria-describedby="code-hint"
              />
              <small id="code-hint">{t('setup.codeHint')}</small>
            </label>
            <label>
              <span>{t('settings.displayName')}</span>
              <input name="name" required maxLength={200} dir="auto" defaultValue={t('setup.nameDefault')} />
            </label>
          </>
        ) : (
          <label>
            <span>{t('setup.token')}</span>
            <input
              name="token"
              type="password"
              required
              maxLength={512}
              dir="ltr"
              autoComplete="off"
              aria-describedby="token-hint"
            />
            <small id="token-hint">{t('setup.tokenHint')}</small>
          </label>
        )}
        <p role="alert" className={css.firstRunError}>
          {error && t(`setup.error.${error}`)}
        </p>
        <button type="submit" className={buttons.step} disabled={busy}>
          {t(busy ? 'setup.connecting' : 'setup.connect')}
        </button>
        {pairing && <Button onClick={() => ui.setState({ pairing: null })}>{t('settings.keepServer')}</Button>}
      </form>
    </main>
  );
}

/** People leave out the scheme. */
const withScheme = (address: string): string => (/^https?:\/\//i.test(address) ? address : `http://${address}`);
