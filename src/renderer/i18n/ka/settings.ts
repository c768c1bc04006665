/** Words for the settings, PIN, diagnosis. */
export const settings = {};
