import { accessContract } from './access-contract.ts';
import { commandContract } from './command-contract.ts';
import { followContract } from './follow-contract.ts';
import { logContract } from './log-contract.ts';
import { orderContract } from './order-contract.ts';
import { orderListContract } from './order-list-contract.ts';
import { retentionContract } from './retention-contract.ts';
import { storeContract } from './store-contract.ts';
import type { MakeService } from './temp-service.ts';

/** What every {@link Service} keeps to, whatever database is under it. */
export function serviceContract(make: MakeService): void {
  storeContract(make);
  accessContract(make);
  orderContract(make);
  orderListContract(make);
  logContract(make);
  followContract(make);
  commandContract(make);
  retentionContract(make);
}
