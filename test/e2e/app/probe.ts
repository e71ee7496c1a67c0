import type { AvatarError, AvatarParams, AvatarSession, Playback, SessionLatency } from 'visavis/client';
import { endInterruption, interruptSound, openMicrophones, privateAudioContext, speakIntoMicrophone, suspendSound, unplugMicrophone } from './devices.js';
import { watchWords } from './watchWords.js';
import { isMouthInterior, mouthRegion } from '../../../src/emulator/face/mouthRegion.js';

/** A value over time; the clock is `performance.now()`. */
export interface Trace {
  readonly timesMs: number[];
  readonly values: number[];
}

/** Something that the session told of; the clock is `performance.now()`. */
export interface Moment {
  readonly type: string;
  readonly timeMs: number;
}

export interface Recording {
  /** Dark pixels in the mouth of each picture that the `<video>` presented. */
  readonly mouth: Trace;
  /** RMS of the received sound, every 10 ms or so. */
  readonly sound: Trace;
  /** RMS of what the microphone heard. */
  readonly voice: Trace;
  readonly moments: Moment[];
  readonly recoveries: { readonly lostAudioMs: number; readonly downtimeMs: number }[];
}

/** What a test may ask of the page. */
export interface Probe {
  state(): Record<string, unknown>;
  errors(): { reason: string; message: string }[];
  startRecording(): void;
  stopRecording(): Recording;
  /** What the microphone's frames held since `startRecording`: samples, mono, 16 kHz. */
  microphoneSamples(): number[];
  /** RMS of the received sound just now; 0 before `startRecording`. */
  level(): number;
  /** How loud the page's loudest sound element plays, 0 to 1; 0 when none does. */
  loudness(): number;
  /** Resolves with when it was sent. */
  interrupt(): Promise<number>;
  speak(samples: readonly number[], sampleRateHz: number): Promise<unknown>;
  /** Says a sound file that the page fetches. */
  speakFile(url: string): Promise<unknown>;
  /** Says a stream that gives its samples in pieces, as fast as it is asked. */
  speakSamples(samples: readonly number[], pieceSamples: number): Promise<unknown>;
  /** Says a stream of text. */
  speakText(pieces: readonly string[]): Promise<unknown>;
  /** How many pieces were taken of the latest stream, and whether it was told to stop before its end. */
  stream(): { readonly taken: number; readonly stopped: boolean };
  sendText(text: string): Promise<void>;
  act(action: string): Promise<void>;
  latency(): SessionLatency;
  setParams(params: AvatarParams): Promise<void>;
  /** Stops all audio processing of the page. */
  suspendSound(): Promise<void>;
  /** Takes all sound from the page, until `endInterruption()`. */
  interruptSound(): Promise<void>;
  endInterruption(): void;
  unplugMicrophone(): void;
  /** Puts a microphone of the page in the place of the device, before it is opened. Samples: mono. */
  speakIntoMicrophone(samples: readonly number[], sampleRateHz: number): void;
  openMicrophones(): number;
  /** Keeps the main thread busy. */
  block(durationMs: number): void;
  /** Each status that the session has had, and all words that the page has announced or shown as a status. */
  history(): { readonly statuses: readonly string[]; readonly words: string };
  transcript(): readonly { readonly role: string; readonly text: string; readonly final: boolean; readonly interrupted: boolean }[];
  setMuted(muted: boolean): void;
}

const MOMENTS = ['speech-start', 'speech-end', 'speech-misfire', 'barge-in-duck', 'barge-in-release', 'barge-in', 'interrupt', 'turn-metrics'] as const;

/** The emulator's picture is 512 pixels wide; the browser may deliver it smaller while it adapts. */
const PICTURE_SIZE = 512;

