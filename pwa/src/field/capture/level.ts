/** How loud it is now, 0 to 1, for the bar that shows her that the phone hears her. */
export interface Level {
  now(): number;
  stop(): void;
}

/** Speech at arm's length fills about the half of it. */
const GAIN = 6;

export function levelOf(stream: MediaStream): Level {
  if (typeof AudioContext === 'undefined') return { now: () => 0, stop: () => undefined };
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(analyser);
  const wave = new Float32Array(analyser.fftSize);
  return {
    now() {
      analyser.getFloatTimeDomainData(wave);
      const power = wave.reduce((sum, value) => sum + value * value, 0) / wave.length;
      return Math.min(1, Math.sqrt(power) * GAIN);
    },
    stop: () => void context.close().catch(() => undefined),
  };
}
