import { useText } from '../managing/page.tsx';

/** Asks once more before something is removed. */
export function ConfirmRow({
  question,
  busy = false,
  onYes,
  onNo,
}: {
  question: string;
  busy?: boolean;
  onYes: () => void;
  onNo: () => void;
}) {
  const { t } = useText();
  return (
    <div className="row" role="alert">
      <p>{question}</p>
      <button type="button" className="danger" data-testid="confirm" disabled={busy} onClick={onYes}>
        {t('do.sure')}
      </button>
      <button type="button" className="plain" onClick={onNo}>
        {t('do.keep')}
      </button>
    </div>
  );
}
