import type { WebSocket } from 'ws';
import type { Clock } from '../../clock/clock.js';
import type { ClientMessage, Media, RoomFailure, RoomMessage, RoomRequest } from '../../channel/loopback/messages.js';
import { AvatarError } from '../../errors/AvatarError.js';
import type { Faults } from '../faults/createFaults.js';
import { textOf } from '../http/textOf.js';
import { loadWebrtc } from '../webrtc/loadWebrtc.js';
import { createPeer, type Peer } from './createPeer.js';
import type { ExitReason, Member, Publication, Room } from './createRoom.js';
import { isTokenRefused } from './isTokenRefused.js';
import { readClientMessage } from './readClientMessage.js';

const MAX_PAYLOAD_BYTES = 1024;
const JOIN_TIMEOUT_MS = 15_000;
const PING_INTERVAL_MS = 15_000;

export interface BrowserMemberOptions {
  readonly socket: WebSocket;
  /** The room of an app's channel; made when it does not exist yet. */
  readonly openRoom: (appId: string, channel: string) => Room;
  /** Called after a member has left: an empty room can go. */
  readonly onExit: () => void;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

export interface BrowserMember {
  /** Name of the room that it has joined. */
  readonly channel: string | null;
  /** @param graceMs puts the member out after that long unless it renews its token; without it the warning is all */
  warnOfExpiry(graceMs?: number): void;
  /** Cuts the socket without a close frame. */
  drop(): void;
}

/** Speaks the room's signalling on one socket, from `join` to the end of the socket. */
export function createBrowserMember(options: BrowserMemberOptions): BrowserMember {
  const { socket, openRoom, onExit, faults, clock, log } = options;
  let place: { readonly room: Room; readonly member: Member; readonly channel: string } | null = null;
  let opening: Promise<Peer> | null = null;
  let peer: Peer | null = null;
  let over = false;
  let cancelExpiry = () => {};
  const subscribed = new Map<Publication, () => void>();
  /** By the request that asked for it. */
  const published = new Map<Media, number>();

  function send(message: RoomMessage): void {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  }

  const fail = (request: number, code: RoomFailure, message: string) => send({ type: 'fail', request, code, message });

  function openPeer(): Promise<Peer> {
    opening ??= loadWebrtc().then((webrtc) => {
      if (over) throw new AvatarError('channel-failed', { message: 'The member has left.' });
      peer = createPeer({ webrtc, clock, send, onFail: (message) => (log(`room: ${message}`), kick('SERVER_ERROR')) });
      return peer;
    });
    return opening;
  }

  function kick(reason: Parameters<Member['kick']>[0]): void {
    send({ type: 'kick', reason });
    end('Quit');
    socket.close(1000, reason);
  }

  function end(reason: ExitReason): void {
    if (over) return;
    over = true;
    cancelJoinTimeout();
    cancelExpiry();
    clearInterval(pinging);
    for (const unsubscribe of subscribed.values()) unsubscribe();
    subscribed.clear();
    peer?.close();
    place?.room.exit(place.member, reason);
    place = null;
    onExit();
  }

  function withdraw(publication: Publication): void {
    if (!subscribed.delete(publication)) return;
    // A failed negotiation has already put this member out.
    void peer?.stopSending(publication).catch(() => undefined);
  }

  function join(message: Extract<RoomRequest, { type: 'join' }>, request: number): void {
    if (place) return fail(request, 'invalid-request', 'This socket has joined already.');
    if (isTokenRefused(message.token) || faults.take('refuse-token', {})) return fail(request, 'token-refused', 'The token has expired or is not valid.');
    const room = openRoom(message.appId, message.channel);
    const uid = message.uid || randomUid();
    const holder = room.member(uid);
    if (holder?.kind === 'avatar') {
      fail(request, 'uid-conflict', `The avatar has uid ${uid}; a browser needs another one.`);
      return onExit();
    }
    holder?.kick('UID_CONFLICT');
    const member: Member = { uid, kind: 'browser', notify: send, withdraw, kick };
    cancelJoinTimeout();
    const users = room.enter(member);
    place = { room, member, channel: message.channel };
    send({ type: 'done', request, uid, users });
  }

  async function subscribe(room: Room, uid: number, media: Media, request: number): Promise<void> {
    const publication = room.publication(uid, media);
    if (!publication) return fail(request, 'no-such-user', `User ${uid} publishes no ${media} in this channel.`);
    if (!subscribed.has(publication)) subscribed.set(publication, countSubscriber(publication));
    await (await openPeer()).send(publication);
    if (room.publication(uid, media) !== publication) return fail(request, 'no-such-user', `User ${uid} has just stopped to publish ${media}.`);
    send({ type: 'done', request });
  }

  async function unsubscribe(room: Room, uid: number, media: Media, request: number): Promise<void> {
    const publication = room.publication(uid, media);
    if (publication) {
      subscribed.get(publication)?.();
      subscribed.delete(publication);
      await peer?.stopSending(publication);
    }
    send({ type: 'done', request });
  }

  async function publish(room: Room, uid: number, media: Media, request: number): Promise<void> {
    if (published.has(media)) return fail(request, 'invalid-request', `This member publishes ${media} already.`);
    published.set(media, request);
    // The member may have unpublished by now, and published anew.
    const isCurrent = () => published.get(media) === request;
    const receiving = openPeer().then((opened) => opened.receive(media));
    receiving.catch(() => isCurrent() && published.delete(media));
    const track = await receiving;
    const { MediaStream } = await loadWebrtc();
    if (over) return;
    if (!isCurrent()) return fail(request, 'invalid-request', `This member has just stopped to publish ${media}.`);
    send({ type: 'done', request });
    room.publish({ uid, media, track, stream: new MediaStream([track]) });
  }

  async function unpublish(room: Room, uid: number, media: Media, request: number): Promise<void> {
    room.unpublish(uid, media);
    if (published.delete(media)) await peer?.stopReceiving(media);
    send({ type: 'done', request });
  }

  function pass(room: Room, uid: number, payload: string, request: number): void {
    if (Buffer.byteLength(payload, 'base64') > MAX_PAYLOAD_BYTES) {
      return fail(request, 'too-large', `A data message holds at most ${MAX_PAYLOAD_BYTES} bytes.`);
    }
    room.broadcast(uid, { type: 'message', uid, payload });
    send({ type: 'done', request });
  }

  function renew(token: string, request: number): void {
    if (isTokenRefused(token) || faults.take('refuse-token', {})) return fail(request, 'token-refused', 'The token has expired or is not valid.');
    cancelExpiry();
    send({ type: 'done', request });
  }

  async function obey(message: ClientMessage): Promise<void> {
    if (message.type === 'answer') return peer?.answer(message.offer, message.sdp);
    if (message.type === 'candidate') return peer?.addCandidate(message.candidate);
    if (message.type === 'leave') {
      end('Quit');
      return socket.close(1000, 'left');
    }
    if (message.type === 'join') return join(message, message.request);
    const { request } = message;
    if (!place) return fail(request, 'not-joined', 'Join a channel first.');
    const { room, member } = place;
    try {
      switch (message.type) {
        case 'subscribe':
          return await subscribe(room, message.uid, message.media, request);
        case 'unsubscribe':
          return await unsubscribe(room, message.uid, message.media, request);
        case 'publish':
          return await publish(room, member.uid, message.media, request);
        case 'unpublish':
          return await unpublish(room, member.uid, message.media, request);
        case 'message':
          return pass(room, member.uid, message.payload, request);
        case 'renew':
          return renew(message.token, request);
      }
    } catch (cause) {
      fail(request, 'negotiation-failed', cause instanceof Error ? cause.message : 'The negotiation failed.');
    }
  }

  let alive = true;
  const pinging = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  }, PING_INTERVAL_MS);
  const cancelJoinTimeout = clock.schedule(() => socket.close(1008, 'no join'), JOIN_TIMEOUT_MS);

  socket.on('pong', () => (alive = true));
  socket.on('error', (error) => log(`room: a member's socket broke: ${error.message}`));
  socket.once('close', () => end('ServerTimeOut'));
  socket.on('message', (data, isBinary) => {
    if (over) return;
    const read = readClientMessage(isBinary ? '' : textOf(data));
    if (read.message) return void obey(read.message);
    if (read.request !== null) return fail(read.request, 'invalid-request', read.reason);
    socket.close(1008, 'unreadable message');
  });

  return {
    get channel() {
      return place?.channel ?? null;
    },
    warnOfExpiry(graceMs) {
      send({ type: 'token-expire', expired: false });
      cancelExpiry();
      if (graceMs === undefined) return;
      cancelExpiry = clock.schedule(() => {
        send({ type: 'token-expire', expired: true });
        kick('TOKEN_EXPIRE');
      }, graceMs);
    },
    drop: () => socket.terminate(),
  };
}

/** Counts a subscriber in; the returned function counts it out. */
function countSubscriber(publication: Publication): () => void {
  publication.onSubscribers?.(1);
  return () => publication.onSubscribers?.(-1);
}

function randomUid(): number {
  return 1 + Math.floor(Math.random() * 0x7fff_fffe);
}
