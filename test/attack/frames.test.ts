import { describe, expect, it } from 'vitest';
import { RELAY_CLOSE } from '../../src/grant/relayProtocol.js';
import { eventually } from '../server/serverHarness.js';
import { frame } from './frames.js';
import { handshake, openRaw, type RawPeer } from './openRaw.js';
import { ticketOf } from './ticketOf.js';
import { useTarget } from './useTarget.js';

const PROTOCOL_ERROR = 1_002;
const NOT_UTF8 = 1_007;
const TOO_LARGE = 1_009;
const EVIL = 'EVIL';
const audio = (text: string | Uint8Array): Buffer => Buffer.concat([Buffer.from('{"v":2,"type":"chat","mid":"a","pld":{"audio":"'), Buffer.from(text), Buffer.from('"}}')]);

const target = useTarget();

/** An admitted page whose node has its socket. */
async function admitted(): Promise<RawPeer> {
  const known = target().vendor.sockets.length;
  const peer = await openRaw(target());
  peer.send(handshake({ ticket: ticketOf(await target().grant('mallory')) }));
  await eventually(() => target().vendor.sockets.length === known + 1);
  return peer;
}

/** Sends, and expects one of the codes, a node that is free again, and that it saw nothing of it. */
async function expectClosed(bytes: Uint8Array | readonly Uint8Array[], codes: readonly number[]): Promise<void> {
  const peer = await admitted();
  for (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) peer.send(chunk);
  expect(codes).toContain((await peer.closed).code);
  const node = target().vendor.sockets[0];
  await eventually(() => node?.socket.readyState === 3 && target().relay.connections === 0);
  expect(node?.received.join()).not.toContain(EVIL);
}

describe('a relay connection is closed, and its node freed, on', () => {
  it.each<[string, Uint8Array | readonly Uint8Array[], readonly number[]]>([
    ['a text that is not masked', frame({ payload: EVIL, isMasked: false }), [PROTOCOL_ERROR]],
    ['a ping that is not masked', frame({ opcode: 9, payload: EVIL, isMasked: false }), [PROTOCOL_ERROR]],
    ['the first reserved bit: compression that nobody agreed upon', frame({ payload: EVIL, reserved: 4 }), [PROTOCOL_ERROR]],
    ['the second reserved bit', frame({ payload: EVIL, reserved: 2 }), [PROTOCOL_ERROR]],
    ['the third reserved bit', frame({ payload: EVIL, reserved: 1 }), [PROTOCOL_ERROR]],
    ['a reserved bit on a ping', frame({ opcode: 9, reserved: 4 }), [PROTOCOL_ERROR]],
    ['an opcode for data that does not exist', frame({ opcode: 3, payload: EVIL }), [PROTOCOL_ERROR]],
    ['an opcode for control that does not exist', frame({ opcode: 11, payload: EVIL }), [PROTOCOL_ERROR]],
    ['a length of 2^63', frame({ claimedLength: 2n ** 63n }), [PROTOCOL_ERROR, TOO_LARGE]],
    ['a length of 2^64 - 1', frame({ claimedLength: 2n ** 64n - 1n }), [PROTOCOL_ERROR, TOO_LARGE]],
    ['a length of 2^53', frame({ claimedLength: 2n ** 53n }), [PROTOCOL_ERROR, TOO_LARGE, RELAY_CLOSE.messageTooLarge]],
    ['a length of 4 GB', frame({ claimedLength: 2n ** 32n }), [TOO_LARGE, RELAY_CLOSE.messageTooLarge]],
    ['a binary frame with a length of 1 GB', frame({ opcode: 2, claimedLength: 2n ** 30n }), [TOO_LARGE, RELAY_CLOSE.messageTooLarge]],
    ['a ping in fragments', frame({ opcode: 9, payload: EVIL, isFinal: false }), [PROTOCOL_ERROR]],
    ['a close in fragments', frame({ opcode: 8, isFinal: false }), [PROTOCOL_ERROR]],
    ['a ping of 126 bytes', frame({ opcode: 9, payload: EVIL.padEnd(126) }), [PROTOCOL_ERROR]],
    ['a pong of 64 KB', frame({ opcode: 10, payload: EVIL.padEnd(65_536) }), [PROTOCOL_ERROR, TOO_LARGE]],
    ['a ping whose length takes 64 bits', frame({ opcode: 9, claimedLength: 4n }), [PROTOCOL_ERROR, TOO_LARGE]],
    ['a continuation of nothing', frame({ opcode: 0, payload: EVIL }), [PROTOCOL_ERROR]],
    ['a text in the middle of another', [frame({ payload: EVIL, isFinal: false }), frame({ payload: EVIL })], [PROTOCOL_ERROR]],
    ['bytes in the middle of a text', [frame({ payload: EVIL, isFinal: false }), frame({ opcode: 2, payload: EVIL })], [PROTOCOL_ERROR]],
    ['a text that is no UTF-8', frame({ payload: Buffer.from([0xff, 0xfe]) }), [NOT_UTF8, PROTOCOL_ERROR]],
    ['a slash in overlong UTF-8', frame({ payload: Buffer.from([0xc0, 0xaf]) }), [NOT_UTF8, PROTOCOL_ERROR]],
    ['half a surrogate pair in UTF-8', frame({ payload: Buffer.from([0xed, 0xa0, 0x80]) }), [NOT_UTF8, PROTOCOL_ERROR]],
    ['a code point beyond Unicode', frame({ payload: Buffer.from([0xf4, 0x90, 0x80, 0x80]) }), [NOT_UTF8, PROTOCOL_ERROR]],
    ['a text that ends within a character', frame({ payload: Buffer.from([0x41, 0xe2, 0x82]) }), [NOT_UTF8, PROTOCOL_ERROR]],
    ['audio that is no UTF-8, for which the node would be blamed', frame({ payload: audio(Buffer.concat([Buffer.from(EVIL), Buffer.from([0xff, 0xfe])])) }), [NOT_UTF8, PROTOCOL_ERROR, RELAY_CLOSE.badRequest]],
    ...[0, 999, 1_004, 1_005, 1_006, 1_015, 2_999, 5_000, 65_535].map((code): [string, Uint8Array, readonly number[]] => {
      const payload = Buffer.alloc(2);
      payload.writeUInt16BE(code);
      return [`a close with the code ${code}`, frame({ opcode: 8, payload }), [PROTOCOL_ERROR]];
    }),
    ['a close with half a code', frame({ opcode: 8, payload: Buffer.from([3]) }), [PROTOCOL_ERROR]],
    ['a close whose reason is no UTF-8', frame({ opcode: 8, payload: Buffer.from([3, 232, 0xff, 0xfe]) }), [NOT_UTF8, PROTOCOL_ERROR]],
    ['a close of 126 bytes', frame({ opcode: 8, payload: Buffer.concat([Buffer.from([3, 232]), Buffer.alloc(124, 65)]) }), [PROTOCOL_ERROR]],
  ])('%s', async (_attack, bytes, codes) => expectClosed(bytes, codes));
});

