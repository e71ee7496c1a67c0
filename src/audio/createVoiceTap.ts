import { notify } from '../events/notify.js';
import type { AudioFrame } from './AudioStream.js';
import type { VoiceSource, VoiceTap } from './VoiceTap.js';

/** A tap that its microphone leads from one capture to the next. */
export interface MicrophoneVoiceTap extends VoiceTap {
  /** The sound comes from here from now on; null: there is none. */
  follow(source: VoiceSource | null): void;
}

/** Makes a tap without sound. The page is given frames only while somebody listens to them. */
export function createVoiceTap(isMuted: () => boolean): MicrophoneVoiceTap {
  const frameListeners = new Set<(frame: AudioFrame) => void>();
  const portListeners = new Set<(port: MessagePort) => void>();
  let source: VoiceSource | null = null;
  let stopReading: (() => void) | null = null;

  function onFrame(frame: AudioFrame): void {
    if (!isMuted()) notify(frameListeners, frame);
  }

  function update(): void {
    if (source && frameListeners.size > 0) {
      stopReading ??= source.read(onFrame);
    } else {
      stopReading?.();
      stopReading = null;
    }
  }

  return {
    follow(next) {
      source = null;
      update();
      source = next;
      if (next) for (const listener of portListeners) listener(next.openPort());
      update();
    },
    subscribePorts(listener) {
      if (source) listener(source.openPort());
      portListeners.add(listener);
      return () => portListeners.delete(listener);
    },
    subscribeFrames(listener) {
      frameListeners.add(listener);
      update();
      return () => {
        frameListeners.delete(listener);
        update();
      };
    },
  };
}
