import { Search } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Settings } from '#contract/settings.ts';
import { Modal } from '../shared/modal.tsx';
import { useScreen, useText, useUi, useView } from '../shared/screen.tsx';
import { useAnswer } from '../shared/use-answer.ts';
import { findRows } from './find-rows.ts';
import { UnlockForm } from './pin-rows.tsx';
import { SECTIONS } from './sections.ts';
import { isKept, SettingLine } from './setting-line.tsx';
import type { SectionId } from './setting-row.ts';
import css from './settings.module.css';
import { SettingsProvider, useEdits } from './use-settings.ts';

/** The settings of this screen. */
export function SettingsDialog() {
  const { ui } = useScreen();
  const settings = useView((view) => view.status?.settings);
  const open = useUi((ui) => ui.settings);
  if (!open || !settings) return null;
  return <Dialog settings={settings} onClose={() => ui.setState({ settings: false })} />;
}

function Dialog({ settings, onClose }: { settings: Settings; onClose: () => void }) {
  const edited = useEdits(settings);
  const text = useText();
  const { t } = text;
  const [chosen, setChosen] = useState<SectionId>('look');
  const [search, setSearch] = useState('');
  const defaults = useAnswer('getDefaultSettings');
  const desktop = useView((view) => (view.status?.desktop ?? null) !== null);
  const locked = useView((view) => view.status?.pin.unlocked === false);
  const body = useRef<HTMLDivElement>(null);
  const all = SECTIONS.filter((section) => desktop || !section.desktopOnly).map((section) => ({
    ...section,
    rows: section.rows.filter(({ possible }) => possible?.() ?? true),
  }));
  const shown = search.trim() ? findRows(all, search, text) : all.filter(({ id }) => id === chosen);

  function choose(id: SectionId): void {
    setChosen(id);
    setSearch('');
    body.current?.scrollTo(0, 0);
  }

  return (
    <Modal title={t('settings.title')} mark="settings-dialog" wide onClose={onClose}>
      <SettingsProvider value={{ ...edited, defaults }}>
        <div className={css.settings}>
          <label className={css.settingsSearch}>
            <Search />
            <span className="sr-only">{t('settings.search')}</span>
            <input
              type="search"
              placeholder={t('settings.search')}
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
          </label>
          <nav className={css.settingsNav} aria-label={t('settings.sections')}>
            {all.map(({ id }) => (
              <button
                key={id}
                type="button"
                data-section={id}
                aria-current={!search.trim() && id === chosen ? 'page' : undefined}
                onClick={() => choose(id)}
              >
                {t(`settings.section.${id}`)}
              </button>
            ))}
          </nav>
          <div className={css.settingsBody} ref={body}>
            {locked && shown.some(({ rows }) => rows.some(isKept)) && <UnlockForm />}
            {shown.map(({ id, rows }) => (
              <section key={id} aria-labelledby={`section-${id}`}>
                <h3 id={`section-${id}`}>{t(`settings.section.${id}`)}</h3>
                <ul className={css.settingLines}>
                  {rows.map((row) => (
                    <SettingLine key={row.id} row={row} locked={locked} />
                  ))}
                </ul>
              </section>
            ))}
            <p role="status">{shown.length === 0 && t('settings.none')}</p>
          </div>
        </div>
      </SettingsProvider>
    </Modal>
  );
}
