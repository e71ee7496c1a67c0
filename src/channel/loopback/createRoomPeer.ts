import { createDeferred, type Deferred } from '../../clock/createDeferred.js';
import type { Media, OfferSection, RoomMessage } from './messages.js';

type Offer = Extract<RoomMessage, { type: 'offer' }>;

/** The WebRTC side of one member: answers the room's offers, one at a time. */
export interface RoomPeer {
  applyOffer(offer: Offer): void;
  addCandidate(candidate: RTCIceCandidateInit): void;
  /** Resolves with the receiver of a user's track once an offer has brought it. */
  receiver(uid: number, media: Media): Promise<RTCRtpReceiver>;
  /** Forgets a track that is no longer sent. */
  drop(uid: number, media: Media): void;
  /** The track to send when the room makes a place for it, at once where it has one; null to stop sending. */
  setLocalTrack(media: Media, track: MediaStreamTrack | null): Promise<void>;
  getStats(): Promise<RTCStatsReport>;
  close(): void;
}

export interface RoomPeerOptions {
  readonly onAnswer: (offer: number, sdp: string) => void;
  readonly onCandidate: (candidate: RTCIceCandidateInit) => void;
  /** The connection failed for good. */
  readonly onFail: () => void;
}

/** Makes an unconnected peer. The room is on this machine, so it needs no STUN server. */
export function createRoomPeer(options: RoomPeerOptions): RoomPeer {
  const connection = new RTCPeerConnection();
  const receivers = new Map<string, Deferred<RTCRtpReceiver>>();
  const localTracks = new Map<Media, MediaStreamTrack>();
  const senders = new Map<Media, RTCRtpSender>();
  const early: RTCIceCandidateInit[] = [];
  let queue: Promise<void> = Promise.resolve();

  const key = (uid: number, media: Media) => `${uid}/${media}`;

  function slot(name: string): Deferred<RTCRtpReceiver> {
    const existing = receivers.get(name);
    if (existing) return existing;
    const deferred = createDeferred<RTCRtpReceiver>();
    receivers.set(name, deferred);
    return deferred;
  }

  async function prepare(transceiver: RTCRtpTransceiver, section: OfferSection | undefined): Promise<void> {
    if (section?.direction !== 'send') return;
    const track = localTracks.get(section.media) ?? null;
    transceiver.direction = track ? 'sendonly' : 'inactive';
    await transceiver.sender.replaceTrack(track);
    senders.set(section.media, transceiver.sender);
  }

  async function answer({ offer, sdp, sections }: Offer): Promise<void> {
    await connection.setRemoteDescription({ type: 'offer', sdp });
    for (const candidate of early.splice(0)) await connection.addIceCandidate(candidate);
    for (const transceiver of connection.getTransceivers()) await prepare(transceiver, sections[transceiver.mid ?? '']);
    await connection.setLocalDescription();
    options.onAnswer(offer, connection.localDescription?.sdp ?? '');
    for (const transceiver of connection.getTransceivers()) {
      const section = sections[transceiver.mid ?? ''];
      if (section?.direction === 'receive') slot(key(section.uid, section.media)).resolve(transceiver.receiver);
    }
  }

  connection.onicecandidate = ({ candidate }) => {
    if (candidate) options.onCandidate(candidate.toJSON());
  };
  connection.onconnectionstatechange = () => {
    if (connection.connectionState === 'failed') options.onFail();
  };

  return {
    applyOffer(offer) {
      queue = queue.then(() => answer(offer)).catch(() => {
        if (connection.signalingState !== 'closed') options.onFail();
      });
    },
    addCandidate(candidate) {
      if (connection.remoteDescription) connection.addIceCandidate(candidate).catch(() => undefined); // of a section that is gone
      else early.push(candidate);
    },
    receiver: (uid, media) => slot(key(uid, media)).promise,
    drop(uid, media) {
      receivers.get(key(uid, media))?.reject(new Error('The track is no longer sent.'));
      receivers.delete(key(uid, media));
    },
    async setLocalTrack(media, track) {
      if (track) localTracks.set(media, track);
      else localTracks.delete(media);
      await senders.get(media)?.replaceTrack(track);
    },
    getStats: () => connection.getStats(),
    close() {
      connection.onicecandidate = connection.onconnectionstatechange = null;
      connection.close();
      for (const deferred of receivers.values()) deferred.reject(new Error('The room was left.'));
      receivers.clear();
    },
  };
}
