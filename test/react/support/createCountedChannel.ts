import type { Channel, ChannelEvent } from '../../../src/channel/channel.js';
import { createFakeChannel, type FakeChannel } from '../../../src/testing/createFakeChannel.js';
import { AvatarError } from '../../../src/errors/AvatarError.js';

/** Rooms of one session, and how they were used. */
export interface CountedChannel extends Channel {
  readonly joins: number;
  /** Rooms that were left, and rooms that were lost. */
  readonly leaves: number;
  readonly live: number;
  /** The most that were joined at once. */
  readonly mostLive: number;
  emit(event: ChannelEvent): void;
  refuseNext(): void;
}

/** A new room for every join, so that one that is not left is seen. */
export function createCountedChannel(): CountedChannel {
  let rooms: readonly FakeChannel[] = [];
  let isRefused = false;
  let joins = 0;
  let leaves = 0;
  let mostLive = 0;
  const live = (): number => rooms.filter((room) => room.joined).length;
  return {
    kind: 'fake',
    get joins() {
      return joins;
    },
    get leaves() {
      return leaves;
    },
    get live() {
      return live();
    },
    get mostLive() {
      return mostLive;
    },
    emit(event) {
      const joined = rooms.filter((room) => room.joined);
      if (event.type === 'disconnect') leaves += joined.length;
      for (const room of joined) room.emit(event);
    },
    refuseNext() {
      isRefused = true;
    },
    async join(options) {
      const room = createFakeChannel();
      if (isRefused) {
        isRefused = false;
        room.refuseNext(new AvatarError('channel-failed', { message: 'Full.' }));
      }
      const connection = await room.join(options);
      rooms = [...rooms, room];
      joins += 1;
      mostLive = Math.max(mostLive, live());
      return {
        ...connection,
        async leave() {
          if (room.joined) leaves += 1;
          await connection.leave();
        },
      };
    },
  };
}
