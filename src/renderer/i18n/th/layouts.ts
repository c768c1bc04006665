/** Words for layouts, pages, stations, expo, all-day counts. */
export const layouts = {};
