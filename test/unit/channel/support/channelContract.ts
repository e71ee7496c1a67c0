import { afterEach, describe, expect, it } from 'vitest';
import type { Channel, ChannelConnection, ChannelEvent } from '../../../../src/channel/channel.js';
import { systemClock, type Clock } from '../../../../src/clock/clock.js';
import type { ChannelGrant } from '../../../../src/grant/grant.js';

/** One room, and what a test does from its other side. */
export interface ContractRoom {
  readonly channel: Channel;
  readonly grant: ChannelGrant;
  readonly clock?: Clock;
  makeTrack(kind: 'audio' | 'video'): Promise<MediaStreamTrack> | MediaStreamTrack;
  /** The avatar, uid `grant.avatarUid`, comes in. */
  enterAvatar(): Promise<void> | void;
  leaveAvatar(): Promise<void> | void;
  /** The avatar's side sends this. */
  say(text: string): Promise<void> | void;
  /** What others have received, in order. */
  received(): readonly string[];
  /** What is in the room of this page now: kinds, in no order. */
  published(): readonly string[];
  /** Ends the room for this page, for good. */
  breakDown(): Promise<void> | void;
  /** Releases what the room itself holds. */
  close?(): Promise<void> | void;
}

const encode = (text: string) => new TextEncoder().encode(text);
/** Real rooms take their time, the others answer at the first look. */
const WAIT = { timeout: 10_000 };

