import { createJitterBuffer } from '../src/dsp/createJitterBuffer.js';
import { createLevelMeter } from '../src/dsp/createLevelMeter.js';
import { PCM_CHUNK_BYTES, pcmChunk, type PcmChunk } from '../src/dsp/pcmChunk.js';
import { PLAYBACK_REPORT_BYTES, writePlaybackReport } from '../src/dsp/playbackReport.js';

/** Reports that may be on their way at once: 160 ms. A page that blocks for longer gets the next one late, not never. */
const POOL_REPORTS = 8;

/**
 * Plays chunks laid out by `pcmChunk` and posts each back when it has been read; posts reports laid out by `playbackReport`, which
 * the host posts back as well: `process()` allocates nothing. Other messages: `end`, `clear`, `stop`. A `MessagePort` that arrives
 * brings chunks, `end` and `clear` as well, until anything else comes on it.
 */
class PcmPlayback extends AudioWorkletProcessor {
  private readonly reports: Float64Array<ArrayBuffer>[] = [];
  private readonly transfer: ArrayBuffer[] = [];
  /** Whom to give which chunk back; those of the host are not in it. */
  private readonly senders = new Map<ArrayBuffer, MessagePort>();
  private readonly meter = createLevelMeter(sampleRate);
  private readonly buffer = createJitterBuffer({
    outputRateHz: sampleRate,
    onRelease: ({ buffer }: PcmChunk) => {
      const sender = this.senders.get(buffer);
      this.senders.delete(buffer);
      this.give(buffer, sender);
    },
  });
  private clears = 0;
  private due = true;
  private reportedState = '';
  private reportedLevel = 0;
  private running = true;

  constructor() {
    super();
    for (let i = 0; i < POOL_REPORTS; i++) this.reports.push(new Float64Array(PLAYBACK_REPORT_BYTES / 8));
    this.port.onmessage = ({ data }: MessageEvent<unknown>) => this.receive(data);
  }

  private receive(data: unknown): void {
    if (data instanceof ArrayBuffer) {
      if (data.byteLength === PCM_CHUNK_BYTES) this.buffer.push(pcmChunk(data));
      else this.reports.push(new Float64Array(data));
    } else if (data === 'end') {
      this.buffer.end();
    } else if (data === 'clear') {
      this.buffer.clear();
      this.clears++;
      this.due = true;
    } else if (data instanceof MessagePort) {
      this.open(data);
    } else {
      this.running = false;
    }
  }

  private open(port: MessagePort): void {
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      const isChunk = data instanceof ArrayBuffer && data.byteLength === PCM_CHUNK_BYTES;
      if (isChunk) this.senders.set(data, port);
      if (isChunk || data === 'end' || data === 'clear') this.receive(data);
      else port.close();
    };
  }

  private give(buffer: ArrayBuffer, port: MessagePort = this.port): void {
    this.transfer[0] = buffer;
    port.postMessage(buffer, this.transfer);
  }

  private report(durationSeconds: number): void {
    const fields = this.reports.pop();
    if (!fields) return;
    this.due = false;
    this.reportedState = this.buffer.state;
    this.reportedLevel = this.meter.level;
    writePlaybackReport(fields, this.buffer, this.clears, this.meter.level, currentTime + durationSeconds);
    this.give(fields.buffer);
  }

  override process(_inputs: readonly Float32Array[][], outputs: readonly Float32Array[][]): boolean {
    const output = outputs[0]?.[0];
    if (!output) return this.running;
    this.buffer.render(output);
    const measured = this.meter.push(output);
    const { state } = this.buffer;
    // Silence that has been told of once is no news.
    if (state !== this.reportedState || (measured && (state !== 'idle' || this.meter.level !== this.reportedLevel))) this.due = true;
    if (this.due) this.report(output.length / sampleRate);
    return this.running;
  }
}

registerProcessor('visavis-pcm-playback', PcmPlayback);
