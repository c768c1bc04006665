import { fail, ok } from '#contract/errors.ts';
import type { DisplayCore } from '../display-core.ts';
import { ServerError } from '../link/server-error.ts';
import { StorageError } from '../ports.ts';
import type { CallHandlers } from './call-handlers.ts';

const NONE = fail('unavailable', 'This program cannot be a printer to tills.');
const WRONG_TOKEN = fail('invalid', 'This is not the token of an integration of this display’s store.');

/** What tills print to this computer (ADR 56). */
export function tillCalls({ till, pin, disks, status }: DisplayCore) {
  return {
    getTill: () => (till ? disks.read(till.view) : NONE),
    async setTillToken({ token }) {
      const { serverUrl } = status();
      if (!till) return NONE;
      if (!pin.status().unlocked) return fail('not_allowed', 'The PIN keeps the till’s token.');
      if (serverUrl === null) return fail('unavailable', 'This display is not connected to a server yet.');
      try {
        return (await till.setToken(serverUrl, token)) ? ok(null) : WRONG_TOKEN;
      } catch (error) {
        if (!(error instanceof ServerError)) return fail('disk', 'The token could not be written to the disk.');
        return error.reason === 'revoked' ? WRONG_TOKEN : fail('unavailable', 'The server does not answer.');
      }
    },
    dismissTillTicket({ id }) {
      if (!till) return NONE;
      try {
        till.dismiss(id);
        return ok(null);
      } catch (error) {
        if (error instanceof StorageError) return fail('disk', error.message);
        throw error;
      }
    },
  } satisfies Partial<CallHandlers>;
}
