import { z } from 'zod';
import { OrderId } from './field-types.ts';

/** Data of the installed app only: the state of its machine, and where it sends the screen. */

export const Desktop = z.object({
  platform: z.enum(['windows', 'macos', 'linux']),
  /** `missing`: this desktop has no tray; closing the window then minimises it instead of hiding it. */
  tray: z.enum(['shown', 'missing']),
  /**
   * `untried`: none sent yet. `unsupported`: this system shows none. `failed`: the system refused the last one (not
   * signed, not allowed). The alarm on the screen rings in every case.
   */
  notifications: z.enum(['untried', 'shown', 'unsupported', 'failed']),
  /** The effect of `settings.desktop.launchAtLogin`. `approval`: the system waits for the user's consent. */
  launchAtLogin: z.enum(['off', 'on', 'approval', 'failed']),
  /**
   * Encrypted by the system's key store, or, without one, in a file that only this user can read. `locked`: the key store is
   * locked, so the display cannot connect.
   */
  token: z.enum(['sealed', 'file', 'locked']),
  /** The version that waits for a quiet moment to install; null: none. */
  update: z.string().nullable(),
});
export type Desktop = z.infer<typeof Desktop>;

/** Where a notification, a menu or a link takes the screen. `pair` fills in a form; it never pairs. */
export const GoTo = z.discriminatedUnion('to', [
  z.object({ to: z.literal('order'), orderId: OrderId }),
  z.object({ to: z.literal('settings') }),
  z.object({ to: z.literal('pair'), serverUrl: z.string().max(500), code: z.string().max(32) }),
]);
export type GoTo = z.infer<typeof GoTo>;
