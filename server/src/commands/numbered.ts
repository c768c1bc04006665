import { CommandNumber } from '#contract/command.ts';
import { detailsOf } from '#contract/errors.ts';
import { ServiceError } from '../service.ts';

/** A command whose number and id are right; the rest of it is unchecked. */
export type Numbered = { n: number; commandId: string } & Record<string, unknown>;

/**
 * Every command of a batch, or a refusal of the batch: what has no number cannot be answered under one, so it makes the
 * message wrong, and of a wrong message nothing is consumed (contract, section 6; C4).
 */
export function numbered(commands: readonly unknown[]): Numbered[] {
  return commands.map((command, index) => {
    const parsed = CommandNumber.safeParse(command);
    if (parsed.success) return { ...(command as object), ...parsed.data };
    throw new ServiceError('invalid_request', 'A command has no right number and id.', {
      details: detailsOf(parsed.error).map(({ path, message }) => ({
        path: ['commands', index, path].filter((part) => part !== '').join('.'),
        message,
      })),
    });
  });
}
