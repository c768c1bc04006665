import { type FormEvent, useState } from 'react';
import type { TextKey } from '../i18n/text.ts';
import { Button } from '../shared/button.tsx';
import { useText } from '../shared/screen.tsx';
import css from './order-sheet.module.css';

/** The contract's maximum. */
const LONGEST = 500;

/** Asks for the reason that rejecting or cancelling an order requires: one tap, or typed. */
export function ReasonForm({ to, onReason }: { to: End; onReason: (reason: string) => void }) {
  const { t } = useText();
  const [own, setOwn] = useState('');
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (own.trim()) onReason(own.trim());
  }
  return (
    <>
      <p className={css.sheetLead}>{t('reason.told')}</p>
      <div className={css.reasons}>
        {REASONS[to].map((key) => (
          <Button key={key} mark="reason" onClick={() => onReason(t(key))}>
            {t(key)}
          </Button>
        ))}
      </div>
      <form className={css.ownReason} onSubmit={submit}>
        <label>
          <span>{t('reason.own')}</span>
          <input
            value={own}
            maxLength={LONGEST}
            dir="auto"
            data-testid="reason-own"
            onChange={(event) => setOwn(event.target.value)}
          />
        </label>
        <button type="submit" className={css.danger} disabled={!own.trim()} data-testid="reason-submit">
          {t(to === 'rejected' ? 'sheet.reject' : 'sheet.cancel')}
        </button>
      </form>
    </>
  );
}

/** Common reasons; the order stores the text in the screen's language. */
export const REASONS = {
  rejected: ['reason.sold_out', 'reason.too_busy', 'reason.closed'],
  cancelled: ['reason.customer_asked', 'reason.sold_out', 'reason.mistake', 'reason.not_collected'],
} as const satisfies Record<string, readonly TextKey[]>;

export type End = keyof typeof REASONS;
