import { afterEach, describe, expect, it } from 'vitest';
import { createPictureTrack, type PictureTrack } from '../../src/picture/createPictureTrack.js';
import { startTicker } from '../../src/picture/startTicker.js';
import { createManualClock } from '../../src/testing/createManualClock.js';
import { HAS_WEBRTC } from './support/engine.js';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

function coloured(colour: string, width = 320, height = 240): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  fill(canvas, colour);
  return canvas;
}

function fill(canvas: OffscreenCanvas, colour: string): void {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no context');
  context.fillStyle = colour;
  context.fillRect(0, 0, canvas.width, canvas.height);
}

function keep(track: PictureTrack): PictureTrack {
  undo.push(() => track.stop());
  return track;
}

/** Sends the track to another peer of this page, and shows what arrives. */
async function receive(track: MediaStreamTrack) {
  const [sender, receiver] = [new RTCPeerConnection(), new RTCPeerConnection()];
  undo.push(() => (sender.close(), receiver.close()));
  sender.onicecandidate = ({ candidate }) => void receiver.addIceCandidate(candidate ?? undefined);
  receiver.onicecandidate = ({ candidate }) => void sender.addIceCandidate(candidate ?? undefined);
  const arrival = new Promise<MediaStreamTrack>((resolve) => (receiver.ontrack = (event) => resolve(event.track)));
  sender.addTrack(track);
  await sender.setLocalDescription();
  await receiver.setRemoteDescription(sender.localDescription ?? { type: 'offer' });
  await receiver.setLocalDescription();
  await sender.setRemoteDescription(receiver.localDescription ?? { type: 'answer' });
  const received = await arrival;
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = new MediaStream([received]);
  await video.play();
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no context');
  return {
    video,
    async frames(): Promise<number> {
      const stats = [...(await receiver.getStats()).values()] as { type: string; framesDecoded?: number }[]; // what a report holds
      return stats.find(({ type }) => type === 'inbound-rtp')?.framesDecoded ?? 0;
    },
    /** Of the pixel at a share of the width, half way down. */
    colour(share = 0.5): string {
      context.drawImage(video, video.videoWidth * share, video.videoHeight / 2, 1, 1, 0, 0, 1, 1);
      const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data;
      return ['red', 'green', 'blue'].find((_, i) => [r, g, b].every((value, j) => (i === j ? value > 170 : value < 90))) ?? (r + g + b < 120 ? 'black' : `${r} ${g} ${b}`);
    },
  };
}

async function expectsFramesToCome(frames: () => Promise<number>): Promise<void> {
  const before = await frames();
  await expect.poll(frames, { timeout: 15_000 }).toBeGreaterThan(before + 10);
}

/** The browser as one without Chromium's generator. */
function withoutGenerator(): void {
  const generator: unknown = Reflect.get(globalThis, 'MediaStreamTrackGenerator');
  if (generator === undefined) return;
  Reflect.set(globalThis, 'MediaStreamTrackGenerator', undefined);
  undo.push(() => Reflect.set(globalThis, 'MediaStreamTrackGenerator', generator));
}

