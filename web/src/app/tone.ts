// The short tone of an assignment (U1): two soft notes made by the browser itself, no file.

const NOTES = [
  { hertz: 659.25, from: 0 },
  { hertz: 880, from: 0.11 },
];
const LENGTH_S = 0.22;
const LOUDNESS = 0.08;

/** Plays it once. A browser that nobody has clicked in yet stays silent, and so does one without sound. */
export function playTone(): void {
  if (!("AudioContext" in window)) return;
  if (!navigator.userActivation?.hasBeenActive) return;
  const audio = new AudioContext();
  const end = () => void audio.close().catch(() => undefined);
  for (const { hertz, from } of NOTES) playNote(audio, hertz, audio.currentTime + from);
  setTimeout(end, 1_000);
}

function playNote(audio: AudioContext, hertz: number, at: number): void {
  const source = audio.createOscillator();
  const volume = audio.createGain();
  source.type = "sine";
  source.frequency.value = hertz;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + LENGTH_S);
  source.connect(volume).connect(audio.destination);
  source.start(at);
  source.stop(at + LENGTH_S);
}
