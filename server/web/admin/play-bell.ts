let audio: AudioContext | undefined;

/** Two strokes of a bell, Hz. A browser plays nothing before the first click on the page. */
export function playBell(): void {
  audio ??= new AudioContext();
  const context = audio;
  void context.resume();
  for (const [i, hz] of [880, 1109].entries()) {
    const at = context.currentTime + i * 0.18;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = hz;
    volume.gain.setValueAtTime(0.4, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.9);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.9);
  }
}
