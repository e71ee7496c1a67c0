import { systemClock, type Clock } from '../clock/clock.js';
import { createCutWatch } from './createCutWatch.js';
import { createFeedWriter } from './createFeedWriter.js';
import { createMicrophoneReader } from './createMicrophoneReader.js';
import { createSilenceFiller } from './createSilenceFiller.js';
import { createUplink } from './createUplink.js';
import { openRelaySocket } from './openRelaySocket.js';
import type { VoiceSocket, VoiceSocketEvents, VoiceSocketSettings } from './VoiceSocket.js';
import type { CreateVoiceWire } from './VoiceWire.js';

export interface OpenVoiceSocketOptions<WireSettings> {
  readonly settings: VoiceSocketSettings<WireSettings>;
  readonly createWire: CreateVoiceWire<WireSettings>;
  readonly events: VoiceSocketEvents;
  /** Told after each frame that was taken from the audio thread. */
  readonly onFrameTaken?: () => void;
  readonly clock?: Clock;
  /** The constructor to use where the platform has none. */
  readonly WebSocket?: typeof WebSocket | undefined;
}

/** A socket on the thread that made it, to which the ports of other threads can be led. */
export interface LocalVoiceSocket extends VoiceSocket {
  readonly microphone: null;
  readonly reader: ReturnType<typeof createMicrophoneReader>;
  /** A port on which a detector says that the user has interrupted, and when. A later one takes its place. */
  attachCuts(port: MessagePort): void;
  /** A port to a playback. A later one takes its place. */
  attachPlayback(port: MessagePort): void;
}

const SAMPLES_PER_MS = 16;

/**
 * Opens a socket on this thread.
 * @throws AvatarError `grant-invalid` when the browser refuses the address
 */
export function openVoiceSocket<WireSettings>(options: OpenVoiceSocketOptions<WireSettings>): LocalVoiceSocket {
  const { settings, createWire, events, onFrameTaken, clock = systemClock, WebSocket: Socket } = options;
  const wire = createWire(settings.wire, clock);
  const feed = createFeedWriter(events);
  const socket = openRelaySocket({
    admission: settings.admission,
    WebSocket: Socket,
    onMessage,
    onClose(close) {
      release();
      events.onClose(close);
    },
  });
  const queuedMs = () => socket.bufferedBytes / wire.bytesPerMs;
  const uplink = createUplink({ ...settings, queuedMs, now: () => clock.now(), send: (chunk) => socket.send(wire.encodeAudio(chunk)) });
  const frameMs = settings.chunkDurationMs;
  const filler = createSilenceFiller({ clock, frameMs, send: (durationMs) => void uplink.push(new Int16Array(durationMs * SAMPLES_PER_MS)) });
  const cuts = createCutWatch({ clock, silence, onCut: events.onCut });
  const reader = createMicrophoneReader({
    onFrame(samples) {
      const droppedMs = take(samples);
      if (droppedMs > 0) events.onLose(droppedMs);
      onFrameTaken?.();
    },
    onGap: events.onLose,
  });

  function release(): void {
    filler.stop();
    reader.stop();
    cuts.stop();
    feed.stop();
  }

  function onMessage(data: string | ArrayBuffer): void {
    const reading = wire.read(data);
    switch (reading.type) {
      case 'message':
        return events.onMessage(reading.data);
      case 'speech':
        return feed.attached ? feed.write(reading.samples, reading.sampleRateHz) : events.onSpeech(reading.samples, reading.sampleRateHz);
      case 'interrupt':
        feed.clear();
        return events.onInterrupt(feed.attached);
      case 'error':
        return events.onError(reading.error);
    }
  }

  function silence(): string | null {
    const command = wire.interrupt();
    feed.clear();
    if (!command) return null;
    uplink.clear();
    socket.send(command.data);
    return command.id;
  }

  function take(samples: Int16Array): number {
    filler.onSound();
    return uplink.push(samples);
  }

  // What the page had in hand when the user interrupted belongs to the reply that was cut.
  const sendAudio = (samples: Int16Array) => (cuts.command === null ? take(samples) : 0);

  return {
    runsIn: 'main-thread',
    microphone: null,
    reader,
    opened: socket.opened,
    gone: socket.gone,
    send: socket.send,
    sendAudio,
    sendSpeech: sendAudio,
    settleSpeech: async () => 0,
    flushAudio: uplink.flush,
    startAudio() {
      if (settings.fillSilence) filler.start();
    },
    interrupt: async () => cuts.interrupt(),
    get queuedMs() {
      return queuedMs();
    },
    get unsentAudioMs() {
      return uplink.pendingMs + queuedMs();
    },
    get sentAudioMs() {
      return uplink.sentMs;
    },
    attachCuts: cuts.attach,
    attachPlayback: feed.attach,
    close() {
      release();
      socket.close();
    },
  };
}
