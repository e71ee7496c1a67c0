import { afterEach, expect, it } from 'vitest';
import { createTurnDetectorHost, type TurnDetectorHost, type TurnDetectorHostOptions, type TurnEvent } from '../../src/audio/createTurnDetectorHost.js';
import type { AudioStream } from '../../src/audio/AudioStream.js';
import { micFrame } from '../../src/dsp/micFrame.js';
import { createFakeMicrophone } from '../../src/testing/createFakeMicrophone.js';
import detectorSource from '../../worklets/turn-detector.ts?worklet';
import rnnoiseModule from '@jitsi/rnnoise-wasm/dist/rnnoise.js?raw';
import rnnoiseWasmUrl from '@jitsi/rnnoise-wasm/dist/rnnoise.wasm?url';
import speechUrl from '../fixtures/speech-16k.wav?url';
import { ENGINE } from './support/engine.js';

// A busy machine may take its time.
const poll: typeof expect.poll = (read, options) => expect.poll(read, { timeout: 10_000, ...options });
const undo: (() => unknown)[] = [];
afterEach(() => {
  for (const step of undo.splice(0).reverse()) step();
});

const speech = new Int16Array(await (await fetch(speechUrl)).arrayBuffer(), 44, 8 * 16_000);

/** Makes the page's policy, or its browser, refuse Workers. */
function refuseWorkers(refused: typeof Worker | undefined): void {
  const original = globalThis.Worker;
  Object.defineProperty(globalThis, 'Worker', { value: refused, configurable: true, writable: true });
  undo.push(() => Object.defineProperty(globalThis, 'Worker', { value: original, configurable: true, writable: true }));
}

/** A microphone that is on and gives its frames on ports, as a capture does, as fast as they are read. */
function createPortMicrophone() {
  const fake = createFakeMicrophone();
  const ports = new Set<MessagePort>();
  const microphone: AudioStream = {
    ...fake,
    subscribePorts(listener) {
      const { port1, port2 } = new MessageChannel();
      ports.add(port1);
      port1.onmessage = ({ data }) => {
        if (!(data instanceof ArrayBuffer)) ports.delete(port1);
      };
      listener(port2);
      return () => undefined;
    },
  };
  return {
    microphone,
    get openPorts() {
      return ports.size;
    },
    say(samples: Int16Array) {
      for (let sequence = 0; (sequence + 1) * 160 <= samples.length; sequence++) {
        const frame = micFrame();
        frame.counters[0] = sequence;
        frame.samples.set(samples.subarray(sequence * 160, (sequence + 1) * 160));
        for (const port of ports) port.postMessage(frame.buffer);
      }
    },
  };
}

function startHost(options: TurnDetectorHostOptions) {
  const host = createTurnDetectorHost(options);
  const events: TurnEvent[] = [];
  const noticedAtMs: number[] = [];
  host.subscribe((event, atMs) => {
    events.push(event);
    noticedAtMs.push(atMs);
  });
  undo.push(() => host.stop());
  return { host, events, noticedAtMs };
}

async function eventsOf(host: (microphone: AudioStream) => ReturnType<typeof startHost>, runsIn: TurnDetectorHost['runsIn']) {
  const source = createPortMicrophone();
  const { host: started, events } = host(source.microphone);
  const labels: number[] = [];
  started.subscribeLabels(({ voiceProbability }) => labels.push(voiceProbability));
  started.setAvatarSpeaking(true);
  await started.start();
  expect(started.runsIn).toBe(runsIn);
  source.say(speech);
  await poll(() => labels.length, { timeout: 15_000 }).toBe(800);
  return { events: events.map((event) => ('samples' in event ? { ...event, samples: [...event.samples] } : event)), labels };
}

it('tells the same in a Worker and on the main thread', async () => {
  const inWorker = await eventsOf((microphone) => startHost({ microphone }), 'worker');
  refuseWorkers(undefined);
  const beside = await eventsOf((microphone) => startHost({ microphone }), 'main-thread');
  expect(inWorker.events.map(({ type }) => type)).toContain('cut');
  expect(inWorker.events.map(({ type }) => type)).toContain('speech-end');
  expect(beside).toEqual(inWorker);
});

