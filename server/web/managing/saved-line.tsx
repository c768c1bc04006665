import { useText } from './page.tsx';

/** Beside the button of a form, once it is saved. */
export function SavedLine({ saved }: { saved: boolean }) {
  const { t } = useText();
  if (!saved) return null;
  return (
    <p className="done" role="status">
      {t('do.saved')}
    </p>
  );
}
