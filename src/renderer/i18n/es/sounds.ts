/** Words for sounds, quiet hours, mute. */
export const sounds = {
  'sounds.say': 'Pedido {{number}}',
  'sounds.mutedUntil': 'En silencio hasta las {{time}}',
  'sounds.quiet': 'Horas de silencio hasta las {{time}}',
  'sounds.newOff': 'El timbre de pedidos nuevos está apagado',
  'sounds.flashOnly': 'Los pedidos nuevos parpadean aquí, pero no suenan.',
  'sounds.mute': 'Silenciar {{minutes}} min',
  'sounds.unmute': 'Que vuelva a sonar',
  'sounds.noVoice': 'Los números no se dicen en voz alta',
  'sounds.noVoice.do': 'Esta máquina no tiene voz para este idioma: {{language}}.',
  'sounds.noVoice.off': 'No decirlos',
};
