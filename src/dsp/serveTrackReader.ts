import { createFrameCutter, type FrameCutter } from './createFrameCutter.js';
import { createFrameFan } from './createFrameFan.js';
import type { MicFrame } from './micFrame.js';
import type { TrackReaderCommand, TrackReaderReport } from './trackReaderMessages.js';

/** Makes frames of a track, and is spoken to in messages. */
export interface TrackReaderService {
  receive(command: TrackReaderCommand): void;
}

/** Samples that are cut at a time: browsers bring 10 ms, which is less at any rate of real hardware. */
const BLOCK = 2048;

/**
 * Makes a service, and says that it is ready.
 *
 * Its frames are numbered from 0 and have a reference of zeros: the avatar's sound has another clock than a bare track.
 */
export function serveTrackReader(post: (report: TrackReaderReport) => void): TrackReaderService {
  const fan = createFrameFan();
  let cutter: FrameCutter | null = null;
  let rateHz = 0;
  let nextSequence = 0;
  let channels: readonly Float32Array<ArrayBuffer>[] = [];

  function emitFrame(frame: MicFrame): void {
    nextSequence = (frame.counters[0] ?? 0) + 1;
    fan.send(frame);
  }

  function take(sound: AudioData): void {
    const { numberOfChannels, numberOfFrames, sampleRate } = sound;
    // The system's default device may become another one while the track stays the same.
    if (!cutter || sampleRate !== rateHz) cutter = createFrameCutter({ inputRateHz: sampleRate, emitFrame, firstSequence: nextSequence, maxBlockLength: BLOCK });
    rateHz = sampleRate;
    if (channels.length !== numberOfChannels || channels[0]?.length !== numberOfFrames) {
      channels = Array.from({ length: numberOfChannels }, () => new Float32Array(numberOfFrames));
    }
    for (const [planeIndex, channel] of channels.entries()) sound.copyTo(channel, { planeIndex, format: 'f32-planar' });
    if (numberOfFrames <= BLOCK) return cutter.push(channels);
    for (let start = 0; start < numberOfFrames; start += BLOCK) cutter.push(channels.map((channel) => channel.subarray(start, start + BLOCK)));
  }

  async function read(readable: ReadableStream<AudioData>): Promise<void> {
    const reader = readable.getReader();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      try {
        take(value);
      } finally {
        // The browser has a limited number of them.
        value.close();
      }
    }
  }

  post({ type: 'ready' });
  return {
    receive(command) {
      if (command.type === 'read') read(command.readable).catch(() => post({ type: 'failed' }));
      else fan.open(command.port, () => fan.close(command.port));
    },
  };
}
