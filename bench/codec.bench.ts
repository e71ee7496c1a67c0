import { readFileSync } from 'node:fs';
import protobuf from 'protobufjs';
import type { Bench, BenchResult } from '../scripts/Bench.js';
import { timeContenders } from '../scripts/timeContenders.js';
import { createMessages } from '../src/services/akool-streaming/createMessages.js';
import { decodeFrame } from '../src/services/dve/codec/decodeFrame.js';
import { encodeAudioFrame } from '../src/services/dve/codec/encodeAudioFrame.js';
import { encodeFrame } from '../src/services/dve/codec/encodeFrame.js';
import { readSpeech } from '../src/services/dve/codec/readSpeech.js';

const RATE_HZ = 16_000;
/** 20 ms. */
const SAMPLES = 320;
const FRAMES_PER_ROUND = 200;
const ROUNDS = 150;
const chunk = Int16Array.from({ length: SAMPLES }, (_, i) => 20_000 * Math.sin(i / 7));
const bytes = new Uint8Array(chunk.buffer);

function often(work: () => unknown): () => void {
  return () => {
    for (let i = 0; i < FRAMES_PER_ROUND; i++) work();
  };
}

async function* compare(title: string, contenders: { readonly ours: () => unknown } & Readonly<Record<string, () => unknown>>): AsyncGenerator<BenchResult> {
  const timesMs: Readonly<Record<string, number>> = await timeContenders(Object.fromEntries(Object.entries(contenders).map(([name, work]) => [name, often(work)])), { rounds: ROUNDS });
  const perFrame = (name: string) => ((timesMs[name] ?? NaN) * 1000) / FRAMES_PER_ROUND;
  for (const peer of Object.keys(contenders).filter((name) => name !== 'ours')) {
    yield { case: `${title}, beside ${peer}`, ours: perFrame('ours'), peer: perFrame(peer), unit: 'us/frame' };
  }
}

/** As the samples of many vendors do it: one character after the other. */
function perByteBase64(): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i++) binary += String.fromCharCode(bytes[i] ?? 0);
  return JSON.stringify({ v: 2, type: 'chat', mid: `audio-${Date.now()}`, pld: { audio: btoa(binary) } });
}

export default {
  title: 'Put 20 ms of sound into a message and take it out again',
  peers: ['protobufjs'],
  async *run() {
    const { root } = protobuf.parse(readFileSync('proto/frames.proto', 'utf8'));
    const reflected = root.lookupType('dve.Frame');
    const messages = createMessages();
    const message = encodeAudioFrame(chunk, RATE_HZ);
    yield* compare('DVE, out', {
      ours: () => encodeAudioFrame(chunk, RATE_HZ),
      'protobufjs, static': () => encodeFrame({ kind: 'audio', audio: bytes, sampleRateHz: RATE_HZ, channels: 1 }),
      'protobufjs, by reflection': () => reflected.encode({ audio: { audio: bytes, sampleRate: RATE_HZ, numChannels: 1 } }).finish(),
    });
    yield* compare('DVE, in', {
      ours: () => readSpeech(message),
      'protobufjs, static': () => decodeFrame(message),
      'protobufjs, by reflection': () => reflected.decode(message),
    });
    yield* compare('Akool, out', {
      ours: () => JSON.stringify(messages.audio(chunk)),
      'base64 per byte': perByteBase64,
    });
  },
} satisfies Bench;
