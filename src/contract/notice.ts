import { z } from 'zod';

/** A toast; important facts are always shown elsewhere too. `code` selects the translation. */
export const Notice = z.object({
  id: z.string(),
  kind: z.enum(['success', 'info', 'warning', 'error']),
  code: z.enum([
    'refreshed',
    'refresh_failed',
    'back_live',
    'went_offline',
    'paired',
    'bumped_elsewhere',
    'command_rejected',
    'order_new',
    'orders_new',
    'order_changed',
    'order_cancelled',
    // From the installed app.
    'file_saved',
    'file_failed',
    'print_failed',
  ]),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Notice = z.infer<typeof Notice>;