describe.each([
  // Only Chromium has it.
  ...('MediaStreamTrackGenerator' in globalThis ? [['the generator', () => undefined] as const] : []),
  ['a captured canvas', withoutGenerator] as const,
])('a picture track by %s', (_, arrange) => {
  it.runIf(HAS_WEBRTC)('keeps sending frames of a picture that never changes, and shows the next one', async () => {
    arrange();
    const picture = keep(await createPictureTrack(await coloured('rgb(255 0 0)').convertToBlob({ type: 'image/png' })));
    const { frames, colour, video } = await receive(picture.track);
    await expectsFramesToCome(frames);
    await expectsFramesToCome(frames);
    expect(colour()).toBe('red');
    expect([video.videoWidth, video.videoHeight]).toEqual([320, 240]);
    await picture.show(await createImageBitmap(coloured('rgb(0 0 255)', 120, 240)));
    await expect.poll(colour, { timeout: 15_000 }).toBe('blue');
    // A narrower picture stands in the middle.
    await expect.poll(() => colour(0.1), { timeout: 15_000 }).toBe('black');
  });

  it.runIf(HAS_WEBRTC)('looks at a canvas as it changes', async () => {
    arrange();
    const canvas = coloured('rgb(255 0 0)');
    const { track } = keep(await createPictureTrack(canvas, { frameRate: 30 }));
    const { colour } = await receive(track);
    await expect.poll(colour, { timeout: 15_000 }).toBe('red');
    fill(canvas, 'rgb(0 0 255)');
    await expect.poll(colour, { timeout: 15_000 }).toBe('blue');
  });

  it.runIf(HAS_WEBRTC)('sends what a function draws', async () => {
    arrange();
    const timesMs: number[] = [];
    const { track } = keep(
      await createPictureTrack((context, { width, height, timeMs }) => {
        timesMs.push(timeMs);
        context.fillStyle = 'rgb(0 0 255)';
        context.fillRect(0, 0, width, height);
      }),
    );
    const { colour, video } = await receive(track);
    await expect.poll(colour, { timeout: 15_000 }).toBe('blue');
    // A busy browser sends fewer pixels of the same shape.
    expect(video.videoWidth / video.videoHeight).toBeCloseTo(640 / 360, 2);
    expect(timesMs).toEqual([...timesMs].sort((a, b) => a - b));
  });

  it('ends with stop(), and draws nothing any more', async () => {
    arrange();
    let draws = 0;
    const clock = createManualClock();
    const picture = await createPictureTrack(() => void draws++, { frameRate: 60 }, clock);
    await expect.poll(() => draws).toBeGreaterThan(3);
    picture.stop();
    picture.stop();
    expect(picture.track.readyState).toBe('ended');
    const after = draws;
    await picture.show(() => void draws++);
    await picture.show(coloured('rgb(0 0 255)'));
    // A ticker of its own tells that more than a frame has passed.
    let ticks = 0;
    undo.push(startTicker({ intervalMs: 10, onTick: () => void ticks++, clock }));
    await expect.poll(() => ticks).toBeGreaterThan(5);
    expect(draws).toBe(after);
    expect(clock.pending).toBe(0);
  });

  it('stops drawing once whoever was given the track has ended it', async () => {
    arrange();
    let draws = 0;
    const { track } = keep(await createPictureTrack(() => void draws++, { frameRate: 60 }));
    await expect.poll(() => draws).toBeGreaterThan(1);
    track.stop();
    const after = draws;
    let ticks = 0;
    undo.push(startTicker({ intervalMs: 10, onTick: () => void ticks++, clock: createManualClock() }));
    await expect.poll(() => ticks).toBeGreaterThan(5);
    expect(draws).toBe(after);
  });
});

describe('createPictureTrack', () => {
  it('takes the size of its first picture, within limits and in even numbers', async () => {
    for (const [width, height, expected] of [
      [321, 241, [320, 240]],
      [2560, 1440, [1280, 720]],
    ] as const) {
      const { track } = keep(await createPictureTrack(coloured('rgb(255 0 0)', width, height)));
      const video = document.createElement('video');
      video.muted = true;
      video.srcObject = new MediaStream([track]);
      await video.play();
      expect([video.videoWidth, video.videoHeight]).toEqual(expected);
    }
  });

  it.runIf(HAS_WEBRTC)('shows the picture of the last call, whichever is decoded first', async () => {
    const picture = keep(await createPictureTrack(coloured('rgb(255 0 0)')));
    const { colour } = await receive(picture.track);
    await Promise.all([picture.show(await coloured('rgb(255 0 0)', 3000, 3000).convertToBlob()), picture.show(coloured('rgb(0 0 255)'))]);
    await expect.poll(colour, { timeout: 15_000 }).toBe('blue');
  });

  it.runIf(HAS_WEBRTC)('goes on with what it shows when the next one is no picture', async () => {
    const picture = keep(await createPictureTrack(coloured('rgb(255 0 0)')));
    await expect(picture.show(new Blob(['nothing']))).rejects.toMatchObject({ reason: 'message-invalid' });
    const { colour, frames } = await receive(picture.track);
    await expectsFramesToCome(frames);
    expect(colour()).toBe('red');
  });

  it.each([{ frameRate: 0 }, { frameRate: 61 }, { width: 3 }, { height: 5000 }, { width: Number.NaN }])('refuses the options %o', async (options) => {
    await expect(createPictureTrack(coloured('rgb(255 0 0)'), options)).rejects.toMatchObject({ reason: 'invalid-options' });
  });
});

describe('startTicker', () => {
  const refusals: [string, () => Worker][] = [
    [
      'at once',
      () => {
        throw new DOMException('refused', 'SecurityError');
      },
    ],
    ['by an event', () => new Worker('/no-such-worker.js')],
  ];
  it.each(refusals)('ticks by the clock where a Worker is refused %s', async (_, createWorker) => {
    const clock = createManualClock();
    let ticks = 0;
    const stop = startTicker({ intervalMs: 100, onTick: () => void ticks++, clock }, createWorker);
    await expect.poll(() => clock.pending).toBe(1);
    await clock.advance(350);
    expect(ticks).toBe(3);
    stop();
    expect(clock.pending).toBe(0);
  });
});