it('runs on the main thread where the page may make no Worker', async () => {
  refuseWorkers(class {
    constructor() {
      throw new DOMException('Refused.', 'SecurityError');
    }
  } as unknown as typeof Worker);
  const { host } = startHost({ microphone: createFakeMicrophone() });
  await host.start();
  expect(host.runsIn).toBe('main-thread');
});

it('runs on the main thread where the address of the Worker leads nowhere', async () => {
  const { host } = startHost({ microphone: createFakeMicrophone(), workerUrl: '/nothing-here.js' });
  await host.start();
  expect(host.runsIn).toBe('main-thread');
});

/** Workers as a page under a Content-Security-Policy can make them. */
async function workersUnder(policy: string): Promise<typeof Worker> {
  const frame = document.createElement('iframe');
  undo.push(() => frame.remove());
  frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}"><body></body>`;
  const loaded = new Promise((resolve) => (frame.onload = resolve));
  document.body.append(frame);
  await loaded;
  return (frame.contentWindow as unknown as { Worker: typeof Worker }).Worker;
}

it.each([
  ["worker-src 'self'", 'main-thread'],
  ["worker-src 'self' blob:", 'worker'],
])('under the Content-Security-Policy "%s" it runs in: %s', async (policy, runsIn) => {
  refuseWorkers(await workersUnder(policy));
  const { host } = startHost({ microphone: createFakeMicrophone() });
  await host.start();
  expect(host.runsIn).toBe(runsIn);
});

it('takes its Worker from the address at which the application serves it', async () => {
  const workerUrl = URL.createObjectURL(new Blob([detectorSource], { type: 'text/javascript' }));
  undo.push(() => URL.revokeObjectURL(workerUrl));
  for (let start = 0; start < 2; start++) {
    const { host } = startHost({ microphone: createFakeMicrophone(), workerUrl });
    await host.start();
    expect(host.runsIn).toBe('worker');
  }
});

/** Sends speech to a port from a thread of its own, as the audio thread does. */
function createFeeder() {
  const script = `onmessage = ({ data: { port, frames } }) => setTimeout(() => frames.forEach((frame) => port.postMessage(frame)), 50);`;
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const worker = new Worker(url);
  undo.push(() => worker.terminate(), () => URL.revokeObjectURL(url));
  return (port: MessagePort, samples: Int16Array) => {
    const frames = Array.from({ length: Math.floor(samples.length / 160) }, (_, sequence) => {
      const frame = micFrame();
      frame.counters[0] = sequence;
      frame.samples.set(samples.subarray(sequence * 160, (sequence + 1) * 160));
      return frame.buffer;
    });
    worker.postMessage({ port, frames }, [port]);
  };
}

// Firefox and WebKit pass a port's messages between two threads by way of the page.
it.runIf(ENGINE === 'chromium')('notices in time while the page is blocked', async () => {
  const feed = createFeeder();
  const epochMs = () => performance.timeOrigin + performance.now();

  async function noticedWhileBlocked(): Promise<boolean> {
    const { port1, port2 } = new MessageChannel();
    const microphone: AudioStream = {
      ...createFakeMicrophone(),
      subscribePorts(listener) {
        listener(port2);
        return () => undefined;
      },
    };
    const { host, events, noticedAtMs } = startHost({ microphone });
    await host.start();
    feed(port1, speech.subarray(0, 2.2 * 16_000));
    const untilMs = epochMs() + 300;
    while (epochMs() < untilMs);
    await poll(() => events.length).toBe(1);
    host.stop();
    return (noticedAtMs[0] ?? Infinity) < untilMs;
  }
  // A busy machine may delay any thread; a detector that waited for the page would be late every time.
  await poll(noticedWhileBlocked, { timeout: 20_000 }).toBe(true);
});

