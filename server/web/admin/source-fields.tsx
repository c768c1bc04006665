import type { SourceKind } from '#contract/source.ts';
import { Field } from '../managing/field.tsx';
import type { PageKey } from '../managing/load-text.ts';
import { useText } from '../managing/page.tsx';
import type { SourceDraft } from './source-body.ts';
import { SourceGuide } from './source-guide.tsx';
import { KINDS, type SourceField } from './source-kinds.ts';

/** The fields of one kind. @param isNew false: a secret that is left empty stays as it is */
export function SourceFields({
  kind,
  draft,
  onChange,
  isNew,
}: {
  kind: SourceKind;
  draft: SourceDraft;
  onChange: (draft: SourceDraft) => void;
  isNew: boolean;
}) {
  const { t } = useText();
  const { hint, fields, more } = KINDS[kind];
  const input = (field: SourceField) => (
    <SourceInput
      key={field.path}
      field={field}
      value={draft[field.path] ?? ''}
      onChange={(value) => onChange({ ...draft, [field.path]: value })}
      isNew={isNew}
    />
  );
  return (
    <>
      <p className="soft">
        {t(hint)} <SourceGuide kind={kind} />
      </p>
      {fields.map(input)}
      {more.length > 0 && (
        <details>
          <summary>{t('sources.more')}</summary>
          <div className="stack">{more.map(input)}</div>
        </details>
      )}
    </>
  );
}

function SourceInput({
  field: { path, label, example, options, number, optional },
  value,
  onChange,
  isNew,
}: {
  field: SourceField;
  value: string;
  onChange: (value: string) => void;
  isNew: boolean;
}) {
  const { t } = useText();
  const words = wordsOf(label, t);
  if (options)
    return (
      <label className="field">
        <span>{words}</span>
        <select value={value} dir="ltr" onChange={(event) => onChange(event.target.value)}>
          {options.map((one) => (
            <option key={one} value={one}>
              {one || '–'}
            </option>
          ))}
        </select>
      </label>
    );
  const isSecret = path.startsWith('secret.');
  return (
    <Field
      label={optional && (isNew || !isSecret) ? `${words} (${t('sources.optional')})` : words}
      value={value}
      onChange={onChange}
      // A password field would offer to remember the key as this page's password.
      type={number ? 'number' : 'text'}
      {...number}
      required={!optional && (isNew || !isSecret)}
      maxLength={500}
      dir="ltr"
      spellCheck={false}
      {...(isSecret && !isNew ? { hint: t('sources.keepSecret') } : {})}
      {...(example === undefined ? {} : { placeholder: example })}
    />
  );
}

export const wordsOf = (label: { ours: PageKey } | { theirs: string }, t: (key: PageKey) => string): string =>
  'ours' in label ? t(label.ours) : label.theirs;
