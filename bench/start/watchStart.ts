/** Something that began and ended, on the page's own clock (`performance.now()`). */
export interface StartSpan {
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** What was seen of one start. */
export interface StartSight {
  /** When the page began, milliseconds since 1970. */
  readonly timeOriginMs: number;
  readonly clickAtMs: number;
  readonly liveAtMs: number | null;
  /** A picture that is not all one colour was shown by a `<video>`. */
  readonly pictureAtMs: number | null;
  /** The sound that a player of the page plays was no longer silent. */
  readonly soundAtMs: number | null;
  readonly spans: readonly StartSpan[];
}

declare global {
  interface Window {
    /** What was seen since the latest click; `done` once there was a picture and a sound. */
    readStart(): StartSight & { readonly done: boolean };
  }
}

/**
 * Watches a page from outside of it: to be run before the page's own scripts. It wraps what browsers offer and knows nothing of visavis
 * but the emulator's signalling. Self-contained, since it travels as text.
 */
export function watchStart(): void {
  /** RMS above which there is something to hear. */
  const AUDIBLE = 0.01;
  /** Standard deviation of brightness, of 255, above which there is something to see. */
  const VISIBLE = 8;
  let clickAtMs = 0;
  let liveAtMs: number | null = null;
  let pictureAtMs: number | null = null;
  let soundAtMs: number | null = null;
  let spans: StartSpan[] = [];
  const now = () => performance.now();
  const note = (name: string, fromMs: number) => void spans.push({ name, fromMs, toMs: now() });
  performance.setResourceTimingBufferSize(2000);

  addEventListener(
    'click',
    ({ timeStamp }) => {
      clickAtMs = timeStamp;
      liveAtMs = pictureAtMs = soundAtMs = null;
      spans = [];
    },
    { capture: true },
  );

  const tap = new AudioContext();
  const analyser = tap.createAnalyser();
  analyser.fftSize = 512;
  const heard = new Float32Array(analyser.fftSize);
  setInterval(() => {
    if (soundAtMs !== null || clickAtMs === 0) return;
    analyser.getFloatTimeDomainData(heard);
    const energy = heard.reduce((sum, sample) => sum + sample * sample, 0);
    if (Math.sqrt(energy / heard.length) > AUDIBLE) soundAtMs = now();
  }, 5);
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    if (this instanceof HTMLAudioElement && this.srcObject instanceof MediaStream && !this.muted) tap.createMediaStreamSource(this.srcObject).connect(analyser);
    return play.call(this);
  };

  const canvas = new OffscreenCanvas(64, 64);
  const context2d = canvas.getContext('2d', { willReadFrequently: true });
  const contrastOf = (video: HTMLVideoElement): number => {
    if (!context2d) return 0;
    context2d.drawImage(video, 0, 0, 64, 64);
    const { data } = context2d.getImageData(0, 0, 64, 64);
    const greens = Array.from({ length: 64 * 64 }, (_, i) => data[4 * i + 1] ?? 0);
    const mean = greens.reduce((sum, value) => sum + value, 0) / greens.length;
    return Math.sqrt(greens.reduce((sum, value) => sum + (value - mean) ** 2, 0) / greens.length);
  };
  const watched = new WeakSet<HTMLVideoElement>();
  const watchVideo = (video: HTMLVideoElement): void => {
    video.requestVideoFrameCallback((atMs) => {
      if (pictureAtMs !== null) return;
      if (contrastOf(video) > VISIBLE) pictureAtMs = atMs;
      else watchVideo(video);
    });
  };
  new MutationObserver(() => {
    for (const video of document.querySelectorAll('video')) {
      if (watched.has(video)) continue;
      watched.add(video);
      watchVideo(video);
    }
    if (liveAtMs === null && document.querySelector('[data-slot="avatar"][data-state="live"]')) liveAtMs = now();
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-state'] });

  /** Notes how long each call of an asynchronous method takes. */
  const time = <Method extends string>(name: string, target: Record<Method, (...given: never[]) => Promise<unknown>>, method: Method) => {
    const original: (...given: never[]) => Promise<unknown> = target[method];
    target[method] = function (this: unknown, ...given: never[]) {
      const fromMs = now();
      const result = original.apply(this, given);
      result.then(() => note(name, fromMs), () => undefined); // whoever called it hears of it
      return result;
    };
  };
  time('microphone opens', MediaDevices.prototype, 'getUserMedia');
  time('worklet loads', AudioWorklet.prototype, 'addModule');

  window.Worker = class extends Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      const fromMs = now();
      this.addEventListener('message', () => note('Worker starts', fromMs), { once: true });
    }
  };

  window.WebSocket = class extends WebSocket {
    readonly asked = new Map<number, { readonly name: string; readonly fromMs: number }>();
    constructor(...given: ConstructorParameters<typeof WebSocket>) {
      super(...given);
      const fromMs = now();
      // A relay's socket is seen by its server.
      if (given[1] !== undefined) return;
      this.addEventListener('open', () => note('room socket', fromMs));
      this.addEventListener('message', ({ data }: MessageEvent<string>) => {
        const { type, request = 0, users = [] } = JSON.parse(data) as { type: string; request?: number; users?: unknown[] }; // the emulator's signalling
        const question = this.asked.get(request);
        if (type === 'done' && question) note(question.name, question.fromMs);
        if (type === 'user-joined' || users.length > 0) note('avatar in the room', now());
      });
    }
    override send(data: string): void {
      super.send(data);
      if (typeof data !== 'string' || !data.startsWith('{')) return;
      const { type, request, media } = JSON.parse(data) as { type: string; request?: number; media?: string }; // as above
      if (request !== undefined && (type === 'join' || type === 'subscribe')) this.asked.set(request, { name: type === 'join' ? 'room joins' : `subscribe ${media ?? ''}`, fromMs: now() });
    }
  };

  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...given: ConstructorParameters<typeof RTCPeerConnection>) {
      super(...given);
      let fromMs = now();
      this.addEventListener('signalingstatechange', () => {
        if (this.signalingState === 'have-remote-offer' && this.connectionState === 'new') fromMs = now();
      });
      this.addEventListener('connectionstatechange', () => this.connectionState === 'connected' && note('media connects', fromMs));
    }
  };

  window.readStart = () => {
    const resources = performance.getEntriesByType('resource').flatMap((entry) => {
      if (!(entry instanceof PerformanceResourceTiming) || entry.startTime < clickAtMs || entry.responseEnd === 0) return [];
      const [, file = ''] = /\/([^/?]+?)(?:-[\w-]{8})?\.js$/.exec(entry.name) ?? [];
      const name = file === '' ? (/\/session$/.test(entry.name) ? 'grant' : '') : `code ${file}`;
      return name === '' ? [] : [{ name, fromMs: entry.startTime, toMs: entry.responseEnd }];
    });
    return { timeOriginMs: performance.timeOrigin, clickAtMs, liveAtMs, pictureAtMs, soundAtMs, spans: [...resources, ...spans], done: pictureAtMs !== null && soundAtMs !== null };
  };
}
