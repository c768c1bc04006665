import type { Bridge, Notice, Undo } from '#contract/bridge.ts';
import type { ToastStore } from './toast-store.ts';

/** What the announcer says by itself, once things have settled (shared/announcer.tsx). */
const ANNOUNCED: readonly Notice['code'][] = ['order_new', 'back_live', 'went_offline'];

/** The core's passing words become toasts. */
export function toastNotices(bridge: Bridge, toasts: ToastStore): Undo {
  return bridge.on('notice', ({ id, kind, code, params }) =>
    toasts.show({ id, kind, text: `toast.${code}`, params, unsaid: ANNOUNCED.includes(code) }),
  );
}