/** What every channel does, whatever is behind it. */
export function describeChannelContract(name: string, open: () => Promise<ContractRoom> | ContractRoom): void {
  describe(`the channel contract, kept by ${name}`, () => {
    const cleanUps: (() => unknown)[] = [];
    afterEach(async () => {
      for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
    });

    async function setUp() {
      const room = await open();
      cleanUps.push(() => room.close?.());
      const join = async () => {
        const events: ChannelEvent[] = [];
        const controller = new AbortController();
        const connection: ChannelConnection = await room.channel.join({
          grant: room.grant,
          signal: controller.signal,
          clock: room.clock ?? systemClock,
          onEvent: (event) => events.push(event),
        });
        cleanUps.push(() => connection.leave());
        return { connection, events, types: () => events.map((event) => event.type) };
      };
      return { ...room, join };
    }

    it('says that it is connected before it hands over the connection', async () => {
      const { join } = await setUp();
      const { types } = await join();
      expect(types()).toContain('connect');
    });

    it('does not join once it is aborted', async () => {
      const { channel, grant, clock = systemClock } = await setUp();
      const events: ChannelEvent[] = [];
      await expect(
        channel.join({ grant, clock, signal: AbortSignal.abort(), onEvent: (event) => events.push(event) }),
      ).rejects.toMatchObject({ name: 'AbortError' });
      expect(events).toEqual([]);
    });

    it('delivers data messages in the order in which they were sent, without waiting between them', async () => {
      const { join, enterAvatar, received } = await setUp();
      const { connection, types } = await join();
      await enterAvatar();
      await expect.poll(types, WAIT).toContain('avatar-join');
      await Promise.all(['one', 'two', 'drei und grün'].map((text) => connection.send(encode(text))));
      await expect.poll(received, WAIT).toEqual(['one', 'two', 'drei und grün']);
    });

    it('takes 1,024 bytes, and refuses one more', async () => {
      const { join } = await setUp();
      const { connection } = await join();
      await connection.send(new Uint8Array(1024));
      await expect(connection.send(new Uint8Array(1025))).rejects.toMatchObject({ reason: 'message-too-large' });
    });

    it.each(['{"id":1,"total":2}', '{"_type":"join"}', ' {"_type":"restart_ice","x":1}'])('refuses %s, which nobody would receive', async (text) => {
      const { join } = await setUp();
      const { connection } = await join();
      await expect(connection.send(encode(text))).rejects.toMatchObject({ reason: 'message-invalid' });
    });

    it('passes on what the avatar sends', async () => {
      const { join, enterAvatar, say, grant } = await setUp();
      const { events, types } = await join();
      await enterAvatar();
      await expect.poll(types, WAIT).toContain('avatar-join');
      await say('{"type":"event"}');
      await expect.poll(types, WAIT).toContain('message');
      const message = events.find((event) => event.type === 'message');
      expect(message && [message.uid, new TextDecoder().decode(message.payload)]).toEqual([grant.avatarUid, '{"type":"event"}']);
    });

    it('tells that the avatar comes and goes', async () => {
      const { join, enterAvatar, leaveAvatar, grant } = await setUp();
      const { events, types } = await join();
      await enterAvatar();
      await expect.poll(types, WAIT).toContain('avatar-join');
      await leaveAvatar();
      await expect.poll(types, WAIT).toContain('avatar-leave');
      const moves = events.filter((event) => event.type === 'avatar-join' || event.type === 'avatar-leave');
      expect(moves).toEqual([
        { type: 'avatar-join', uid: grant.avatarUid },
        { type: 'avatar-leave', uid: grant.avatarUid },
      ]);
    });

    it('tells of an avatar that was in the room before', async () => {
      const { join, enterAvatar } = await setUp();
      await enterAvatar();
      const { types } = await join();
      await expect.poll(types, WAIT).toContain('avatar-join');
    });

    it('publishes a track and takes it back, as often as it is told to, and leaves the track running', async () => {
      const { join, makeTrack, published } = await setUp();
      const { connection } = await join();
      const track = await makeTrack('audio');
      const unpublish = await connection.publish(track);
      await expect.poll(published, WAIT).toEqual(['audio']);
      await Promise.all([unpublish(), unpublish()]);
      await expect.poll(published, WAIT).toEqual([]);
      await connection.publish(track);
      await expect.poll(published, WAIT).toEqual(['audio']);
      expect(track.readyState).toBe('live');
    });

    it('keeps the order of a quick publish, take back and publish', async () => {
      const { join, makeTrack, published } = await setUp();
      const { connection } = await join();
      const [first, second] = [await makeTrack('audio'), await makeTrack('audio')];
      const publishing = connection.publish(first);
      const again = publishing.then((unpublish) => unpublish());
      await connection.publish(second);
      await again;
      await expect.poll(published, WAIT).toEqual(['audio']);
    });

    it('shows one picture: a second takes the place of the first, and taking the first back changes nothing', async () => {
      const { join, makeTrack, published } = await setUp();
      const { connection } = await join();
      const [first, second] = [await makeTrack('video'), await makeTrack('video')];
      const unpublishFirst = await connection.publish(first);
      const unpublishSecond = await connection.publish(second);
      await unpublishFirst();
      await expect.poll(published, WAIT).toEqual(['video']);
      await unpublishSecond();
      await expect.poll(published, WAIT).toEqual([]);
      expect([first.readyState, second.readyState]).toEqual(['live', 'live']);
    });

    it('measures in numbers or says that it does not know', async () => {
      const { join } = await setUp();
      const { connection } = await join();
      for (const value of Object.values(await connection.getStats())) expect(value === null || Number.isFinite(value)).toBe(true);
    });

    it('leaves once, takes everything along, and says nothing any more', async () => {
      const { join, makeTrack, published, enterAvatar } = await setUp();
      const { connection, events } = await join();
      const track = await makeTrack('audio');
      const unpublish = await connection.publish(track);
      await Promise.all([connection.leave(), connection.leave()]);
      const before = events.length;
      await expect.poll(published, WAIT).toEqual([]);
      await unpublish();
      await enterAvatar();
      expect(events.slice(before)).toEqual([]);
      expect(track.readyState).toBe('live');
    });

    it('refuses what comes after it has left', async () => {
      const { join, makeTrack } = await setUp();
      const { connection } = await join();
      await connection.leave();
      await expect(connection.send(encode('late'))).rejects.toMatchObject({ reason: 'connection-lost' });
      await expect(connection.publish(await makeTrack('audio'))).rejects.toMatchObject({ reason: 'connection-lost' });
      for (const value of Object.values(await connection.getStats())) expect(value).toBeNull();
    });

    it('says once that the room is gone, and refuses what comes then', async () => {
      const { join, breakDown } = await setUp();
      const { connection, types } = await join();
      await breakDown();
      await expect.poll(types, WAIT).toContain('disconnect');
      await expect(connection.send(encode('late'))).rejects.toMatchObject({ reason: 'connection-lost' });
      await connection.leave();
      expect(types().filter((type) => type === 'disconnect')).toHaveLength(1);
      expect(types().at(-1)).toBe('disconnect');
    });

    it('joins again after it was left, and after it was lost', async () => {
      const { join, breakDown, enterAvatar, received } = await setUp();
      await (await join()).connection.leave();
      const second = await join();
      await breakDown();
      await expect.poll(second.types, WAIT).toContain('disconnect');
      await second.connection.leave();
      const { connection, types } = await join();
      await enterAvatar();
      await expect.poll(types, WAIT).toContain('avatar-join');
      await connection.send(encode('again'));
      await expect.poll(received, WAIT).toEqual(['again']);
    });
  });
}
