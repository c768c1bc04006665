import { adapterSuite } from '../testing/adapter-suite.ts';
import { createHubRiseService } from './testing/hubrise-service.ts';

adapterSuite('HubRise', createHubRiseService);
