import { adapterSuite } from '../testing/adapter-suite.ts';
import { createSquareService } from './testing/square-service.ts';

adapterSuite('Square', createSquareService);
