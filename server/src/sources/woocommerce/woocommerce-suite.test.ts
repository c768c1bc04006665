import { adapterSuite } from '../testing/adapter-suite.ts';
import { createWooCommerceService } from './testing/woocommerce-service.ts';

adapterSuite('WooCommerce', createWooCommerceService);
