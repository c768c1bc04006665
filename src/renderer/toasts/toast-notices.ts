import type { Bridge, Undo } from '#contract/bridge.ts';
import type { Notice } from '#contract/notice.ts';
import type { ToastStore } from './toast-store.ts';

/** shared/announcer.tsx announces these itself. */
const ANNOUNCED: readonly Notice['code'][] = ['order_new', 'back_live', 'went_offline'];

/** Shows the core's notices as toasts. */
export function toastNotices(bridge: Bridge, toasts: ToastStore): Undo {
  return bridge.on('notice', ({ id, kind, code, params }) =>
    toasts.show({ id, kind, text: `toast.${code}`, params, silent: ANNOUNCED.includes(code) }),
  );
}
