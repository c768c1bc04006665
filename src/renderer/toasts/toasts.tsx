import { Check, Info, OctagonX, TriangleAlert, X } from 'lucide-react';
import { useStore } from 'zustand';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';
import type { Toast } from './toast-store.ts';
import { ToastsSaid } from './toasts-said.tsx';
import './toasts.css';

const ICONS: Record<Toast['kind'], typeof Check> = {
  success: Check,
  info: Info,
  warning: TriangleAlert,
  error: OctagonX,
};
const seconds = (view: View) => view.status?.settings.toastSeconds ?? 5;

/**
 * Passing words, over the footer and nothing else. The bar is the clock: a toast leaves when its bar has run out, and the
 * bars stand still while a toast is hovered or focused (toasts.css).
 */
export function Toasts() {
  const { toasts } = useScreen();
  const duration = useView(seconds);
  return (
    <div className="toasts">
      {useStore(toasts).map((toast) => (
        <ToastCard key={toast.turn} toast={toast} seconds={toast.seconds ?? duration} />
      ))}
      <ToastsSaid />
    </div>
  );
}

function ToastCard({ toast: { id, kind, text, params, action }, seconds }: { toast: Toast; seconds: number }) {
  const { toasts } = useScreen();
  const { t } = useText();
  const Icon = ICONS[kind];
  const leave = () => toasts.dismiss(id);
  const act = () => {
    leave();
    action?.run();
  };
  return (
    <div className="toast" data-testid="toast" data-kind={kind}>
      <Icon aria-hidden="true" />
      <span className="toast-text">{t(text, params)}</span>
      {action && (
        <button type="button" className="toast-action" data-testid="toast-action" onClick={act}>
          {t(action.label)}
        </button>
      )}
      <button type="button" className="toast-leave" aria-label={t('toast.dismiss')} onClick={leave}>
        <X aria-hidden="true" />
      </button>
      <span
        className="toast-bar"
        data-testid="toast-bar"
        style={{ animationDuration: `${seconds}s` }}
        onAnimationEnd={leave}
      />
    </div>
  );
}
