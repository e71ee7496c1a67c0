import { Duplex } from 'node:stream';
import { Peer } from '../../../src/server/relay/websocket/Peer.js';
import { framePayload } from '../../../src/server/relay/websocket/framePayload.js';
import { frame } from '../../attack/frames.js';
import { createFuzzClock } from '../createFuzzClock.js';
import { expectThat, type FuzzTarget } from '../FuzzTarget.js';
import type { Random } from '../mutators/createRandom.js';
import { mutateBytes } from '../mutators/mutateBytes.js';

const MAX_MESSAGE_BYTES = 2_000;

/** The frames of a browser, as the relay reads them: in one piece and in many they must say the same. */
export const websocket: FuzzTarget = {
  share: 5,
  fuzz(random) {
    const frames = Array.from({ length: 1 + random.below(6) }, () => anyFrame(random));
    const stream = Buffer.from(random.chance(0.5) ? Buffer.concat(frames) : mutateBytes(random, [Buffer.concat(frames)]));
    const verdict = random.pick(['read', 'forward', 'drop'] as const);
    const whole = listen([stream], verdict);
    const cut = listen(piecesOf(random, stream), verdict);
    expectThat(whole.said.join() === cut.said.join(), `It matters where a stream is cut: ${whole.said.join()} and ${cut.said.join()}`, stream);
    expectThat(Buffer.concat(whole.forwarded).equals(Buffer.concat(cut.forwarded)) && whole.forwarded.every((frames) => stream.includes(frames)), 'Frames are passed on that did not come', stream);
    const ends = whole.said.filter((word) => word.startsWith('violation') || word.startsWith('close'));
    expectThat(ends.length <= 1 && (ends.length === 0 || whole.said.at(-1) === ends[0]), 'Something is told after the end', stream);
    return { input: stream.length, output: whole.bytes };
  },
};

interface Heard {
  readonly said: readonly string[];
  readonly forwarded: readonly Buffer[];
  readonly bytes: number;
}

function listen(pieces: readonly Buffer[], verdict: 'read' | 'forward' | 'drop'): Heard {
  const socket = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
  const said: string[] = [];
  const forwarded: Buffer[] = [];
  let bytes = 0;
  const peer = new Peer({ socket, head: Buffer.alloc(0), other: 'client', maxMessageBytes: MAX_MESSAGE_BYTES, clock: createFuzzClock() });
  peer.listen({
    onFrame(read, isWhole) {
      expectThat(read.end <= read.bytes.length && framePayload(read).length <= MAX_MESSAGE_BYTES, 'A frame lies outside of what was read', read.bytes);
      return isWhole ? verdict : 'read';
    },
    onForward: (frames) => void forwarded.push(Buffer.from(frames)),
    onMessage(payload, isBinary) {
      bytes += payload.length;
      said.push(`message ${isBinary} ${payload.toString('hex')}`);
      expectThat(payload.length <= MAX_MESSAGE_BYTES, 'A message is larger than it may be', payload);
      expectThat(isBinary || Buffer.from(payload.toString()).equals(payload), 'A text is no sound UTF-8', payload);
    },
    onPing: (payload) => void said.push(`ping ${payload.toString('hex')}`),
    onPong: () => void said.push('pong'),
    onViolation: ({ code }) => void said.push(`violation ${code}`),
    onClose: (code) => void said.push(`close ${code}`),
  });
  peer.resume();
  // Handed over directly: the stream's own queue would join the pieces.
  for (const piece of pieces) socket.emit('data', piece);
  const heard = [...said];
  peer.listen({ onFrame: () => 'drop', onForward: () => undefined, onMessage: () => undefined, onPing: () => undefined, onPong: () => undefined, onViolation: () => undefined, onClose: () => undefined });
  peer.destroy();
  return { said: heard, forwarded, bytes };
}

function anyFrame(random: Random): Buffer {
  const isControl = random.chance(0.25);
  const length = random.chance(0.9) ? random.below(140) : random.pick([125, 126, 127, 1_999, 2_000, 2_001]);
  const payload = random.chance(0.5) ? Buffer.alloc(isControl ? length % 126 : length, random.pick(['A', 'é', '€'])) : Buffer.from(random.bytes(length).buffer);
  return frame({
    opcode: isControl ? random.pick([8, 9, 10, 9, 11]) : random.pick([0, 1, 2, 1, 2, 3]),
    payload,
    isFinal: random.chance(0.8),
    isMasked: random.chance(0.97),
    reserved: random.chance(0.03) ? 1 + random.below(7) : 0,
    ...(random.chance(0.05) && { claimedLength: random.pick([0n, 125n, 65_536n, 0xffff_ffffn, 1n << 63n, (1n << 64n) - 1n]) }),
  });
}

function piecesOf(random: Random, stream: Buffer): Buffer[] {
  const pieces: Buffer[] = [];
  const longest = random.pick([1, 3, 20, 500]);
  for (let at = 0; at < stream.length; ) {
    const end = at + 1 + random.below(longest);
    pieces.push(stream.subarray(at, end));
    at = end;
  }
  return pieces;
}
