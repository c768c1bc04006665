import type { FormEvent } from 'react';
import type { LayoutName } from '#contract/caught-job.ts';
import type { Failure } from '../managing/api.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { useText } from '../managing/page.tsx';
import { choose, type LayoutDraft } from './layout-draft.ts';
import { SourceGuide } from './source-guide.tsx';

/** A line of a ticket of each, as the till prints it. */
const EXAMPLES: Readonly<Record<LayoutName, string>> = {
  generic: '2 x Khachapuri',
  columns: '2 KHACHAPURI',
  last: 'Khachapuri ........ 2',
  receipt: '2 x Margherita @ 9.50  19.00',
  cyrillic: 'Хачапури ........ 2',
  german: '2x Käsespätzle',
};

/** Chooses what the tickets look like, or takes rules for the till. */
export function LayoutForm({
  draft,
  onChange,
  problem,
  failure,
  busy,
  onTry,
  onUse,
}: {
  draft: LayoutDraft;
  onChange: (draft: LayoutDraft) => void;
  /** What is wrong with the JSON, in English. */
  problem: string | null;
  failure: Failure | null;
  busy: boolean;
  onTry: () => void;
  onUse: () => void;
}) {
  const { t } = useText();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onTry();
  };
  return (
    <form data-testid="layout-form" onSubmit={submit}>
      <p className="soft">
        {t('caught.help')} <SourceGuide kind="print" />
      </p>
      <label className="field">
        <span>{t('sources.layout')}</span>
        <select
          value={draft.choice}
          onChange={(event) => onChange(choose(draft, event.target.value as LayoutDraft['choice']))}
        >
          {Object.entries(EXAMPLES).map(([name, example]) => (
            <option key={name} value={name} dir="ltr">
              {name}: {example}
            </option>
          ))}
          <option value="own">{t('caught.own')}</option>
        </select>
      </label>
      {draft.choice === 'own' && (
        <label className="field">
          <span>{t('caught.own')}</span>
          <textarea
            value={draft.rules}
            onChange={(event) => onChange({ ...draft, rules: event.target.value })}
            rows={8}
            dir="ltr"
            spellCheck={false}
            autoComplete="off"
            className="rules"
          />
        </label>
      )}
      {problem && (
        <p className="failure" role="alert">
          {t('caught.unreadable')}
          <small lang="en" dir="ltr">
            {problem}
          </small>
        </p>
      )}
      <FailureLine failure={failure} quotes />
      <div className="row">
        <button type="submit" className="plain" disabled={busy} data-testid="try">
          {t('caught.try')}
        </button>
        <button type="button" className="main" disabled={busy} data-testid="use" onClick={onUse}>
          {t('caught.use')}
        </button>
      </div>
    </form>
  );
}
