import type { SourceKind } from '#contract/source.ts';
import { createHubRiseService } from '../hubrise/testing/hubrise-service.ts';
import { createShopifyService } from '../shopify/testing/shopify-service.ts';
import { createSquareService } from '../square/testing/square-service.ts';
import { createStandardService } from '../standard/testing/standard-service.ts';
import { createWooCommerceService } from '../woocommerce/testing/woocommerce-service.ts';
import type { FakeService } from './fake-service.ts';

/** The services that `npm run sources` tries; a new adapter needs a line here. */
export const FAKES: Partial<Record<SourceKind, () => Promise<FakeService>>> = {
  standard: createStandardService,
  square: createSquareService,
  woocommerce: createWooCommerceService,
  shopify: createShopifyService,
  hubrise: createHubRiseService,
};
