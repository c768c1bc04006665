/** Words for sounds, quiet hours, mute. */
export const sounds = {
  'sounds.say': 'შეკვეთა {{number}}',
  'sounds.mutedUntil': 'ხმა გამორთულია {{time}}-მდე',
  'sounds.quiet': 'წყნარი საათები {{time}}-მდე',
  'sounds.newOff': 'ახალი შეკვეთების ზარი გამორთულია',
  'sounds.flashOnly': 'ახალი შეკვეთები აქ ციმციმებს, მაგრამ არ რეკავს.',
  'sounds.mute': 'გაჩუმება {{minutes}} წთ',
  'sounds.unmute': 'ისევ რეკოს',
  'sounds.noVoice': 'ნომრები არ ითქმის',
  'sounds.noVoice.do': 'ამ მოწყობილობას არ აქვს ხმა ამ ენისთვის: {{language}}.',
  'sounds.noVoice.off': 'ნუ იტყვის',
};
