import { describe } from 'vitest';
import { serviceContract } from './testing/service-contract.ts';
import { sqliteService } from './testing/temp-service.ts';

describe('the service on a SQLite file', () => serviceContract(sqliteService));
