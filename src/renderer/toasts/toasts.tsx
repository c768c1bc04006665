import { Check, Info, OctagonX, TriangleAlert, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../shared/button.tsx';
import { useScreen, useSetting, useText, useUi } from '../shared/screen.tsx';
import type { Ui } from '../shared/ui-store.ts';
import type { Toast } from './toast-store.ts';
import css from './toasts.module.css';

const ICONS: Record<Toast['kind'], typeof Check> = {
  success: Check,
  info: Info,
  warning: TriangleAlert,
  error: OctagonX,
};

const hasPager = (ui: Ui) => ui.pages > 1;

/**
 * Short-lived messages in the footer, one visible at a time; when it leaves, the one before it shows for the rest of its time.
 * The animated bar is the timer: a toast leaves when its bar runs out, and all bars pause while a toast is hovered or focused
 * (toasts.module.css).
 */
export function Toasts() {
  const { toasts } = useScreen();
  const duration = useSetting('toastSeconds', 5);
  const shown = useStore(toasts).toSorted(byWeight);
  const top = shown.at(-1);
  return (
    <div className={css.toasts} data-testid="toasts" data-empty={!top} data-pager={useUi(hasPager)}>
      {shown.map((toast) => (
        <ToastCard key={toast.turn} toast={toast} isTop={toast === top} seconds={toast.seconds ?? duration} />
      ))}
      <ToastAnnouncer />
    </div>
  );
}

/** The last one is on top: an error, else one with an undo, else the newest. */
const byWeight = (a: Toast, b: Toast): number => weightOf(a) - weightOf(b);
const weightOf = ({ kind, action }: Toast): number => (kind === 'error' ? 2 : action ? 1 : 0);

interface ToastCardProps {
  toast: Toast;
  /** The one that shows. */
  isTop: boolean;
  seconds: number;
}

function ToastCard({ toast: { id, kind, text, params, action }, isTop, seconds }: ToastCardProps) {
  const { toasts } = useScreen();
  const { t } = useText();
  const Icon = ICONS[kind];
  const dismiss = () => toasts.dismiss(id);
  const act = () => {
    dismiss();
    action?.run();
  };
  return (
    <div className={css.toast} data-testid="toast" data-kind={kind} data-top={isTop}>
      <Icon />
      <span className={css.text}>{t(text, params)}</span>
      {action && (
        <Button className={css.action} mark="toast-action" onClick={act}>
          {t(action.label)}
        </Button>
      )}
      <Button icon={X} className={css.dismiss} aria-label={t('toast.dismiss')} onClick={dismiss} />
      <span
        className={css.bar}
        data-testid="toast-bar"
        data-clock
        style={{ animationDuration: `${seconds}s` }}
        onAnimationEnd={dismiss}
      />
    </div>
  );
}

/** Toasts within this time are announced together. */
const SETTLE_MS = 700;

/**
 * Announces the text of each toast once to screen readers, without its buttons. A live region around the toasts themselves
 * would read all of them again whenever one comes.
 */
function ToastAnnouncer() {
  const { toasts } = useScreen();
  const { t } = useText();
  const shown = useStore(toasts);
  const last = useRef(0);
  const [announced, setAnnounced] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => {
      const fresh = shown.filter(({ turn, silent }) => turn > last.current && !silent);
      last.current = shown.at(-1)?.turn ?? last.current;
      if (fresh.length > 0) setAnnounced(fresh.map(({ text, params }) => t(text, params)).join('. '));
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [shown, t]);
  return (
    <p className="sr-only" role="status" data-testid="toasts-said">
      {announced}
    </p>
  );
}
