import { createAudioMix } from './createAudioMix.js';
import type { LoopbackLocalTrack } from './LoopbackClient.js';
import type { Media } from './messages.js';
import type { RoomPeer } from './createRoomPeer.js';
import { RoomRefusal, type Signalling } from './openSignalling.js';

/** What a member publishes, by the rules of Agora's SDK: sounds are mixed, and there is one picture at most. */
export interface Publications {
  readonly tracks: LoopbackLocalTrack[];
  publish(tracks: readonly LoopbackLocalTrack[], place: Place): Promise<void>;
  unpublish(tracks: readonly LoopbackLocalTrack[], place: Place): Promise<void>;
  /** The room is left. */
  clear(): void;
}

/** Where it is published. */
export interface Place {
  readonly signalling: Signalling;
  readonly peer: RoomPeer;
}

/** Makes publications with nothing published. Requests follow one another: the room takes one change of a medium at a time. */
export function createPublications(): Publications {
  const tracks: LoopbackLocalTrack[] = [];
  const mix = createAudioMix();
  let queue: Promise<void> = Promise.resolve();

  const inSending = (media: Media) => tracks.filter((track) => track.trackMediaType === media).map((track) => track.getMediaStreamTrack());
  const outgoing = (media: Media) => (media === 'audio' ? mix.update(inSending('audio')) : (inSending('video')[0] ?? null));

  function enqueue(task: () => Promise<void>): Promise<void> {
    const done = queue.then(task);
    queue = done.catch(() => undefined); // told to whoever asked for it
    return done;
  }

  async function add(track: LoopbackLocalTrack, { signalling, peer }: Place): Promise<void> {
    const { trackMediaType: media } = track;
    if (tracks.includes(track)) return;
    const already = inSending(media).length > 0;
    if (already && media === 'video') throw new RoomRefusal('CAN_NOT_PUBLISH_MULTIPLE_VIDEO_TRACKS', 'A picture is published already.');
    tracks.push(track);
    await peer.setLocalTrack(media, outgoing(media));
    if (already) return;
    try {
      await signalling.request({ type: 'publish', media });
    } catch (error) {
      drop(track);
      throw error;
    }
  }

  function drop(track: LoopbackLocalTrack): boolean {
    const index = tracks.indexOf(track);
    if (index >= 0) tracks.splice(index, 1);
    return index >= 0;
  }

  async function remove(track: LoopbackLocalTrack, { signalling, peer }: Place): Promise<void> {
    if (!drop(track)) return;
    const { trackMediaType: media } = track;
    await peer.setLocalTrack(media, outgoing(media));
    if (inSending(media).length === 0) await signalling.request({ type: 'unpublish', media });
  }

  return {
    tracks,
    publish: (added, place) =>
      enqueue(async () => {
        for (const track of added) await add(track, place);
      }),
    unpublish: (removed, place) =>
      enqueue(async () => {
        for (const track of removed) await remove(track, place);
      }),
    clear() {
      tracks.length = 0;
      mix.close();
    },
  };
}
