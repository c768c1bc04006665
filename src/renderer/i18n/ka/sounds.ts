/** Words for sounds, quiet hours, mute. */
export const sounds = {};
