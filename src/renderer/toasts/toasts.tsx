import { Check, Info, OctagonX, TriangleAlert, X } from 'lucide-react';
import { useStore } from 'zustand';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';
import type { Toast } from './toast-store.ts';
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
  const { t } = useText();
  const shown = useStore(toasts);
  const duration = useView(seconds);
  return (
    <div className="toasts" role="status">
      {shown.map((toast) => {
        const Icon = ICONS[toast.kind];
        return (
          <div key={toast.id} className="toast" data-testid="toast" data-kind={toast.kind}>
            <Icon aria-hidden="true" />
            <span className="toast-text">{t(toast.text, toast.params)}</span>
            <button type="button" aria-label={t('toast.dismiss')} onClick={() => toasts.dismiss(toast.id)}>
              <X aria-hidden="true" />
            </button>
            <span
              className="toast-bar"
              data-testid="toast-bar"
              style={{ animationDuration: `${duration}s` }}
              onAnimationEnd={() => toasts.dismiss(toast.id)}
            />
          </div>
        );
      })}
    </div>
  );
}
