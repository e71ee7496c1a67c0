import { openBrowser } from '../../test/e2e/support/openPage.js';

export interface BrowserQuality {
  readonly rippleDb: number;
  readonly aliasDb: number;
}

const PASSED_HZ = [200, 1000, 2000, 3500, 5000, 6000, 6500, 7000];
const ALIASED_HZ = [9000, 10_000, 11_500, 13_000, 15_000, 17_000, 20_000, 23_000];

/**
 * What Chromium's own conversion makes of tones, when an `AudioContext({ sampleRate: 16000 })` is given a stream of another rate, as
 * is often done with a microphone. Fewer tones than for the others: it runs in real time.
 */
export async function measureBrowser(inputRateHz: number): Promise<BrowserQuality> {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const levels = await page.evaluate(listenToTones, { inputRateHz, tonesHz: [...PASSED_HZ, ...ALIASED_HZ] });
    const decibels = levels.map((level) => 20 * Math.log10(level));
    return { rippleDb: Math.max(...decibels.slice(0, PASSED_HZ.length).map(Math.abs)), aliasDb: Math.max(...decibels.slice(PASSED_HZ.length)) };
  } finally {
    await browser.close();
  }
}

/** Runs in the page. @returns how loud each tone comes out, beside how loud it went in. */
async function listenToTones({ inputRateHz, tonesHz }: { readonly inputRateHz: number; readonly tonesHz: readonly number[] }): Promise<number[]> {
  const source = new AudioContext({ sampleRate: inputRateHz });
  const target = new AudioContext({ sampleRate: 16_000 });
  const tone = source.createOscillator();
  const loudness = source.createGain();
  loudness.gain.value = 0.9;
  const stream = source.createMediaStreamDestination();
  tone.connect(loudness).connect(stream);
  tone.start();
  const analyser = target.createAnalyser();
  analyser.fftSize = 8192;
  target.createMediaStreamSource(stream.stream).connect(analyser);
  const window = new Float32Array(analyser.fftSize);
  const levels: number[] = [];
  for (const frequencyHz of tonesHz) {
    tone.frequency.value = frequencyHz;
    // The window is half a second long, and the stream is buffered.
    await new Promise((resolve) => setTimeout(resolve, 1200));
    analyser.getFloatTimeDomainData(window);
    levels.push(Math.sqrt(window.reduce((sum, x) => sum + x * x, 0) / window.length) * Math.SQRT2 / 0.9);
  }
  await Promise.all([source.close(), target.close()]);
  return levels;
}
