import type { Clock } from '../../clock/clock.js';
import type { Media, OfferSection, RoomMessage } from '../../channel/loopback/messages.js';
import { AvatarError } from '../../errors/AvatarError.js';
import type { Webrtc } from '../webrtc/loadWebrtc.js';
import type { Publication } from './createRoom.js';

const ANSWER_TIMEOUT_MS = 10_000;

export interface PeerOptions {
  readonly webrtc: Webrtc;
  readonly clock: Clock;
  readonly send: (message: Extract<RoomMessage, { type: 'offer' | 'candidate' }>) => void;
  /** Negotiation or transport is beyond repair. */
  readonly onFail: (message: string) => void;
}

/** The room's side of one member's peer connection. The room always offers; rounds never overlap. */
export interface Peer {
  /** Sends a publication to the member; resolves when the member has answered. */
  send(publication: Publication): Promise<void>;
  stopSending(publication: Publication): Promise<void>;
  /** Makes a place for the member's own track; resolves with the track. */
  receive(media: Media): Promise<MediaStreamTrack>;
  stopReceiving(media: Media): Promise<void>;
  answer(offer: number, sdp: string): void;
  addCandidate(candidate: RTCIceCandidateInit): void;
  close(): void;
}

/** One media section. `use` is null while it is free to be used again. */
interface Slot {
  readonly transceiver: RTCRtpTransceiver;
  readonly media: Media;
  readonly direction: 'sendonly' | 'recvonly';
  use: { readonly section: OfferSection; readonly publication: Publication | null } | null;
}

interface Round {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: AvatarError) => void;
}

/** Makes a peer connection to one member. */
export function createPeer({ webrtc, clock, send, onFail }: PeerOptions): Peer {
  const connection = new webrtc.RTCPeerConnection({ iceServers: [] });
  const slots: Slot[] = [];
  // Candidates that overtook the first answer.
  let early: RTCIceCandidateInit[] | null = [];
  let offerCount = 0;
  let awaited: { readonly offer: number; readonly take: (sdp: string) => void } | null = null;
  let next: Round | null = null;
  let running = false;
  let closed = false;
  const unblock = new Set<() => void>();

  connection.onicecandidate = ({ candidate }) => {
    if (candidate && !closed) {
      const { candidate: line, sdpMid, sdpMLineIndex } = candidate;
      send({ type: 'candidate', candidate: { candidate: line, sdpMid, sdpMLineIndex } });
    }
  };
  connection.onconnectionstatechange = () => {
    if (connection.connectionState === 'failed' && !closed) onFail('The connection for picture and sound failed.');
  };

  const failure = (message: string, cause?: unknown) => new AvatarError('channel-failed', { message, cause });

  function waitForAnswer(offer: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const finish = () => {
        cancel();
        awaited = null;
        unblock.delete(giveUp);
      };
      const giveUp = () => {
        finish();
        reject(failure('The member left before the negotiation was done.'));
      };
      const cancel = clock.schedule(() => {
        finish();
        reject(failure(`No answer to offer ${offer} within ${ANSWER_TIMEOUT_MS} ms.`));
      }, ANSWER_TIMEOUT_MS);
      unblock.add(giveUp);
      awaited = { offer, take: (sdp) => (finish(), resolve(sdp)) };
    });
  }

  async function negotiateOnce(): Promise<void> {
    const offer = ++offerCount;
    const description = await connection.createOffer();
    await connection.setLocalDescription(description);
    const sections: Record<string, OfferSection> = {};
    for (const { transceiver, use } of slots) if (use && transceiver.mid !== null) sections[transceiver.mid] = use.section;
    const answered = waitForAnswer(offer);
    send({ type: 'offer', offer, sdp: description.sdp ?? '', sections });
    await connection.setRemoteDescription({ type: 'answer', sdp: await answered });
    const waiting = early ?? [];
    early = null;
    waiting.forEach(addNow);
  }

  async function run(): Promise<void> {
    running = true;
    while (next && !closed) {
      const round: Round = next;
      next = null;
      try {
        await negotiateOnce();
        round.resolve();
      } catch (cause) {
        const error = AvatarError.isInstance(cause) ? cause : failure('The negotiation failed.', cause);
        round.reject(error);
        if (!closed) onFail(error.message);
      }
    }
    running = false;
  }

  /** Resolves when a round has been completed that began after this call. */
  function negotiate(): Promise<void> {
    if (closed) return Promise.reject(failure('The member has left.'));
    next ??= createRound();
    const { promise } = next;
    if (!running) void run();
    return promise;
  }

  function addNow(candidate: RTCIceCandidateInit): void {
    // A candidate that cannot be used, such as an mDNS name, only means one path less.
    connection.addIceCandidate(candidate).catch(() => undefined);
  }

  async function takeSlot(media: Media, direction: Slot['direction'], track: MediaStreamTrack | null, stream: MediaStream | null, use: NonNullable<Slot['use']>): Promise<Slot> {
    const free = slots.find((slot) => !slot.use && slot.media === media && slot.direction === direction);
    if (!free) {
      const transceiver = connection.addTransceiver(track ?? media, { direction, ...(stream ? { streams: [stream] } : {}) });
      const slot: Slot = { transceiver, media, direction, use };
      slots.push(slot);
      return slot;
    }
    free.use = use;
    free.transceiver.direction = direction;
    if (track) await free.transceiver.sender.replaceTrack(track);
    return free;
  }

  async function freeSlot(slot: Slot | undefined): Promise<void> {
    if (!slot?.use || closed) return;
    slot.use = null;
    slot.transceiver.direction = 'inactive';
    if (slot.direction === 'sendonly') await slot.transceiver.sender.replaceTrack(null);
    await negotiate();
  }

  return {
    async send(publication) {
      if (slots.some((slot) => slot.use?.publication === publication)) return;
      const { uid, media, track, stream } = publication;
      await takeSlot(media, 'sendonly', track, stream, { section: { direction: 'receive', uid, media }, publication });
      await negotiate();
    },
    stopSending: (publication) => freeSlot(slots.find((slot) => slot.use?.publication === publication)),
    async receive(media) {
      const slot = await takeSlot(media, 'recvonly', null, null, { section: { direction: 'send', media }, publication: null });
      await negotiate();
      return slot.transceiver.receiver.track;
    },
    stopReceiving: (media) => freeSlot(slots.find((slot) => slot.use?.section.direction === 'send' && slot.media === media)),
    answer(offer, sdp) {
      if (awaited?.offer === offer) awaited.take(sdp);
    },
    addCandidate(candidate) {
      if (closed || candidate.candidate === '') return;
      if (early) early.push(candidate);
      else addNow(candidate);
    },
    close() {
      if (closed) return;
      closed = true;
      for (const giveUp of [...unblock]) giveUp();
      next?.reject(failure('The member has left.'));
      next = null;
      connection.onicecandidate = null;
      connection.onconnectionstatechange = null;
      connection.close();
    },
  };
}

function createRound(): Round {
  let resolve: Round['resolve'] = () => undefined;
  let reject: Round['reject'] = () => undefined;
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  // A round may fail with nobody left who waits for it; those who wait see the failure all the same.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
