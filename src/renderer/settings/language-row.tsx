import type { Language } from '#contract/setting-names.ts';
import { useScreen, useText } from '../shared/screen.tsx';
import { ChoiceRow } from './choice-row.tsx';

/** Each language in its own words, for who does not read the one that is set. */
const LANGUAGES: readonly { value: Language; label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'th', label: 'ไทย' },
  { value: 'ru', label: 'Русский' },
  { value: 'ka', label: 'ქართული' },
  { value: 'es', label: 'Español' },
  { value: 'ar', label: 'العربية' },
];

export function LanguageRow() {
  const { actions } = useScreen();
  const { t, language } = useText();
  return (
    <ChoiceRow
      name={t('settings.language')}
      value={language}
      options={LANGUAGES}
      onChoose={(chosen) => actions.changeSettings({ language: chosen })}
    />
  );
}
