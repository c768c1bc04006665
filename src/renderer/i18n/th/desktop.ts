/** Words for what only the installed app says. */
export const desktop = {};
