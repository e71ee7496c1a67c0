import type { WebSocket } from 'ws';
import type { Clock } from '../../clock/clock.js';
import { AvatarError } from '../../errors/AvatarError.js';
import { encodeWav } from '../../dsp/wav.js';
import { decodeFrame } from '../../services/dve/codec/decodeFrame.js';
import { encodeFrame, type OutgoingDveFrame } from '../../services/dve/codec/encodeFrame.js';
import { DVE_INTERRUPT, type DveFrame } from '../../services/dve/codec/frame.js';
import { createUtteranceSegmenter } from '../../turn-taking/createUtteranceSegmenter.js';
import type { FaultRequest, Faults } from '../faults/createFaults.js';
import { createWire } from '../faults/createWire.js';
import { bytesOf } from '../http/bytesOf.js';
import type { SessionRecord } from '../sessions/createSessionLog.js';
import { createReply, type Reply } from './createReply.js';
import { loadHostClips } from '../clips/loadHostClips.js';

export type DveCharacter = 'echo' | 'host';

export interface DveConnectionOptions {
  readonly socket: WebSocket;
  /** Names the connection in the session log and in faults. */
  readonly id: string;
  readonly character: DveCharacter;
  readonly record: SessionRecord;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

export interface DveConnection {
  readonly id: string;
  /** Lets a fault of the kind that acts at once happen. @returns whether this vendor knows it. */
  strike(fault: FaultRequest): boolean;
}

const SAMPLE_RATE_HZ = 16_000;
/** So much quiet and the user has finished. */
const HANGOVER_MS = 600;
/** Of the quiet that ended the utterance, this much is repeated. */
const ECHO_TAIL_MS = 150;
const SLOW_REPLY_MS = 2_000;
const INVALID_PAYLOAD = 1007;
/** A member of 11 bytes of which four are there. */
const DAMAGED_FRAME = Uint8Array.of(0x12, 0x0b, 0x1a, 0x04, 0x01, 0x00);

/** An assistant on one accepted socket: listens, answers when the user has finished, falls silent when spoken to. */
export function createDveConnection(options: DveConnectionOptions): DveConnection {
  const { socket, id, character, record, faults, clock, log } = options;
  const scope = { session: id, vendor: 'dve' } as const;
  const wire = createWire({ socket, faults, scope, clock });
  let reply: Reply | null = null;
  let replyCount = 0;
  let isGone = false;

  function send(frame: OutgoingDveFrame): void {
    wire.send(encodeFrame(frame));
  }

  function say(samples: Int16Array): void {
    if (isGone || listener.speaking || samples.length === 0) return;
    const slow = faults.take('slow-reply', scope);
    reply = createReply({
      samples,
      clock,
      delayMs: slow ? (slow.delayMs ?? SLOW_REPLY_MS) : 0,
      send: (chunk) => send({ kind: 'audio', audio: encodeWav(chunk, SAMPLE_RATE_HZ), sampleRateHz: SAMPLE_RATE_HZ, channels: 1 }),
      onSpeaking: (speaking) => record.update({ speaking }),
    });
  }

  async function answer(utterance: Int16Array): Promise<void> {
    if (character === 'echo') return say(utterance.subarray(0, utterance.length - ((HANGOVER_MS - ECHO_TAIL_MS) * SAMPLE_RATE_HZ) / 1000));
    const clips = await loadHostClips();
    const clip = clips[replyCount++ % clips.length];
    if (clip) say(clip.samples);
  }

  const listener = createUtteranceSegmenter({
    hangoverMs: HANGOVER_MS,
    onSpeechStart() {
      if (!reply?.stop()) return;
      record.countInterrupt();
      send({ kind: 'text', text: DVE_INTERRUPT });
    },
    onUtterance: (utterance) => void answer(utterance),
  });

  function refuse(why: string): void {
    log(`dve ${id}: ${why}`);
    socket.close(INVALID_PAYLOAD, why);
  }

  function obey(frame: DveFrame): void {
    if (frame.kind === 'image') return record.countImage();
    if (frame.kind !== 'audio') return log(`dve ${id}: a ${frame.kind} frame was ignored`);
    if (frame.sampleRateHz !== SAMPLE_RATE_HZ || frame.channels !== 1 || frame.audio.length % 2 !== 0) {
      return refuse('Audio must be s16le, mono, at 16000 Hz, and say so.');
    }
    const samples = new Int16Array(frame.audio.slice().buffer);
    record.addAudio(samples);
    listener.push(samples);
  }

  function strike(fault: FaultRequest): boolean {
    if (fault.fault !== 'malformed-message') return wire.strike(fault);
    wire.send(DAMAGED_FRAME);
    return true;
  }

  socket.on('message', (data, isBinary) => {
    const armed = faults.take('malformed-message', scope);
    if (armed) strike(armed);
    if (!isBinary) return refuse('Messages must be binary protobuf.');
    try {
      obey(decodeFrame(bytesOf(data)));
    } catch (error) {
      if (!AvatarError.isInstance(error)) throw error;
      refuse('A frame is damaged.');
    }
  });
  socket.on('error', (error) => log(`dve ${id}: ${error.message}`));
  socket.once('close', (code) => {
    isGone = true;
    reply?.stop();
    record.close(code);
    log(`dve ${id}: closed with ${code}`);
  });
  return { id, strike };
}