it('leaves no Worker and no port when it is stopped, also while it starts', async () => {
  const workers: Worker[] = [];
  const terminated: Worker[] = [];
  const Original = globalThis.Worker;
  refuseWorkers(class extends Original {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      workers.push(this);
    }
    override terminate() {
      terminated.push(this);
      super.terminate();
    }
  });
  const source = createPortMicrophone();
  const { host } = startHost({ microphone: source.microphone });
  await host.start();
  expect(source.openPorts).toBe(1);
  host.stop();
  host.stop();
  await poll(() => source.openPorts).toBe(0);
  await poll(() => terminated).toEqual(workers);
  expect(host.runsIn).toBeNull();

  const starting = host.start();
  host.stop();
  await starting;
  await poll(() => terminated.length).toBe(2);
  expect(source.openPorts).toBe(0);
});

it('feeds the detector from any stream, and ends what is said when it is muted', async () => {
  const microphone = createFakeMicrophone();
  const { host, events } = startHost({ microphone });
  await host.start();
  await microphone.start();
  microphone.say(speech.subarray(0, 2.2 * 16_000));
  await poll(() => events.map(({ type }) => type)).toEqual(['speech-start']);
  microphone.setMuted(true);
  await poll(() => events.map(({ type }) => type)).toEqual(['speech-start', 'speech-end']);
  host.stop();
  expect(microphone.listenerCount).toBe(0);
});

it('keeps mode, button and avatar from before the start', async () => {
  const microphone = createFakeMicrophone();
  const { host, events } = startHost({ microphone });
  host.setMode('push-to-talk');
  host.setAvatarSpeaking(true);
  host.setTalking(true);
  await host.start();
  await poll(() => events.map(({ type }) => type)).toEqual(['cut', 'speech-start']);
});

it('refuses options that cannot be, at once', () => {
  const microphone = createFakeMicrophone();
  expect(() => createTurnDetectorHost({ microphone, duckDb: -1 })).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
  expect(() => createTurnDetectorHost({ microphone, profile: 'loud' as 'quiet' })).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
  expect(() => createTurnDetectorHost({ microphone }).setMode('shout' as 'voice')).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
});

it('has RNNoise judge inside the Worker when it is asked for', async () => {
  const blobUrl = (code: string) => {
    const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    undo.push(() => URL.revokeObjectURL(url));
    return url;
  };
  // The package's module, with an ear at what the network says first; it then puts another function in its place.
  const moduleUrl = blobUrl(`
    import create from '${blobUrl(rnnoiseModule)}';
    const channel = new BroadcastChannel('rnnoise');
    export default async (overrides) => {
      const module = await create(overrides);
      const judge = module._rnnoise_process_frame;
      module._rnnoise_process_frame = (...args) => {
        const probability = judge(...args);
        channel.postMessage(probability);
        return probability;
      };
      return module;
    };
  `);
  const channel = new BroadcastChannel('rnnoise');
  undo.push(() => channel.close());
  const judged: number[] = [];
  channel.onmessage = ({ data }: MessageEvent<number>) => judged.push(100 * data);
  const microphone = createFakeMicrophone();
  const { host } = startHost({ microphone, source: { name: 'rnnoise', moduleUrl, wasmUrl: rnnoiseWasmUrl } });
  const labels: number[] = [];
  host.subscribeLabels(({ voiceProbability }) => labels.push(voiceProbability));
  await host.start();
  expect(host.runsIn).toBe('worker');
  await microphone.start();
  await poll(() => {
    microphone.say(speech.subarray(1.5 * 16_000, 2.2 * 16_000));
    return judged.length;
  }).toBeGreaterThan(0);
  await poll(() => labels.some((label) => Math.abs(label - (judged[0] ?? NaN)) < 0.001)).toBe(true);
});

it('says why a better source could not be had, and listens all the same', async () => {
  const microphone = createFakeMicrophone();
  const reasons: string[] = [];
  const { host, events } = startHost({
    microphone,
    source: { name: 'silero', runtimeUrl: '/no-runtime.mjs', modelUrl: '/no-model.onnx' },
    onSourceFailure: ({ reason }) => reasons.push(reason),
  });
  await host.start();
  await microphone.start();
  microphone.say(speech.subarray(0, 2.2 * 16_000));
  await poll(() => reasons).toEqual(['peer-missing']);
  await poll(() => events.map(({ type }) => type)).toEqual(['speech-start']);
});
