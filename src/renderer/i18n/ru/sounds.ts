/** Words for sounds, quiet hours, mute. */
export const sounds = {
  'sounds.say': 'Заказ {{number}}',
  'sounds.mutedUntil': 'Без звука до {{time}}',
  'sounds.quiet': 'Тихие часы до {{time}}',
  'sounds.newOff': 'Звонок о новых заказах выключен',
  'sounds.flashOnly': 'Новые заказы здесь мигают, но не звонят.',
  'sounds.mute': 'Без звука {{minutes}} мин',
  'sounds.unmute': 'Снова звонить',
  'sounds.noVoice': 'Номера не произносятся',
  'sounds.noVoice.do': 'На этой машине нет голоса для языка: {{language}}.',
  'sounds.noVoice.off': 'Не произносить',
};
