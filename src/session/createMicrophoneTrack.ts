import type { AudioStream } from '../audio/AudioStream.js';
import type { ChannelConnection } from '../channel/channel.js';

export interface MicrophoneTrackOptions {
  readonly microphone: AudioStream;
  /** False while a button has to be held to be heard, and is not. */
  readonly isOpen: () => boolean;
  /** The room; null while none is joined. */
  readonly room: () => ChannelConnection | null;
  /** The room did not take the track: the avatar does not hear the user. */
  readonly onFail: (cause: unknown) => void;
}

/** Carries the microphone into the room, for an avatar that listens there. */
export interface MicrophoneTrack {
  /** Looks again: the room was joined or is gone, or the user may or may not be heard any more. */
  update(): void;
  stop(): void;
}

interface Publication {
  readonly room: ChannelConnection;
  readonly source: MediaStreamTrack;
  readonly track: MediaStreamTrack;
  readonly published: Promise<() => Promise<void>>;
}

/** Starts to follow microphone and room: a track is published while both are there. */
export function createMicrophoneTrack({ microphone, isOpen, room, onFail }: MicrophoneTrackOptions): MicrophoneTrack {
  let current: Publication | null = null;
  /** Publishing and taking back happen one after the other. */
  let queue: Promise<void> = Promise.resolve();

  function withdraw({ track, published }: Publication): void {
    track.stop();
    queue = queue.then(async () => {
      const unpublish = await published.catch(() => null); // told when it happened
      await unpublish?.();
    });
  }

  function publish(target: ChannelConnection, source: MediaStreamTrack): Publication {
    // A copy: what happens to it in the room must not happen to the page's own microphone.
    const track = source.clone();
    const published = queue.then(() => target.publish(track));
    queue = published.then(
      () => undefined,
      (cause: unknown) => {
        // In a room that is gone by now nobody would have heard it anyway.
        if (room() === target) onFail(cause);
      },
    );
    return { room: target, source, track, published };
  }

  function update(): void {
    const { status, muted } = microphone.getSnapshot();
    const target = room();
    const source = status === 'on' ? (microphone.getTrack?.() ?? null) : null;
    if (current && (current.room !== target || current.source !== source)) {
      withdraw(current);
      current = null;
    }
    if (!current && target && source) current = publish(target, source);
    if (current) current.track.enabled = !muted && isOpen();
  }

  const unsubscribe = microphone.subscribe(update);
  update();
  return {
    update,
    stop() {
      unsubscribe();
      if (current) withdraw(current);
      current = null;
    },
  };
}
