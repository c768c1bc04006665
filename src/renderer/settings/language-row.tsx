import { LANGUAGES } from '#contract/setting-names.ts';
import { LANGUAGE_NAMES } from '../i18n/language-names.ts';
import { useScreen, useText } from '../shared/screen.tsx';
import { ChoiceRow } from './choice-row.tsx';

export function LanguageRow() {
  const { actions } = useScreen();
  const { t, language } = useText();
  return (
    <ChoiceRow
      name={t('settings.language')}
      value={language}
      options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
      onChoose={(chosen) => actions.ask('changeSettings', { language: chosen })}
    />
  );
}
