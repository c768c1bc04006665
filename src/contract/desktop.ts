import { z } from 'zod';
import { OrderId } from './field-types.ts';

/** What only the installed app has: what it found on its machine, and where it sends the screen. */

export const Desktop = z.object({
  platform: z.enum(['windows', 'macos', 'linux']),
  /** `missing`: this desktop has no place for the icon; closing the window then minimises it, and never hides it. */
  tray: z.enum(['shown', 'missing']),
  /**
   * `untried`: there was nothing to show yet. `unsupported`: this system shows none. `failed`: it refused the last one
   * (not signed, not allowed). The alarm on the screen rings whatever is said here.
   */
  notifications: z.enum(['untried', 'shown', 'unsupported', 'failed']),
  /** What became of `settings.desktop.launchAtLogin`. `approval`: the system waits for a person's consent. */
  launchAtLogin: z.enum(['off', 'on', 'approval', 'failed']),
  /** Sealed by the system's key store, or in a file that only this user reads, where the system has none. */
  token: z.enum(['sealed', 'file']),
  /** The version that waits for a quiet moment to be installed; null: none. */
  update: z.string().nullable(),
});
export type Desktop = z.infer<typeof Desktop>;

/** Where a notification, a menu or a link wants the screen to be. `pair` fills in a form; it never pairs. */
export const GoTo = z.discriminatedUnion('to', [
  z.object({ to: z.literal('order'), orderId: OrderId }),
  z.object({ to: z.literal('settings') }),
  z.object({ to: z.literal('pair'), serverUrl: z.string().max(500), code: z.string().max(32) }),
]);
export type GoTo = z.infer<typeof GoTo>;
