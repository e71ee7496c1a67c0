import { AvatarError } from '../../errors/AvatarError.js';
import type { VoiceLabel } from '../voice/VoiceLabel.js';
import type { VadGeneration, VadResult } from './createVad.js';
import { createByteLog, type ByteLog } from './createByteLog.js';
import { VAD_STATE } from './VadState.js';

export interface VadDumpOptions {
  /** `consecutive` (default) writes the curves of SDK 2.4 as well. */
  readonly generation?: VadGeneration;
  /** Names the folder. Default: now. */
  readonly date?: Date;
  /** Sound beyond this is not written any more. Default 600,000: 19 MB. */
  readonly maxDurationMs?: number;
}

/** Writes down what a detector heard and decided, for looking at it afterwards. For tests: it keeps what was said. */
export interface VadDump {
  /** Copies the frame (Int16Array [160], mono, 16 kHz), what was known of it and what was decided. Does nothing once the dump is full or closed. */
  write(frame: Int16Array, label: VoiceLabel, result: VadResult): void;
  /** True when sound was left out for want of room. */
  readonly truncated: boolean;
  /**
   * Everything so far as a zip: `YYYYMMDDHHMMSS/source.pcm`, `label.txt`, `vad_0.pcm`, ...
   * @throws AvatarError `not-ready` after `close()`
   */
  toZip(): Promise<Blob>;
  /** Forgets everything. Idempotent. */
  close(): void;
}

const FRAME_MS = 10;

/**
 * Makes an empty dump with upstream's files: `source.pcm` is all that was heard, `vad_N.pcm` the sound of each utterance, and
 * `label.txt` has a line for each frame. All sound is s16le, mono, 16 kHz.
 *
 * @example
 * ```ts
 * const dump = createVadDump();
 * dump.write(frame, label, vad.push(frame, label));
 * link.href = URL.createObjectURL(await dump.toZip());
 * ```
 * @see `vad_dump.py` of Agora's Python server SDK 2.1.6 and 2.4.0
 */
export function createVadDump({ generation = 'consecutive', date = new Date(), maxDurationMs = 600_000 }: VadDumpOptions = {}): VadDump {
  if (!(maxDurationMs > 0)) throw new AvatarError('invalid-options', { message: 'maxDurationMs must be a number above 0.' });
  const folder = folderOf(date);
  const source = createByteLog();
  const labels = createByteLog();
  const curves = generation === 'consecutive' ? { rms: createByteLog(), pitch: createByteLog(), voice_prob: createByteLog() } : null;
  let utterances: readonly ByteLog[] = [];
  let open: ByteLog | null = null;
  let frames = 0;
  let truncated = false;
  let closed = false;

  function writeLabel({ rmsDb, voiceProbability, pitchHz, farField = true }: VoiceLabel, state: number): void {
    const numbers = [['ct', utterances.length], ['fct', frames], ['state', state], ['far', farField ? 1 : 0], ['vop', voiceProbability], ['rms', rmsDb], ['pitch', pitchHz ?? 0], ['mup', 0]] as const;
    labels.addText(`${numbers.map(([name, value]) => `${name}:${Math.trunc(value)}`).join(' ')}\n`);
  }

  function writeCurves({ rmsDb, voiceProbability, pitchHz }: VoiceLabel, length: number): void {
    curves?.rms.addConstant((rmsDb + 127) * 127, length);
    curves?.pitch.addConstant(pitchHz ?? 0, length);
    // Upstream has a flag here, and overflows on a probability of 0 to 100.
    curves?.voice_prob.addConstant((voiceProbability / 100) * 127 * 127, length);
  }

  function writeUtterance({ state, samples }: VadResult): void {
    if (state === VAD_STATE.start) {
      open = createByteLog();
      utterances = [...utterances, open];
    }
    if (state !== VAD_STATE.nonSpeaking) open?.addSamples(samples);
    if (state === VAD_STATE.stop) open = null;
  }

  return {
    get truncated() {
      return truncated;
    },
    write(frame, label, result) {
      if (closed) return;
      if (frames * FRAME_MS >= maxDurationMs) {
        truncated = true;
        return;
      }
      writeLabel(label, result.state);
      source.addSamples(frame);
      writeCurves(label, frame.length);
      writeUtterance(result);
      frames++;
    },
    async toZip() {
      if (closed) throw new AvatarError('not-ready', { message: 'The dump was closed and holds nothing any more.' });
      const files: Record<string, Uint8Array> = { [`${folder}/source.pcm`]: source.bytes(), [`${folder}/label.txt`]: labels.bytes() };
      for (const [name, log] of Object.entries(curves ?? {})) files[`${folder}/${name}.pcm`] = log.bytes();
      utterances.forEach((log, index) => (files[`${folder}/vad_${index}.pcm`] = log.bytes()));
      const { zipSync } = await import('fflate');
      // Copied: the library types its result as one that may be shared.
      return new Blob([Uint8Array.from(zipSync(files))], { type: 'application/zip' });
    },
    close() {
      closed = true;
      utterances = [];
      open = null;
      for (const log of [source, labels, ...Object.values(curves ?? {})]) log.clear();
    },
  };
}

/** Local time, as upstream names it. */
function folderOf(date: Date): string {
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate(), date.getHours(), date.getMinutes(), date.getSeconds()];
  return parts.map((part) => String(part).padStart(2, '0')).join('');
}
