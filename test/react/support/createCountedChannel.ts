import type { Channel, ChannelEvent } from '../../../src/channel/channel.js';
import { createFakeChannel, type FakeChannel } from '../../../src/testing/createFakeChannel.js';
import { AvatarError } from '../../../src/errors/AvatarError.js';

const JOIN_MS = 5;
const LEAVE_MS = 5;
const SLOW_LEAVE_MS = 400;

/** The rooms of one place in a page, and how they were used. */
export interface CountedChannel extends Channel {
  readonly joins: number;
  /** Rooms that were left, and rooms that were lost. */
  readonly leaves: number;
  readonly live: number;
  /** The most that were joined, being joined or not left yet, at any moment. */
  readonly mostLive: number;
  emit(event: ChannelEvent): void;
  refuseNext(): void;
  /** The next leave takes 400 ms, or never comes to an end. */
  delayNextLeave(how: 'slow' | 'hangs'): void;
}

/** A new room for every join, so that one that is not left is seen. */
export function createCountedChannel(): CountedChannel {
  let rooms: readonly FakeChannel[] = [];
  let isRefused = false;
  let nextLeave: 'soon' | 'slow' | 'hangs' = 'soon';
  let joins = 0;
  let leaves = 0;
  let open = 0;
  let mostLive = 0;
  return {
    kind: 'fake',
    get joins() {
      return joins;
    },
    get leaves() {
      return leaves;
    },
    get live() {
      return rooms.filter((room) => room.joined).length;
    },
    get mostLive() {
      return mostLive;
    },
    emit(event) {
      const joined = rooms.filter((room) => room.joined);
      if (event.type === 'disconnect') {
        leaves += joined.length;
        open -= joined.length;
      }
      for (const room of joined) room.emit(event);
    },
    refuseNext() {
      isRefused = true;
    },
    delayNextLeave(how) {
      nextLeave = how;
    },
    async join(options) {
      const room = createFakeChannel();
      if (isRefused) {
        isRefused = false;
        room.refuseNext(new AvatarError('channel-failed', { message: 'Full.' }));
      }
      open += 1;
      mostLive = Math.max(mostLive, open);
      const connection = await after(JOIN_MS)
        .then(() => room.join(options))
        .catch((cause: unknown) => {
          open -= 1;
          throw cause;
        });
      rooms = [...rooms, room];
      joins += 1;
      let leaving: Promise<void> | null = null;
      const leave = async (): Promise<void> => {
        const how = nextLeave;
        nextLeave = 'soon';
        if (how === 'hangs') await new Promise(() => undefined);
        await after(how === 'slow' ? SLOW_LEAVE_MS : LEAVE_MS);
        // Lost in the meantime, or before.
        if (room.joined) {
          leaves += 1;
          open -= 1;
        }
        await connection.leave();
      };
      return { ...connection, leave: () => (leaving ??= leave()) };
    },
  };
}

const after = (durationMs: number) => new Promise<void>((resolve) => void setTimeout(resolve, durationMs));
