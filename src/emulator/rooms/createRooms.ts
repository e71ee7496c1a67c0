import type { WebSocket } from 'ws';
import type { Clock } from '../../clock/clock.js';
import type { Faults } from '../faults/createFaults.js';
import { createBrowserMember, type BrowserMember } from './createBrowserMember.js';
import { createRoom, type Room } from './createRoom.js';

export interface RoomsOptions {
  readonly faults: Faults;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

export interface Rooms {
  /** Serves a browser's signalling socket until it closes. */
  accept(socket: WebSocket): void;
  /** The room of an app's channel; made when it does not exist yet. Say `prune` when a member has left. */
  open(appId: string, channel: string): Room;
  /** Forgets rooms in which nobody is left. */
  prune(): void;
  /** The browsers that are connected. */
  browsers(): readonly BrowserMember[];
}

/** Makes the channels of the emulator, all empty. */
export function createRooms({ faults, clock, log }: RoomsOptions): Rooms {
  const rooms = new Map<string, Room>();
  const browsers = new Set<BrowserMember>();

  function open(appId: string, channel: string): Room {
    const key = JSON.stringify([appId, channel]);
    const room = rooms.get(key) ?? createRoom();
    rooms.set(key, room);
    return room;
  }

  /** Not at once: whoever puts the last member out may be about to enter in its place. */
  function prune(): void {
    queueMicrotask(() => {
      for (const [key, room] of rooms) if (room.empty) rooms.delete(key);
    });
  }

  return {
    open,
    prune,
    browsers: () => [...browsers],
    accept(socket) {
      const browser = createBrowserMember({ socket, openRoom: open, onExit: prune, faults, clock, log });
      browsers.add(browser);
      socket.once('close', () => browsers.delete(browser));
    },
  };
}
