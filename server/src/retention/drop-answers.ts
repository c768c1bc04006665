import type { Write } from '../database/write-queue.ts';

/** Deletes a block each of the answers to commands and the idempotency keys older than `before` (ISO). */
export async function dropAnswers({ tx }: Write, before: string, block: number): Promise<number> {
  const commands = await tx
    .deleteFrom('commands')
    .where((eb) =>
      eb(
        eb.refTuple('device_id', 'command_id'),
        'in',
        eb
          .selectFrom('commands')
          .select(['device_id', 'command_id'])
          .where('at', '<', before)
          .limit(block)
          .$asTuple('device_id', 'command_id'),
      ),
    )
    .executeTakeFirst();
  const keys = await tx
    .deleteFrom('idempotency_keys')
    .where((eb) =>
      eb(
        eb.refTuple('caller_id', 'key'),
        'in',
        eb
          .selectFrom('idempotency_keys')
          .select(['caller_id', 'key'])
          .where('at', '<', before)
          .limit(block)
          .$asTuple('caller_id', 'key'),
      ),
    )
    .executeTakeFirst();
  return Number(commands.numDeletedRows + keys.numDeletedRows);
}
