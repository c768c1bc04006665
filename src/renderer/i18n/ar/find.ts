/** Words for search, filters, an order in detail. */
export const find = {};
