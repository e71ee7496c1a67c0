import { notify } from '../events/notify.js';
import type { AudioFrame } from './AudioStream.js';
import { readFrames } from './readFrames.js';
import type { VoiceTap } from './VoiceTap.js';

/** A tap that its microphone leads from one capture to the next. */
export interface MicrophoneVoiceTap extends VoiceTap {
  /** The sound comes from these ports from now on; null: there is none. */
  follow(openPort: (() => MessagePort) | null): void;
}

/** Makes a tap without sound. The page is given frames only while somebody listens to them. */
export function createVoiceTap(isMuted: () => boolean): MicrophoneVoiceTap {
  const frameListeners = new Set<(frame: AudioFrame) => void>();
  const portListeners = new Set<(port: MessagePort) => void>();
  let openPort: (() => MessagePort) | null = null;
  let stopReading: (() => void) | null = null;

  function onFrame(frame: AudioFrame): void {
    if (!isMuted()) notify(frameListeners, frame);
  }

  function update(): void {
    if (openPort && frameListeners.size > 0) {
      stopReading ??= readFrames(openPort(), onFrame);
    } else {
      stopReading?.();
      stopReading = null;
    }
  }

  return {
    follow(next) {
      openPort = null;
      update();
      openPort = next;
      if (next) for (const listener of portListeners) listener(next());
      update();
    },
    subscribePorts(listener) {
      if (openPort) listener(openPort());
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
