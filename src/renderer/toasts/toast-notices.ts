import type { Bridge, Undo } from '#contract/bridge.ts';
import type { ToastStore } from './toast-store.ts';

/** The core's passing words become toasts. */
export function toastNotices(bridge: Bridge, toasts: ToastStore): Undo {
  return bridge.on('notice', ({ id, kind, code, params }) => toasts.show({ id, kind, text: `toast.${code}`, params }));
}
