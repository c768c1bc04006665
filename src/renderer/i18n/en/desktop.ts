/** Words for what only the installed app says. */
export const desktop = {
  'desktop.token.sealed': 'The sign-in is sealed by this system’s key store.',
  'desktop.token.file':
    'This system has no key store: the sign-in is in a file that only this user can read. Who has this computer can use it; revoke it on the server if the computer is lost.',
  'desktop.update': 'Version {{version}} is here and will be installed in a quiet moment, never during service.',
};
