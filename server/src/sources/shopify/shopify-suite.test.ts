import { adapterSuite } from '../testing/adapter-suite.ts';
import { createShopifyService } from './testing/shopify-service.ts';

adapterSuite('Shopify', createShopifyService);
