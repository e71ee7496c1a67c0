import { createDeferred } from '../../clock/createDeferred.js';
import { AvatarError } from '../../errors/AvatarError.js';
import type { AgoraClient, AgoraLocalTrack } from './agoraClient.js';
import type { AgoraEngine } from './agoraEngine.js';
import { lostError, publishError } from './channelError.js';

/** This page's own tracks in the room. */
export interface Publisher {
  /** @returns takes the track out again */
  publish(track: MediaStreamTrack): Promise<() => Promise<void>>;
  /** The room is being left: refuses what waits, and what comes. */
  close(): void;
  /** The room has been left, and with it the tracks: lets go of them. */
  release(): void;
}

export interface PublisherOptions {
  readonly client: AgoraClient;
  readonly engine: AgoraEngine;
  /** Awaited before each track. */
  readonly prepare: () => Promise<void>;
}

/** Makes a publisher of nothing. Publishing and taking back happen one after the other, in the order in which they were asked for. */
export function createPublisher({ client, engine, prepare }: PublisherOptions): Publisher {
  const published = new Set<AgoraLocalTrack>();
  const gone = createDeferred<never>();
  let closed = false;
  let queue: Promise<unknown> = Promise.resolve();

  /** Settles with the room at the latest: the SDK's requests may never end. */
  function enqueue<T>(task: () => Promise<T>): Promise<T> {
    const done = queue.then(() => Promise.race([task(), gone.promise]));
    queue = done.catch(() => undefined); // told to whoever asked for it
    return done;
  }

  async function withdraw(local: AgoraLocalTrack): Promise<void> {
    if (closed || !published.has(local)) return;
    // First out of the room, then closed: the other way round the room is sent silence from a dead track.
    await client.unpublish([local]).catch(() => undefined); // of a connection that is gone
    if (published.delete(local)) engine.closeLocalTrack(local);
  }

  async function add(track: MediaStreamTrack): Promise<AgoraLocalTrack> {
    if (closed) throw notJoined();
    if (track.readyState === 'ended') {
      throw new AvatarError('channel-failed', { message: `The ${track.kind} track has ended already; only a live one can be published.`, retryable: false });
    }
    if (track.kind === 'video') for (const other of published) if (other.trackMediaType === 'video') await withdraw(other);
    let local: AgoraLocalTrack | null = null;
    try {
      await prepare();
      local = engine.createLocalTrack(track);
      published.add(local);
      await client.publish([local]);
      return local;
    } catch (cause) {
      if (local && published.delete(local)) engine.closeLocalTrack(local);
      throw publishError(cause);
    }
  }

  return {
    async publish(track) {
      if (closed) throw notJoined();
      const local = await enqueue(() => add(track));
      return () => enqueue(() => withdraw(local)).catch(() => undefined); // the room was left meanwhile
    },
    close() {
      closed = true;
      gone.reject(lostError('The track was not published: the channel was left.'));
    },
    release() {
      for (const local of published) engine.closeLocalTrack(local);
      published.clear();
    },
  };
}

const notJoined = () => lostError('The track was not published: the channel is not joined.');
