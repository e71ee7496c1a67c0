import { afterEach, expect, it } from 'vitest';
import { createMicrophone, type MicrophoneOptions } from '../../src/audio/createMicrophone.js';
import { readFrames } from '../../src/audio/readFrames.js';
import source from '../../worklets/mic-capture.ts?worklet';

const poll: typeof expect.poll = (read, options) => expect.poll(read, { timeout: 10_000, ...options });
// What the browser has, not which one it is: the others take the way of the capture worklet, which their own tests cover.
const HAS_PROCESSOR = 'MediaStreamTrackProcessor' in globalThis;

const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0).reverse()) step();
});

/** Counts the Workers that were made and have not been ended. */
function countWorkers(): () => number {
  const { Worker } = globalThis;
  let living = 0;
  globalThis.Worker = class extends Worker {
    #ended = false;
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      living++;
    }
    override terminate(): void {
      if (!this.#ended) living--;
      this.#ended = true;
      super.terminate();
    }
  };
  undo.push(() => (globalThis.Worker = Worker));
  return () => living;
}

function openMicrophone(options: MicrophoneOptions = {}) {
  const microphone = createMicrophone({ echoCancellation: false, ...options });
  const { voice } = microphone;
  if (!voice) throw new Error('A microphone without a tap.');
  undo.push(microphone.stop);
  return { microphone, voice };
}

/** What comes on every port that the tap gives: the frames of each. */
function listenOnPorts(subscribe: (listener: (port: MessagePort) => void) => () => void) {
  const ports: number[][] = [];
  undo.push(
    subscribe((port) => {
      const sequences: number[] = [];
      ports.push(sequences);
      undo.push(readFrames(port, ({ sequence }) => sequences.push(sequence)));
    }),
  );
  return ports;
}

const isConsecutive = (sequences: readonly number[]) => sequences.every((sequence, index) => sequence === (sequences[0] ?? 0) + index);

it('brings the page and a port the same frames by the same numbers, none left out', async () => {
  const { microphone, voice } = openMicrophone();
  const onPage = new Map<number, string>();
  const onPort = new Map<number, string>();
  undo.push(voice.subscribePorts((port) => undo.push(readFrames(port, ({ sequence, samples }) => onPort.set(sequence, samples.join())))));
  undo.push(voice.subscribeFrames(({ sequence, samples }) => onPage.set(sequence, samples.join())));
  await microphone.start();
  // The fake microphone beeps.
  await poll(() => [...onPage].filter(([sequence, samples]) => /[1-9]/.test(samples) && onPort.has(sequence)).length).toBeGreaterThan(20);
  await poll(() => onPage.size).toBeGreaterThan(150);
  const common = [...onPage].filter(([sequence]) => onPort.has(sequence));
  expect(common.map(([sequence]) => onPort.get(sequence))).toEqual(common.map(([, samples]) => samples));
  expect(isConsecutive([...onPage.keys()])).toBe(true);
  expect(isConsecutive([...onPort.keys()])).toBe(true);
});

it('gives silence while muted, which the page is not told of', async () => {
  const { microphone, voice } = openMicrophone();
  let pageFrames = 0;
  const latest: Int16Array[] = [];
  undo.push(voice.subscribeFrames(() => pageFrames++));
  await microphone.start();
  await poll(() => pageFrames).toBeGreaterThan(20);
  microphone.setMuted(true);
  const before = pageFrames;
  undo.push(voice.subscribePorts((port) => undo.push(readFrames(port, ({ samples }) => latest.push(samples.slice())))));
  // Longer than the second between two beeps. Firefox sends nothing at all of a track that is switched off.
  if (HAS_PROCESSOR) await poll(() => latest.length).toBeGreaterThan(150);
  expect(latest.slice(10).every((samples) => samples.every((sample) => sample === 0))).toBe(true);
  expect(pageFrames).toBe(before);
  microphone.setMuted(false);
  await poll(() => pageFrames).toBeGreaterThan(before + 20);
});

it('leaves no Worker behind, stopped or stopped while it starts', async () => {
  const living = countWorkers();
  const { microphone } = openMicrophone();
  await microphone.start();
  expect(living()).toBe(HAS_PROCESSOR ? 1 : 0);
  microphone.stop();
  await poll(living).toBe(0);
  const starting = microphone.start();
  microphone.stop();
  await starting;
  await poll(living).toBe(0);
});

it('follows to the capture that takes the place of a lost one', async () => {
  const living = countWorkers();
  const { microphone, voice } = openMicrophone();
  const ports = listenOnPorts(voice.subscribePorts);
  await microphone.start();
  await poll(() => ports[0]?.length ?? 0).toBeGreaterThan(10);
  await microphone.setDevice?.('');
  await poll(() => ports[1]?.length ?? 0).toBeGreaterThan(10);
  expect(living()).toBe(HAS_PROCESSOR ? 1 : 0);
});

it.skipIf(!HAS_PROCESSOR)('goes on by the capture worklet when the Worker fails in the middle of it', async () => {
  const living = countWorkers();
  // The very script, in a Worker that cannot read the eleventh piece.
  const failing = `if (typeof registerProcessor !== 'function') {
    const { copyTo } = AudioData.prototype;
    let pieces = 0;
    AudioData.prototype.copyTo = function (...args) { if (++pieces > 10) throw new Error('made to fail'); return copyTo.apply(this, args); };
  }\n${source}`;
  const workletUrl = URL.createObjectURL(new Blob([failing], { type: 'text/javascript' }));
  undo.push(() => URL.revokeObjectURL(workletUrl));
  const { microphone, voice } = openMicrophone({ workletUrl });
  const ports = listenOnPorts(voice.subscribePorts);
  let pageFrames = 0;
  undo.push(voice.subscribeFrames(() => pageFrames++));
  await microphone.start();
  await poll(() => ports[1]?.length ?? 0).toBeGreaterThan(20);
  await poll(() => pageFrames).toBeGreaterThan(20);
  expect(living()).toBe(0);
  expect(microphone.getSnapshot()).toMatchObject({ status: 'on', error: null });
});

it('goes on by the capture worklet where the page may not make a Worker', async () => {
  const { Worker } = globalThis;
  globalThis.Worker = class {
    constructor() {
      throw new DOMException('refused', 'SecurityError');
    }
  } as unknown as typeof Worker; // all that is called of it
  undo.push(() => (globalThis.Worker = Worker));
  const { microphone, voice } = openMicrophone();
  const ports = listenOnPorts(voice.subscribePorts);
  await microphone.start();
  await poll(() => ports[0]?.length ?? 0).toBeGreaterThan(20);
});
