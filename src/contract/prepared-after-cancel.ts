import type { Failure } from './failed-command.ts';
import { RANK, type Status } from './status.ts';

interface Refused {
  commandType: string;
  payload: Readonly<Record<string, unknown>>;
  code: Failure;
}

/**
 * Whether a refusal means that somebody worked on an already cancelled order (sync.md 3.5). Nobody will fetch the food,
 * so it is shown more prominently than other refusals.
 */
export function preparedAfterCancel({ commandType, payload, code }: Refused): boolean {
  if (code !== 'order_cancelled') return false;
  if (commandType === 'set_item_done') return payload.done === true;
  if (commandType !== 'set_status') return false;
  const to = RANK[payload.to as Status] ?? null;
  const from = RANK[payload.from as Status] ?? null;
  return to !== null && from !== null && to > from;
}
