/** Words for sounds, quiet hours, mute. */
export const sounds = {
  'sounds.say': 'Order {{number}}',
  'sounds.mutedUntil': 'Silenced until {{time}}',
  'sounds.quiet': 'Quiet hours until {{time}}',
  'sounds.newOff': 'The bell for new orders is turned off',
  'sounds.flashOnly': 'New orders flash here, and do not ring.',
  'sounds.mute': 'Silence {{minutes}} min',
  'sounds.unmute': 'Ring again',
  'sounds.noVoice': 'Numbers are not spoken',
  'sounds.noVoice.do': 'This machine has no voice for {{language}}.',
  'sounds.noVoice.off': 'Leave them unspoken',
} as const;
