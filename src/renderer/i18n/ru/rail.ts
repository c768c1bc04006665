/** Words for working the rail: undo, recall list, changed and added items, delays, the key legend. */
export const rail = {};
