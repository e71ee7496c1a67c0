import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEars } from '../../src/emulator/avatar/createEars.js';
import { createMixer } from '../../src/emulator/avatar/createMixer.js';
import type { Publication } from '../../src/emulator/rooms/createRoom.js';
import { loadWebrtc, type AudioSink, type HeardFrame, type Webrtc } from '../../src/emulator/webrtc/loadWebrtc.js';

const constant = (length: number, value: number) => new Int16Array(length).fill(value);

describe('the mixer', () => {
  let heard: number[];
  let ends: number;
  let add: ReturnType<typeof createMixer>;
  beforeEach(() => {
    heard = [];
    ends = 0;
    add = createMixer({ onSound: (samples) => heard.push(...samples), onEnd: () => ends++ });
  });

  it('passes a lone sound through at once', () => {
    const input = add();
    input.push(constant(3, 7));
    input.push(constant(2, 8));
    expect(heard).toEqual([7, 7, 7, 8, 8]);
  });

  it('adds two sounds sample by sample, however they are cut, without overflow', () => {
    const [one, two] = [add(), add()];
    one.push(Int16Array.of(1, 2, 3, 30_000));
    expect(heard).toEqual([]);
    two.push(Int16Array.of(10));
    two.push(Int16Array.of(20, 30, 30_000, 5));
    expect(heard).toEqual([11, 22, 33, 32_767]);
    one.push(Int16Array.of(5));
    expect(heard.at(-1)).toBe(10);
  });

  it('does not wait for one that has ceased to send for more than 60 ms', () => {
    const [one] = [add(), add()];
    one.push(constant(960, 1));
    expect(heard).toHaveLength(0);
    one.push(constant(160, 2));
    expect(heard).toEqual([...constant(160, 1)]);
  });

  it('goes on with the one that is left, and says once when nobody is', () => {
    const [one, two] = [add(), add()];
    one.push(constant(100, 1));
    two.end();
    two.end();
    two.push(constant(100, 9));
    one.push(constant(1, 2));
    expect(heard).toEqual([...constant(100, 1), 2]);
    expect(ends).toBe(0);
    one.end();
    one.end();
    expect(ends).toBe(1);
  });
});

describe('ears', () => {
  const sinks: (AudioSink & { stopped: boolean })[] = [];
  let webrtc: Webrtc;
  let heard: number[];
  let ends: number;

  class FakeSink implements AudioSink {
    ondata: ((frame: HeardFrame) => void) | null = null;
    stopped = false;
    constructor() {
      sinks.push(this);
    }
    stop() {
      this.stopped = true;
    }
  }
  beforeEach(async () => {
    const engine = await loadWebrtc();
    webrtc = { ...engine, nonstandard: { ...engine.nonstandard, RTCAudioSink: FakeSink } };
    heard = [];
    ends = 0;
  });
  afterEach(() => void sinks.splice(0));

  const open = () => createEars({ webrtc, onSound: (samples) => heard.push(...samples), onSoundEnd: () => ends++ });
  const publication = (media: 'audio' | 'video' = 'audio'): Publication => {
    const stream = new webrtc.MediaStream();
    return { uid: 1, media, stream, track: new webrtc.nonstandard.RTCAudioSource().createTrack() };
  };

  it('open one sink for each sound and none for a picture, and stop it when the sound goes', () => {
    const ears = open();
    const [first, second] = [publication(), publication()];
    for (const each of [first, first, second, publication('video')]) ears.listenTo(each);
    expect(sinks).toHaveLength(2);
    ears.forget(first);
    ears.forget(first);
    expect(sinks.map(({ stopped }) => stopped)).toEqual([true, false]);
    expect(ends).toBe(0);
    ears.listenTo(first);
    ears.close();
    expect(sinks.map(({ stopped, ondata }) => [stopped, ondata])).toEqual([[true, null], [true, null], [true, null]]);
    expect(ends).toBe(1);
  });

  it('bring stereo at 48 kHz to mono at 16 kHz', () => {
    const ears = open();
    ears.listenTo(publication());
    const samples = Int16Array.from({ length: 960 }, (_, index) => (index % 2 ? 3_000 : 1_000));
    for (let frame = 0; frame < 100; frame++) sinks[0]?.ondata?.({ samples, sampleRate: 48_000, channelCount: 2 });
    expect(Math.abs(heard.length - 16_000)).toBeLessThan(160);
    expect(heard.slice(1_000).every((sample) => Math.abs(sample - 2_000) <= 2)).toBe(true);
    ears.close();
  });

  it('keep what they heard, although the engine uses its buffer again', () => {
    const kept: Int16Array[] = [];
    const ears = createEars({ webrtc, onSound: (samples) => kept.push(samples), onSoundEnd: () => undefined });
    ears.listenTo(publication());
    const samples = constant(160, 5);
    sinks[0]?.ondata?.({ samples, sampleRate: 16_000, channelCount: 1 });
    samples.fill(9);
    expect(kept[0]?.[0]).toBe(5);
    ears.close();
  });
});
