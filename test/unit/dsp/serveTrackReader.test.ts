import { afterEach, describe, expect, it } from 'vitest';
import { createFrameCutter } from '../../../src/dsp/createFrameCutter.js';
import { micFrame } from '../../../src/dsp/micFrame.js';
import { serveTrackReader } from '../../../src/dsp/serveTrackReader.js';
import type { TrackReaderReport } from '../../../src/dsp/trackReaderMessages.js';

interface Heard {
  readonly sequence: number;
  readonly samples: readonly number[];
}

const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0)) step();
});

/** A rising and falling level, different in each channel. */
const wave = (length: number, channel = 0) => Float32Array.from({ length }, (_, i) => 0.5 * Math.sin(i / (7 + channel)));

/** What a browser makes of 10 ms of a track, as far as it is read. */
function piece(channels: readonly Float32Array[], sampleRate: number): AudioData & { readonly isClosed: boolean } {
  let isClosed = false;
  const made = {
    numberOfChannels: channels.length,
    numberOfFrames: channels[0]?.length ?? 0,
    sampleRate,
    copyTo(target: Float32Array, { planeIndex }: AudioDataCopyToOptions) {
      target.set(channels[planeIndex] ?? []);
    },
    close() {
      isClosed = true;
    },
    get isClosed() {
      return isClosed;
    },
  };
  return made as unknown as AudioData & { readonly isClosed: boolean }; // a browser alone can make a real one
}

function open() {
  const reports: TrackReaderReport[] = [];
  const heard: Heard[] = [];
  const service = serveTrackReader((report) => reports.push(report));
  const { port1, port2 } = new MessageChannel();
  undo.push(() => port1.close(), () => port2.close());
  port2.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
    const { counters, samples } = micFrame(data);
    heard.push({ sequence: counters[0] ?? -1, samples: [...samples] });
    port2.postMessage(data, [data]);
  };
  service.receive({ type: 'port', port: port1 });
  const stream = new TransformStream<AudioData, AudioData>(undefined, undefined, { highWaterMark: 1000 });
  const writer = stream.writable.getWriter();
  service.receive({ type: 'read', readable: stream.readable });
  return { reports, heard, writer, port: port2 };
}

describe('a reader of a track', () => {
  it.each([44_100, 48_000])('makes of it the very frames that the capture worklet would, at %i Hz', async (rateHz) => {
    const { reports, heard, writer } = open();
    const sound = wave(rateHz / 2);
    const expected: Heard[] = [];
    createFrameCutter({ inputRateHz: rateHz, emitFrame: ({ counters, samples }) => expected.push({ sequence: counters[0] ?? -1, samples: [...samples] }), maxBlockLength: sound.length }).push([sound]);
    const step = rateHz / 100;
    for (let start = 0; start < sound.length; start += step) await writer.write(piece([sound.subarray(start, start + step)], rateHz));
    await expect.poll(() => heard.length).toBe(expected.length);
    expect(heard).toEqual(expected);
    expect(reports).toEqual([{ type: 'ready' }]);
  });

  it('mixes channels, cuts a long piece, and closes every one', async () => {
    const { heard, writer } = open();
    const pieces = [piece([wave(5000), wave(5000, 1)], 16_000), piece([wave(160), wave(160, 1)], 16_000)];
    for (const each of pieces) await writer.write(each);
    await expect.poll(() => heard.length).toBe(32);
    const left = wave(5000);
    const right = wave(5000, 1);
    const samples = heard.flatMap((frame) => frame.samples);
    for (const at of [3, 2047, 2048, 4999]) expect(samples[at]).toBeCloseTo(((left[at] ?? 0) + (right[at] ?? 0)) * 0.5 * 32_767, -1);
    expect(pieces.map(({ isClosed }) => isClosed)).toEqual([true, true]);
  });

  it('goes on counting when the device behind the track comes to run at another rate', async () => {
    const { heard, writer } = open();
    for (const rateHz of [48_000, 44_100, 16_000]) for (let i = 0; i < 10; i++) await writer.write(piece([wave(rateHz / 100)], rateHz));
    await expect.poll(() => heard.length).toBeGreaterThan(27);
    expect(heard.map(({ sequence }) => sequence)).toEqual(heard.map((_, index) => index));
  });

  it('sends a port no more after anything but a buffer has come back from it', async () => {
    const { heard, writer, port } = open();
    await writer.write(piece([wave(160)], 16_000));
    await expect.poll(() => heard.length).toBe(1);
    const closed = new Promise((resolve) => port.addEventListener('close', resolve));
    port.postMessage('done');
    await closed;
    for (let i = 0; i < 3; i++) await writer.write(piece([wave(160)], 16_000));
    expect(heard).toHaveLength(1);
  });

  it('says so when a piece cannot be read, and nothing when the track ends', async () => {
    const broken = open();
    const bad = piece([wave(160)], 16_000);
    bad.copyTo = () => {
      throw new Error('no such format');
    };
    await broken.writer.write(bad);
    await expect.poll(() => broken.reports).toEqual([{ type: 'ready' }, { type: 'failed' }]);
    expect(bad.isClosed).toBe(true);

    const ended = open();
    await ended.writer.write(piece([wave(160)], 16_000));
    await ended.writer.close();
    await expect.poll(() => ended.heard.length).toBe(1);
    expect(ended.reports).toEqual([{ type: 'ready' }]);
  });
});
