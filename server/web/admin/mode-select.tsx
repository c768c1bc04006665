import type { TelegramMode } from '#contract/telegram.ts';
import { useText } from '../managing/page.tsx';

/** Repeated here, since the contract's file would bring zod. */
const MODES: readonly TelegramMode[] = ['always', 'fallback'];

/** What a chat hears. */
export function ModeSelect({
  label,
  value,
  busy,
  onChange,
}: {
  label: string;
  value: TelegramMode;
  busy: boolean;
  onChange: (mode: TelegramMode) => void;
}) {
  const { t } = useText();
  return (
    <label className="field">
      <span>{label}</span>
      <select value={value} disabled={busy} onChange={(event) => onChange(event.target.value as TelegramMode)}>
        {MODES.map((mode) => (
          <option key={mode} value={mode}>
            {t(`telegram.mode.${mode}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
