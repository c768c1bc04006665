import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { UnseenBanner } from '../banners/unseen-banner.tsx';
import buttons from '../styles/buttons.module.css';
import { Button } from './button.tsx';
import css from './modal.module.css';
import { useText } from './screen.tsx';
import { useCloseWhenIdle } from './use-close-when-idle.ts';

export interface ModalProps {
  title: ReactNode;
  mark: string;
  /** For lists. */
  wide?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/**
 * The browser's modal dialog. It traps the focus, makes the rest inert, closes on Esc and restores the focus, without scripts
 * or styles that a strict Content-Security-Policy blocks. The strip of unseen orders, which it would cover, shows in it too, and
 * it closes when nobody touches it.
 */
export function Modal({ title, mark, wide = false, onClose, children }: ModalProps) {
  const { t } = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Otherwise the browser focuses the first button; React's autofocus runs too early.
    element?.querySelector<HTMLElement>('[data-first-focus]')?.focus();
    return () => element?.close();
  }, []);
  useCloseWhenIdle(dialog, onClose);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click is on the backdrop; keys have Esc
    <dialog
      ref={dialog}
      className={wide ? `${css.modal} ${css.wide}` : css.modal}
      data-testid={mark}
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className={css.modalPaper}>
        <header className={css.modalHead}>
          <h2 id={id}>{title}</h2>
          <Button icon={X} className={buttons.side} aria-label={t('sheet.close')} onClick={onClose} />
        </header>
        {children}
      </div>
      <div className={css.alarm}>
        <UnseenBanner />
      </div>
    </dialog>
  );
}
