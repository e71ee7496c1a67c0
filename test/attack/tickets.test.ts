import { describe, expect, it } from 'vitest';
import { RELAY_CLOSE, RELAY_SUBPROTOCOL } from '../../src/grant/relayProtocol.js';
import { eventually, ORIGIN, SECRET } from '../server/serverHarness.js';
import { handshake, openRaw } from './openRaw.js';
import { isSystem, startTarget } from './startTarget.js';
import { renewalOf, respell, ticketOf } from './ticketOf.js';
import { useTarget } from './useTarget.js';

const OTHER_ORIGIN = 'https://admin.example.com';
const OLD_SECRET = 'the-secret-of-last-month-32-bytes-long!';

describe('a relay ticket is refused', () => {
  const target = useTarget((options) => ({ allowedOrigins: [ORIGIN, OTHER_ORIGIN], limits: { ...options.limits, maxMessagesPerSecond: 10_000 } }));
  const refused = async (ticket: string, options?: Parameters<ReturnType<typeof target>['open']>[1]) => (await target().open(ticket, options).closed).code;

  it('when it is replayed while its socket is open', async () => {
    const ticket = ticketOf(await target().grant('mallory'));
    const first = target().open(ticket);
    await first.until(isSystem);
    expect(await refused(ticket)).toBe(RELAY_CLOSE.ticketRefused);
    expect(first.socket.readyState).toBe(first.socket.OPEN);
  });

  it('when it is replayed after its socket was closed', async () => {
    const ticket = ticketOf(await target().grant('mallory'));
    const first = target().open(ticket);
    await first.until(isSystem);
    first.socket.close();
    await first.closed;
    expect(await refused(ticket)).toBe(RELAY_CLOSE.ticketRefused);
  });

  it('all times but one when it is shown fifty times at once', async () => {
    const ticket = ticketOf(await target().grant('mallory'));
    const pages = Array.from({ length: 50 }, () => target().open(ticket));
    await eventually(() => pages.filter(({ socket }) => socket.readyState === socket.CLOSED).length === 49 && target().vendor.sockets.length === 1);
  });

  it('when it is replayed in another spelling of the same bytes', async () => {
    const ticket = ticketOf(await target().grant('mallory'));
    await target().open(ticket).until(isSystem);
    expect(respell(ticket)).not.toBe(ticket);
    expect(await refused(respell(ticket))).toBe(RELAY_CLOSE.ticketRefused);
    expect(target().vendor.sockets).toHaveLength(1);
  });

  it.each([[0, 'header'], [2, 'nonce'], [3, 'content'], [4, 'tag']])('when one bit of part %i is flipped: its %s', async (part) => {
    const parts = ticketOf(await target().grant('mallory')).split('.');
    const bytes = Buffer.from(parts[part] ?? '', 'base64url');
    bytes.writeUInt8(bytes.readUInt8(3) ^ 1, 3);
    parts[part] = bytes.toString('base64url');
    expect(await refused(parts.join('.'))).toBe(RELAY_CLOSE.ticketRefused);
  });

  it('when it is cut, doubled, or has a part too many', async () => {
    const ticket = ticketOf(await target().grant('mallory'));
    for (const bad of [ticket.slice(0, -8), ticket + ticket, `${ticket}.e30`, ticket.split('.').slice(0, 4).join('.'), '.'.repeat(4), '']) expect(await refused(bad)).toBe(RELAY_CLOSE.ticketRefused);
  });

  it('when it is put together from the tickets of two sessions', async () => {
    const [mine, theirs] = [ticketOf(await target().grant('mallory')).split('.'), ticketOf(await target().grant('ada')).split('.')];
    for (const part of [2, 3, 4]) expect(await refused(mine.map((text, index) => (index === part ? theirs[index] : text)).join('.'))).toBe(RELAY_CLOSE.ticketRefused);
  });

  it('when it has expired', async () => {
    const ticket = ticketOf(await target().grant('mallory'));
    target().advance(60_001);
    expect(await refused(ticket)).toBe(RELAY_CLOSE.ticketExpired);
  });

  it('on a page of another origin, even one that may ask, and is not spent by it', async () => {
    const ticket = ticketOf(await target().grant('mallory'));
    expect(await refused(ticket, { origin: OTHER_ORIGIN })).toBe(RELAY_CLOSE.ticketRefused);
    expect(await refused(ticket, { origin: null })).toBe(RELAY_CLOSE.ticketRefused);
    await target().open(ticket).until(isSystem);
  });

  it('on a page that may not ask at all, by a plain 403', async () => {
    const peer = await openRaw(target());
    peer.send(handshake({ ticket: ticketOf(await target().grant('mallory')), headers: { Origin: 'https://evil.example.com' } }));
    expect(await peer.status).toBe(403);
  });

  it('once its session has ended', async () => {
    const grant = await target().grant('mallory');
    await target().ask('/session/end', { body: { renewal: grant.renewal } });
    expect(await refused(ticketOf(grant))).toBe(RELAY_CLOSE.ticketRefused);
  });

  it('when it is a renewal pass', async () => {
    expect(await refused(renewalOf(await target().grant('mallory')))).toBe(RELAY_CLOSE.ticketRefused);
  });

  it('by the very key, when it is a pass of another purpose: each has one of its own', async () => {
    const grant = await target().grant('mallory');
    const keyOf = (pass: string): unknown => (JSON.parse(Buffer.from(pass.split('.')[0] ?? '', 'base64url').toString()) as { kid: unknown }).kid; // What is not JSON fails the test.
    expect(keyOf(ticketOf(grant))).toMatch(/^[0-9a-f]{12}$/);
    expect(keyOf(ticketOf(grant))).not.toBe(keyOf(renewalOf(grant)));
  });

  it('anywhere but in the subprotocols: query, cookie, authorization', async () => {
    const ticket = ticketOf(await target().grant('mallory'));
    const peer = await openRaw(target());
    peer.send(handshake({ path: `/api/avatar/relay?ticket=${ticket}`, headers: { Cookie: `ticket=${ticket}`, Authorization: `Bearer ${ticket}` } }));
    expect(await peer.closed).toMatchObject({ code: RELAY_CLOSE.ticketRefused });
    await target().open(ticket).until(isSystem);
  });

  it('behind one that is wrong, however many are shown', async () => {
    const ticket = ticketOf(await target().grant('mallory'));
    const many = Array.from({ length: 40 }, (_, index) => `ticket.a.b.c.d.${index}`);
    expect(await refused('', { subprotocols: [RELAY_SUBPROTOCOL, ...many, `ticket.${ticket}`] })).toBe(RELAY_CLOSE.ticketRefused);
    expect(target().vendor.sockets).toHaveLength(0);
  });

  it('when it is longer than any that was ever issued', async () => {
    const ticket = ticketOf(await target().grant('mallory'));
    expect(await refused(ticket + 'A'.repeat(9_000))).toBe(RELAY_CLOSE.ticketRefused);
  });

  it('by the node, when it is for the voice service: each ticket leads to its own vendor', async () => {
    const grant = await target().grant('mallory', { avatar: false, voice: { service: 'dve' } });
    const page = target().open(grant.voice?.ticket ?? '');
    page.socket.once('open', () => page.send({ v: 2, type: 'command', mid: 'x', pld: { cmd: 'set-params', data: {} } }));
    expect((await page.closed).code).toBe(RELAY_CLOSE.badRequest);
    expect(target().vendor.sockets).toHaveLength(0);
    expect(target().voice.received).toHaveLength(0);
  });
});

