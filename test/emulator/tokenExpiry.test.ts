import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import { afterEach, describe, expect, it } from 'vitest';
import type { RoomMessage } from '../../src/channel/loopback/messages.js';
import { createFaults } from '../../src/emulator/faults/createFaults.js';
import { createRooms } from '../../src/emulator/rooms/createRooms.js';
import { createManualClock } from '../../src/testing/createManualClock.js';

const sockets: EventEmitter[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.emit('close');
});

function setUp() {
  const clock = createManualClock();
  const rooms = createRooms({ faults: createFaults(), clock, log: () => undefined });
  function enter(uid: number, channel = 'room') {
    const received: RoomMessage[] = [];
    const socket = Object.assign(new EventEmitter(), {
      OPEN: 1,
      readyState: 1,
      send: (text: string) => received.push(JSON.parse(text) as RoomMessage), // by the emulator itself
      close: () => socket.emit('close'),
    });
    sockets.push(socket);
    rooms.accept(socket as unknown as WebSocket); // the members that a room touches
    const say = (message: object) => socket.emit('message', Buffer.from(JSON.stringify(message)), false);
    say({ type: 'join', request: 1, appId: 'app', channel, token: 'token', uid });
    return { say, types: () => received.map((message) => (message.type === 'kick' ? `kick ${message.reason}` : message.type)) };
  }
  return { clock, rooms, enter };
}

describe('a token in a room that is about to expire', () => {
  it('puts out who does not renew in time, and nobody else', async () => {
    const { clock, rooms, enter } = setUp();
    const [careful, careless] = [enter(1), enter(2)];
    for (const browser of rooms.browsers()) browser.warnOfExpiry(1000);
    careful.say({ type: 'renew', request: 2, token: 'fresh' });
    await clock.advance(1001);
    expect(careless.types().slice(-3)).toEqual(['token-expire', 'token-expire', 'kick TOKEN_EXPIRE']);
    expect(careful.types().filter((type) => type.startsWith('kick'))).toEqual([]);
    expect(rooms.browsers()).toHaveLength(1);
  });

  it('is only warned of where no time is given', async () => {
    const { clock, rooms, enter } = setUp();
    const member = enter(1);
    for (const browser of rooms.browsers()) browser.warnOfExpiry();
    await clock.advance(600_000);
    expect(member.types().at(-1)).toBe('token-expire');
  });

  it('is told of by the name of its room', () => {
    const { rooms, enter } = setUp();
    enter(1, 'here');
    enter(2, 'there');
    expect(rooms.browsers().map(({ channel }) => channel)).toEqual(['here', 'there']);
  });
});