describe('a flood ends the connection:', () => {
  const FRAMES = 60_000;
  const TOO_FAST = [RELAY_CLOSE.rateLimited, RELAY_CLOSE.badRequest, TOO_LARGE, RELAY_CLOSE.messageTooLarge, 1_008, PROTOCOL_ERROR];
  const repeat = (bytes: Buffer, times: number): Buffer => Buffer.concat(Array.from({ length: times }, () => bytes));

  it.each<[string, readonly Uint8Array[]]>([
    ['of tiny texts', [repeat(frame({ payload: '{}' }), FRAMES)]],
    ['of empty texts', [repeat(frame(), FRAMES)]],
    ['of tiny audio', [repeat(frame({ payload: audio('A') }), FRAMES)]],
    ['of bytes', [repeat(frame({ opcode: 2, payload: 'A' }), FRAMES)]],
    ['of pings', [repeat(frame({ opcode: 9, payload: 'A'.repeat(125) }), FRAMES)]],
    ['of pongs that nobody asked for', [repeat(frame({ opcode: 10 }), FRAMES)]],
    ['of continuations of one byte', [frame({ isFinal: false, payload: 'A' }), repeat(frame({ opcode: 0, isFinal: false, payload: 'A' }), FRAMES)]],
    ['of empty continuations', [frame({ isFinal: false, payload: 'A' }), repeat(frame({ opcode: 0, isFinal: false }), FRAMES)]],
    ['of pings between the fragments of one message', [frame({ isFinal: false, payload: 'A' }), repeat(frame({ opcode: 9 }), FRAMES)]],
    ['of fragments that make a message too large', [frame({ isFinal: false, payload: audio('A'.repeat(60_000)) }), repeat(frame({ opcode: 0, isFinal: false, payload: 'A'.repeat(60_000) }), 20)]],
  ])('%s', async (_attack, chunks) => {
    const peer = await admitted();
    for (const chunk of chunks) peer.send(chunk);
    expect(TOO_FAST).toContain((await peer.closed).code);
    await eventually(() => target().relay.connections === 0);
    expect(target().vendor.sockets[0]?.received.length).toBeLessThan(2_000);
  });

  it('of pings from a page that reads no pongs, which do not heap up here', async () => {
    const peer = await admitted();
    peer.socket.pause();
    peer.send(repeat(frame({ opcode: 9, payload: 'A'.repeat(125) }), FRAMES));
    await eventually(() => target().relay.connections === 0);
    peer.socket.resume();
    await peer.closed;
    expect(peer.bytes().length).toBeLessThan(FRAMES * 125 / 10);
  });
});

it('What comes after a close is not heard', async () => {
  const peer = await admitted();
  peer.send(Buffer.concat([frame({ opcode: 8, payload: Buffer.from([3, 232]) }), frame({ payload: audio(EVIL) }), frame({ payload: audio(EVIL) })]));
  await peer.closed;
  await eventually(() => target().relay.connections === 0);
  expect(target().vendor.sockets[0]?.received.join()).not.toContain(EVIL);
});

it('No page can bring a node into disrepute by breaking the protocol', async () => {
  for (const bytes of [frame({ isMasked: false }), frame({ reserved: 7 }), frame({ payload: Buffer.from([0xff]) }), frame({ claimedLength: 2n ** 63n })]) {
    const peer = await admitted();
    peer.send(bytes);
    await peer.closed;
    await eventually(() => target().relay.connections === 0);
  }
  const [health] = (await target().options.ledger?.readNodes([`127.0.0.1:${target().vendor.port}`])) ?? [];
  expect(health?.failures).toBe(0);
});
