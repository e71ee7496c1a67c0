/** How a remote video track is played, as in Agora's `VideoPlayerConfig`. */
export interface VideoPlayerConfig {
  readonly fit?: 'cover' | 'contain' | 'fill';
  readonly mirror?: boolean;
}

interface LoopbackTrack {
  readonly isPlaying: boolean;
  getMediaStreamTrack(): MediaStreamTrack;
  getTrackId(): string;
  stop(): void;
}

/** The members of `IRemoteVideoTrack` that agora-rtc-react touches. */
export interface LoopbackVideoTrack extends LoopbackTrack {
  readonly trackMediaType: 'video';
  play(element: string | HTMLElement, config?: VideoPlayerConfig): void;
}

/** The members of `IRemoteAudioTrack` that agora-rtc-react touches. */
export interface LoopbackAudioTrack extends LoopbackTrack {
  readonly trackMediaType: 'audio';
  play(): void;
  /** @param volume 0 to 100 */
  setVolume(volume: number): void;
  /** Level of the sound as received, 0 to 1. */
  getVolumeLevel(): number;
  setPlaybackDevice(deviceId: string): Promise<void>;
}

/** Makes a video track of a receiver. It can play in one element at a time, as in the SDK. */
export function createVideoTrack(receiver: RTCRtpReceiver): LoopbackVideoTrack {
  let element: HTMLVideoElement | null = null;

  function stop(): void {
    if (!element) return;
    element.srcObject = null;
    element.remove();
    element = null;
  }

  return {
    trackMediaType: 'video',
    get isPlaying() {
      return element !== null;
    },
    getMediaStreamTrack: () => receiver.track,
    getTrackId: () => receiver.track.id,
    stop,
    play(target, { fit = 'cover', mirror = false } = {}) {
      stop();
      const container = typeof target === 'string' ? document.getElementById(target) : target;
      if (!container) return;
      element = document.createElement('video');
      element.muted = true;
      element.autoplay = true;
      element.playsInline = true;
      Object.assign(element.style, { width: '100%', height: '100%', objectFit: fit, transform: mirror ? 'scaleX(-1)' : '' });
      element.srcObject = new MediaStream([receiver.track]);
      container.append(element);
      element.play().catch(() => undefined); // removed while it started
    },
  };
}

/** Makes an audio track of a receiver. `onBlocked` is called when the browser refuses to play it. */
export function createAudioTrack(receiver: RTCRtpReceiver, onBlocked: (retry: () => Promise<void>) => void): LoopbackAudioTrack {
  let element: HTMLAudioElement | null = null;
  let volume = 1;
  let deviceId = '';

  async function attempt(): Promise<void> {
    try {
      await element?.play();
    } catch (error) {
      // AbortError: stopped while it started.
      if (error instanceof Error && error.name === 'NotAllowedError') onBlocked(attempt);
    }
  }

  return {
    trackMediaType: 'audio',
    get isPlaying() {
      return element !== null;
    },
    getMediaStreamTrack: () => receiver.track,
    getTrackId: () => receiver.track.id,
    play() {
      if (element) return;
      element = new Audio();
      element.volume = volume;
      element.srcObject = new MediaStream([receiver.track]);
      if (deviceId !== '') void element.setSinkId(deviceId).catch(() => undefined); // gone meanwhile: the default plays
      void attempt();
    },
    stop() {
      if (!element) return;
      element.pause();
      element.srcObject = null;
      element = null;
    },
    setVolume(percent) {
      volume = Math.min(1, Math.max(0, percent / 100));
      if (element) element.volume = volume;
    },
    getVolumeLevel: () => receiver.getSynchronizationSources()[0]?.audioLevel ?? 0,
    async setPlaybackDevice(id) {
      await element?.setSinkId(id);
      deviceId = id;
    },
  };
}
