/** Words for sounds, quiet hours, mute. */
export const sounds = {
  'sounds.say': 'طلب {{number}}',
  'sounds.mutedUntil': 'صامت حتى {{time}}',
  'sounds.quiet': 'ساعات الهدوء حتى {{time}}',
  'sounds.newOff': 'جرس الطلبات الجديدة مُطفأ',
  'sounds.flashOnly': 'الطلبات الجديدة تومض هنا ولا ترنّ.',
  'sounds.mute': 'كتم الصوت {{minutes}} دقائق',
  'sounds.unmute': 'أعد الرنين',
  'sounds.noVoice': 'لا تُنطق الأرقام',
  'sounds.noVoice.do': 'لا يوجد في هذا الجهاز صوت لهذه اللغة: {{language}}.',
  'sounds.noVoice.off': 'لا تنطقها',
};
