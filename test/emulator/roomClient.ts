import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { OfferSection, RoomMessage, RoomRequest } from '../../src/channel/loopback/messages.js';
import type { Emulator } from '../../src/emulator.js';

const wrtc = (await import('@roamhq/wrtc')).default;
const { RTCPeerConnection, nonstandard } = wrtc;

export interface RoomClient {
  readonly messages: readonly RoomMessage[];
  readonly closed: Promise<{ code: number; reason: string }>;
  request(request: RoomRequest): Promise<Extract<RoomMessage, { type: 'done' | 'fail' }>>;
  next<T extends RoomMessage['type']>(type: T): Promise<Extract<RoomMessage, { type: T }>>;
  /** The received track of a user, once an offer has brought it. */
  track(uid: number, media: 'audio' | 'video'): MediaStreamTrack | undefined;
  readonly sections: () => Readonly<Record<string, OfferSection>>;
  /** Tracks to send when a section asks for one. */
  readonly outgoing: Map<'audio' | 'video', MediaStreamTrack>;
  send(message: object | string): void;
  readonly peer: RTCPeerConnection;
  readonly offerCount: () => number;
  close(): Promise<void>;
}

/** A client of the rooms over the WebRTC engine of Node, as a browser would be. */
export async function openRoom(emulator: Emulator): Promise<RoomClient> {
  const socket = new WebSocket(emulator.channelUrl);
  const peer = new RTCPeerConnection();
  const messages: RoomMessage[] = [];
  const untaken: RoomMessage[] = [];
  const waiting = new Set<() => void>();
  const outgoing = new Map<'audio' | 'video', MediaStreamTrack>();
  const tracks = new Map<string, MediaStreamTrack>();
  let sections: Readonly<Record<string, OfferSection>> = {};
  let requests = 0;
  let offers = 0;
  let queue = Promise.resolve();
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  const send = (message: object | string) => socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  socket.on('error', () => undefined);

  peer.onicecandidate = ({ candidate }) => {
    if (candidate && socket.readyState === socket.OPEN) {
      send({ type: 'candidate', candidate: { candidate: candidate.candidate, sdpMid: candidate.sdpMid, sdpMLineIndex: candidate.sdpMLineIndex } });
    }
  };
  peer.ontrack = ({ track, transceiver }) => tracks.set(String(transceiver.mid), track);

  async function answer(offer: Extract<RoomMessage, { type: 'offer' }>): Promise<void> {
    offers++;
    await peer.setRemoteDescription({ type: 'offer', sdp: offer.sdp });
    for (const transceiver of peer.getTransceivers()) {
      const section = offer.sections[String(transceiver.mid)];
      if (section?.direction !== 'send') continue;
      await transceiver.sender.replaceTrack(outgoing.get(section.media) ?? null);
      transceiver.direction = 'sendonly';
    }
    const description = await peer.createAnswer();
    await peer.setLocalDescription(description);
    sections = offer.sections;
    send({ type: 'answer', offer: offer.offer, sdp: description.sdp ?? '' });
  }

  socket.on('message', (data) => {
    const message: RoomMessage = JSON.parse(String(data));
    messages.push(message);
    if (message.type === 'offer') queue = queue.then(() => answer(message));
    if (message.type === 'candidate') queue = queue.then(() => peer.addIceCandidate(message.candidate).catch(() => undefined));
    untaken.push(message);
    for (const check of [...waiting]) check();
  });

  function take<T extends RoomMessage>(fits: (message: RoomMessage) => message is T): Promise<T> {
    return new Promise((resolve) => {
      const check = () => {
        const found = untaken.find(fits);
        if (!found) return;
        untaken.splice(untaken.indexOf(found), 1);
        waiting.delete(check);
        resolve(found);
      };
      waiting.add(check);
      check();
    });
  }

  await once(socket, 'open');
  return {
    messages,
    closed,
    peer,
    outgoing,
    send,
    sections: () => sections,
    offerCount: () => offers,
    request(request) {
      const number = ++requests;
      send({ ...request, request: number });
      return take((message): message is Extract<RoomMessage, { type: 'done' | 'fail' }> =>
        (message.type === 'done' || message.type === 'fail') && message.request === number,
      );
    },
    next: (type) => take((message): message is Extract<RoomMessage, { type: typeof type }> => message.type === type),
    track(uid, media) {
      const entry = Object.entries(sections).find(([, section]) => section.direction === 'receive' && section.uid === uid && section.media === media);
      return entry && tracks.get(entry[0]);
    },
    async close() {
      socket.close();
      await closed;
      await queue;
      peer.close();
    },
  };
}

export const join = (uid: number, change: { channel?: string; token?: string | null; appId?: string } = {}) =>
  ({ type: 'join', appId: 'app', channel: 'room-1', token: 'tok', uid, ...change }) as const;

/** Hears a track: 10 ms blocks of Int16Array at the rate that the engine gives. */
export function listenTo(track: MediaStreamTrack): { readonly samples: () => Int16Array; readonly rateHz: () => number; stop(): void } {
  const sink = new nonstandard.RTCAudioSink(track);
  const blocks: Int16Array[] = [];
  let rateHz = 0;
  sink.ondata = ({ samples, sampleRate, channelCount }: { samples: Int16Array; sampleRate: number; channelCount: number }) => {
    rateHz = sampleRate;
    blocks.push(channelCount === 1 ? samples.slice() : samples.filter((_, index) => index % channelCount === 0));
  };
  return {
    rateHz: () => rateHz,
    samples() {
      const all = new Int16Array(blocks.reduce((sum, block) => sum + block.length, 0));
      let offset = 0;
      for (const block of blocks) {
        all.set(block, offset);
        offset += block.length;
      }
      return all;
    },
    stop: () => sink.stop(),
  };
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Planes Y, U, V. */
  readonly data: Uint8Array;
}

/** Watches a track and keeps the latest picture. */
export function watch(track: MediaStreamTrack): { readonly count: () => number; readonly latest: () => Picture | null; stop(): void } {
  const sink = new nonstandard.RTCVideoSink(track);
  let count = 0;
  let latest: Picture | null = null;
  sink.onframe = ({ frame }: { frame: Picture }) => {
    count++;
    latest = frame;
  };
  return { count: () => count, latest: () => latest, stop: () => sink.stop() };
}

/** A sound source and its track, for a client that publishes. */
export function createTone(): { readonly track: MediaStreamTrack; start(): () => void } {
  const source = new nonstandard.RTCAudioSource();
  return {
    track: source.createTrack(),
    start() {
      let phase = 0;
      const timer = setInterval(() => {
        const samples = new Int16Array(160);
        for (let i = 0; i < 160; i++) samples[i] = 8000 * Math.sin((2 * Math.PI * 440 * phase++) / 16_000);
        source.onData({ samples, sampleRate: 16_000, bitsPerSample: 16, channelCount: 1, numberOfFrames: 160 });
      }, 10);
      return () => clearInterval(timer);
    },
  };
}

export { nonstandard };
