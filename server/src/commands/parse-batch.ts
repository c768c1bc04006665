import { CommandIdentity } from '#contract/command.ts';
import { detailsOf } from '#contract/errors.ts';
import { ServiceError } from '../service-error.ts';

/** A command with a valid identity; its other fields are unchecked. */
export type UncheckedCommand = CommandIdentity & Record<string, unknown>;

/**
 * Checks the identity of every command. A command without one cannot be answered, so the whole message is invalid and
 * nothing of it is consumed (contract, section 6; C4).
 */
export function parseBatch(commands: readonly unknown[]): UncheckedCommand[] {
  return commands.map((command, index) => {
    const parsed = CommandIdentity.safeParse(command);
    if (parsed.success) return { ...(command as object), ...parsed.data };
    throw new ServiceError('invalid_request', 'A command has no valid commandId or after.', {
      details: detailsOf(parsed.error).map(({ path, message }) => ({
        path: ['commands', index, path].filter((part) => part !== '').join('.'),
        message,
      })),
    });
  });
}