describe('a pass sealed with a secret that was taken out of the options', () => {
  const target = useTarget();

  it('is refused by relay and routes', async () => {
    const before = await startTarget(() => ({ secret: OLD_SECRET }));
    try {
      const grant = await before.grant('mallory');
      expect(await target().open(ticketOf(grant)).closed).toMatchObject({ code: RELAY_CLOSE.ticketRefused });
      for (const route of ['renew', 'keep', 'end']) expect(await target().ask(`/session/${route}`, { body: { renewal: grant.renewal } })).toMatchObject({ status: 401, reason: 'ticket-refused' });
      expect(target().vendor.sockets).toHaveLength(0);
    } finally {
      await before.close();
    }
  });

  it('is opened while that secret stands behind the newer one, which seals', async () => {
    const both = await startTarget(() => ({ secret: [SECRET, OLD_SECRET] }));
    const before = await startTarget(() => ({ secret: OLD_SECRET }));
    try {
      const grant = await before.grant('mallory');
      const renewed = await both.ask('/session/renew', { body: { renewal: grant.renewal } });
      expect(renewed.status).toBe(200);
      const { renewal } = JSON.parse(renewed.text) as { renewal: string }; // Test input.
      expect((await target().ask('/session/end', { body: { renewal } })).status).toBe(204);
    } finally {
      await Promise.all([both.close(), before.close()]);
    }
  });
});
