import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useText } from './page.tsx';

/** The browser's modal dialog, which traps the focus and closes on Esc. */
export function Dialog({
  title,
  mark,
  onClose,
  children,
}: {
  title: ReactNode;
  mark: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click is on the backdrop; keys have Esc
    <dialog
      ref={dialog}
      aria-labelledby={id}
      data-testid={mark}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className="stack">
        <div className="row head">
          <h2 id={id}>{title}</h2>
          <button type="button" className="plain end" onClick={onClose}>
            {t('do.close')}
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
