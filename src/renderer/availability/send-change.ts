import type { CallInput } from '#contract/bridge.ts';
import type { TextKey } from '../i18n/text.ts';
import type { Screen } from '../shared/screen.tsx';

/**
 * Sends a change of what the store takes. The screen changes by the push that follows. A failure is a toast, since nothing is
 * queued. Returns the words of the failure, or null.
 */
export async function sendChange<K extends 'setAvailability' | 'setSoldOut'>(
  { actions, toasts }: Pick<Screen, 'actions' | 'toasts'>,
  name: K,
  input: CallInput<K>,
): Promise<TextKey | null> {
  const result = await actions.call(name, input);
  if (result.ok) return null;
  const { code } = result.error;
  const text: TextKey = code === 'unavailable' || code === 'internal' ? `take.failed.${code}` : `failed.${code}`;
  toasts.show({ id: 'take failed', kind: 'error', text, params: {} });
  return text;
}
