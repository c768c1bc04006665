import { adapterSuite } from '../testing/adapter-suite.ts';
import { createStandardService } from './testing/standard-service.ts';

adapterSuite('Standard', createStandardService);