/** Watches a session from inside the page. */
export function createProbe(session: AvatarSession, errors: readonly AvatarError[], playback: Playback): Probe {
  let recording: Recording | null = null;
  let stream = { taken: 0, stopped: false };
  // The channel makes its element where nobody else sees it.
  const players = new Set<HTMLMediaElement>();
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    // What was let go of is not kept alive by being watched: the soak counts what stays.
    for (const player of players) if (!player.srcObject && !player.src) players.delete(player);
    players.add(this);
    return play.call(this);
  };
  let microphoneSamples: number[] = [];
  let stop = () => {};
  const words = watchWords();
  const statuses: string[] = [session.getSnapshot().status];
  session.subscribe(() => {
    const { status } = session.getSnapshot();
    if (status !== statuses.at(-1)) statuses.push(status);
  });

  function record(target: Recording): () => void {
    const canvas = new OffscreenCanvas(mouthRegion.width, mouthRegion.height);
    const context2d = canvas.getContext('2d', { willReadFrequently: true });
    const audio = privateAudioContext();
    const analyser = audio.createAnalyser();
    analyser.fftSize = 512;
    const samples = new Float32Array(analyser.fftSize);
    let source: MediaStreamAudioSourceNode | null = null;
    let heard: MediaStreamTrack | null = null;
    let running = true;

    function onPicture(video: HTMLVideoElement): void {
      if (!running) return;
      if (context2d && video.videoWidth > 0) {
        const scale = video.videoWidth / PICTURE_SIZE;
        const { x, y, width, height } = mouthRegion;
        context2d.drawImage(video, x * scale, y * scale, width * scale, height * scale, 0, 0, width, height);
        const { data } = context2d.getImageData(0, 0, width, height);
        let count = 0;
        for (let i = 0; i < data.length; i += 4) if (isMouthInterior(data[i] ?? 255, data[i + 1] ?? 255, data[i + 2] ?? 255)) count++;
        target.mouth.timesMs.push(performance.now());
        target.mouth.values.push(count);
      }
      watch();
    }

    function watch(): void {
      const video = document.querySelector('video');
      if (video) video.requestVideoFrameCallback(() => onPicture(video));
      else setTimeout(watch, 50);
    }

    const timer = setInterval(() => {
      const track = session.getSnapshot().audio?.mediaStreamTrack ?? playback.mediaStreamTrack;
      if (track !== heard) {
        source?.disconnect();
        heard = track;
        source = track ? audio.createMediaStreamSource(new MediaStream([track])) : null;
        source?.connect(analyser);
      }
      analyser.getFloatTimeDomainData(samples);
      let energy = 0;
      if (track) for (const sample of samples) energy += sample * sample;
      target.sound.timesMs.push(performance.now());
      target.sound.values.push(Math.sqrt(energy / samples.length));
    }, 10);

    // What is sent, and so what is to arrive.
    const offFrames = (session.microphone.voice ?? session.microphone).subscribeFrames(({ samples: frame }) => microphoneSamples.push(...frame));
    const offVoice = session.microphone.subscribeLevel((level) => {
      target.voice.timesMs.push(performance.now());
      target.voice.values.push(level);
    });
    const offs = [
      session.on('recover', (event) => target.recoveries.push(event)),
      ...MOMENTS.map((type) => session.on(type, () => target.moments.push({ type, timeMs: performance.now() }))),
    ];
    watch();
    return () => {
      running = false;
      clearInterval(timer);
      for (const off of offs) off();
      offVoice();
      offFrames();
      void audio.close();
    };
  }

  /** A source that notes what is taken of it. */
  async function* giving<T>(pieces: readonly T[]): AsyncGenerator<T, void> {
    stream = { taken: 0, stopped: false };
    let finished = false;
    try {
      for (const piece of pieces) {
        stream = { ...stream, taken: stream.taken + 1 };
        yield piece;
      }
      finished = true;
    } finally {
      if (!finished) stream = { ...stream, stopped: true };
    }
  }

  return {
    state: () => {
      const { status, error, sound, recoveries, lostAudioMs, microphone, inputHeld, turnId, video, avatarSilent } = session.getSnapshot();
      return { status, reason: error?.reason ?? null, sound, recoveries, lostAudioMs, microphone: microphone.status, isMicrophoneTaken: microphone.interrupted, avatarSilent, inputHeld, turnId, hasVideo: video !== null };
    },
    errors: () => errors.map(({ reason, message }) => ({ reason, message })),
    startRecording() {
      recording = { mouth: { timesMs: [], values: [] }, sound: { timesMs: [], values: [] }, voice: { timesMs: [], values: [] }, moments: [], recoveries: [] };
      microphoneSamples = [];
      stop = record(recording);
    },
    stopRecording() {
      stop();
      if (!recording) throw new Error('Nothing was recorded.');
      return recording;
    },
    microphoneSamples: () => microphoneSamples,
    level: () => recording?.sound.values.at(-1) ?? 0,
    loudness: () => Math.max(0, ...[...players].filter(({ paused, muted, srcObject }) => !paused && !muted && srcObject).map(({ volume }) => volume)),
    async interrupt() {
      const timeMs = performance.now();
      await session.interrupt();
      return timeMs;
    },
    speak: (samples, sampleRateHz) => session.speak(Int16Array.from(samples), { sampleRateHz }),
    speakFile: async (url) => session.speak(await (await fetch(url)).blob()),
    speakSamples(samples, pieceSamples) {
      const all = Int16Array.from(samples);
      const pieces = Array.from({ length: Math.ceil(all.length / pieceSamples) }, (_, i) => all.slice(i * pieceSamples, (i + 1) * pieceSamples));
      return session.speak(giving(pieces));
    },
    speakText: (pieces) => session.speak(giving(pieces)),
    stream: () => stream,
    sendText: (text) => session.sendText(text),
    act: (action) => session.act({ action }),
    latency: () => session.getLatency(),
    setParams: (params) => session.setParams(params),
    suspendSound,
    interruptSound,
    endInterruption,
    unplugMicrophone,
    speakIntoMicrophone,
    openMicrophones,
    block(durationMs) {
      const endMs = performance.now() + durationMs;
      while (performance.now() < endMs);
    },
    history: () => ({ statuses: [...statuses], words: words() }),
    transcript: () => session.getSnapshot().transcript.map(({ role, text, final, interrupted }) => ({ role, text, final, interrupted })),
    setMuted: (muted) => session.microphone.setMuted(muted),
  };
}
