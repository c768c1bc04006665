/** Words for sounds, quiet hours, mute. */
export const sounds = {
  'sounds.say': 'ออเดอร์ {{number}}',
  'sounds.mutedUntil': 'ปิดเสียงถึง {{time}}',
  'sounds.quiet': 'ช่วงงดเสียงถึง {{time}}',
  'sounds.newOff': 'ปิดเสียงออเดอร์ใหม่ไว้',
  'sounds.flashOnly': 'ออเดอร์ใหม่จะกะพริบที่จอนี้ แต่ไม่มีเสียง',
  'sounds.mute': 'ปิดเสียง {{minutes}} นาที',
  'sounds.unmute': 'เปิดเสียงอีกครั้ง',
  'sounds.noVoice': 'ไม่มีการอ่านหมายเลข',
  'sounds.noVoice.do': 'เครื่องนี้ไม่มีเสียงอ่านภาษา{{language}}',
  'sounds.noVoice.off': 'ไม่ต้องอ่าน',
};
