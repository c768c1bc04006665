import { afterEach } from 'vitest';
import type { MakeService, TempOptions, TempService } from './temp-service.ts';

/** Makes services for the tests of one `describe` and removes them after each. */
export function withService(make: MakeService): (options?: TempOptions) => Promise<TempService> {
  const open: TempService[] = [];
  afterEach(async () => {
    for (const temp of open.splice(0)) await temp.dispose();
  });
  return async (options) => {
    const temp = await make(options);
    open.push(temp);
    return temp;
  };
}
