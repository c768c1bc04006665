import { sqliteService } from './testing/temp-service.ts';
import { twoWritersContract } from './testing/two-writers-contract.ts';

twoWritersContract(async () => {
  const a = await sqliteService({ shared: true });
  return { a, b: await a.open() };
});
