import { afterEach, describe, expect, it } from 'vitest';
import { hostedGrant, startHosted, type HostedGrant, type HostedHarness } from './hostedHarness.js';

let server: HostedHarness;
const start = async (...args: Parameters<typeof startHosted>): Promise<HostedHarness> => (server = await startHosted(...args));
afterEach(() => server.close());

const keep = async ({ renewal }: HostedGrant, more: object = {}) => (await server.post('/session/keep', { renewal, ...more })).json();
const end = ({ renewal }: HostedGrant) => server.post('/session/end', { renewal });

describe('POST /session/renew', () => {
  const renew = async ({ renewal }: HostedGrant, more: object = {}) => hostedGrant(await (await server.post('/session/renew', { renewal, ...more })).json());

  it('keeps the session at the vendor while it lives, with fresh tokens for the same seat', async () => {
    await start();
    const grant = await server.grant();
    server.clock.advance(60_000);
    const again = await renew(grant);
    const { token: firstToken, tokenExpiresAt: _first, ...seat } = grant.channel;
    const { token, tokenExpiresAt: _again, ...seatAgain } = again.channel;
    expect(seatAgain).toEqual(seat);
    expect(token).not.toBe(firstToken);
    expect(again).toMatchObject({ sessionId: grant.sessionId, avatar: grant.avatar });
    expect(server.vendor.sessions).toHaveLength(1);
    server.clock.advance(80_000);
    expect(server.vendor.open()).toHaveLength(1);
  });

  it('asks the vendor for the way into its own room', async () => {
    await start(() => ({ akoolLive: { room: 'vendor' } }));
    const grant = await server.grant();
    const again = await renew(grant);
    expect(again.channel).toMatchObject({ channel: grant.channel.channel, uid: 77 });
    server.vendor.hidesCredentials = true;
    expect(await server.refusal('/session/renew', { renewal: grant.renewal, needs: 'channel' })).toMatchObject({ reason: 'channel-token-expired', retryable: true });
    // Without a way in, another session has to be opened.
    expect((await renew(again)).channel.channel).toBe('room-vs2');
    expect(server.vendor.open()).toMatchObject([{ id: 'vs2' }]);
    expect(server.vendor.mostOpen).toBe(1);
  });

  it('renews the channel alone without a word to the vendor where the room is ours', async () => {
    await start();
    const grant = await server.grant();
    const response = await server.post('/session/renew', { renewal: grant.renewal, needs: 'channel' });
    const answer: unknown = await response.json();
    expect(answer).toMatchObject({ channel: { channel: grant.channel.channel, uid: grant.channel.uid } });
    expect(answer).not.toHaveProperty('avatar');
    expect(server.vendor.calls.map(({ name }) => name)).toEqual(['create']);
  });

  it.each([
    ['failed', () => ({ status: 4 })],
    ['was closed by the vendor', () => ({ isClosed: true })],
  ])('opens another in the same seat, for what is left of the time, when the first one %s', async (_case, change) => {
    await start();
    const grant = await server.grant({ voiceId: 'v1' });
    Object.assign(server.vendor.sessions[0] ?? {}, change());
    server.clock.advance(60_000);
    const again = await renew(grant);
    expect(again.channel).toMatchObject({ channel: grant.channel.channel, uid: grant.channel.uid, avatarUid: grant.channel.avatarUid });
    expect(again.avatar.endsAt).toBe(grant.avatar.endsAt);
    expect(server.vendor.sessions[1]?.body).toMatchObject({ duration: 540, voice_id: 'v1' });
    expect(server.vendor.open()).toMatchObject([{ id: 'vs2' }]);
    expect(server.vendor.mostOpen).toBe(1);
    // The pass of before still leads to the one that is open.
    expect(await keep(grant, { wants: 'status' })).toMatchObject({ status: 'queueing' });
    await end(grant);
    expect(server.vendor.open()).toEqual([]);
  });

  it('opens no other while the first one cannot be closed', async () => {
    await start();
    const grant = await server.grant();
    Object.assign(server.vendor.sessions[0] ?? {}, { status: 4 });
    server.vendor.intercept = ({ name }) => (name === 'close' ? { code: 1218 } : undefined);
    expect(await server.refusal('/session/renew', { renewal: grant.renewal })).toMatchObject({ reason: 'avatar-unreachable', retryable: true });
    expect(server.vendor.sessions).toHaveLength(1);
    expect(await keep(grant)).toMatchObject({ status: 'failed' });
    server.vendor.intercept = () => undefined;
    await renew(grant);
    expect(server.vendor.open()).toMatchObject([{ id: 'vs2' }]);
    expect(server.vendor.mostOpen).toBe(1);
  });

  it('goes one at a time, so that there are never two', async () => {
    await start();
    const grant = await server.grant();
    Object.assign(server.vendor.sessions[0] ?? {}, { status: 4 });
    const answers = await Promise.all(Array.from({ length: 4 }, () => server.post('/session/renew', { renewal: grant.renewal })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 503)).toHaveLength(3);
    expect(server.vendor.mostOpen).toBe(1);
    expect(server.vendor.open()).toHaveLength(1);
  });

  it('lets no late keep take the closed one up again while another is opened', async () => {
    await start();
    const grant = await server.grant();
    Object.assign(server.vendor.sessions[0] ?? {}, { status: 4 });
    let kept: unknown;
    server.vendor.intercept = async ({ name }) => {
      if (name === 'create') kept = await keep(grant);
      return undefined;
    };
    await renew(grant);
    expect(kept).toMatchObject({ status: 'failed' });
    server.vendor.intercept = () => undefined;
    await end(grant);
    expect(server.vendor.open()).toEqual([]);
    server.clock.advance(3_600_000);
    expect(await server.ledger.vendorSessions.listDue(10)).toEqual([]);
  });

  it('leaves nothing open when the session is ended meanwhile', async () => {
    await start();
    const grant = await server.grant();
    Object.assign(server.vendor.sessions[0] ?? {}, { status: 4 });
    server.vendor.intercept = async ({ name }) => {
      if (name === 'create') await end(grant);
      return undefined;
    };
    expect(await server.refusal('/session/renew', { renewal: grant.renewal })).toMatchObject({ reason: 'session-ended' });
    expect(server.vendor.sessions).toHaveLength(2);
    expect(server.vendor.open()).toEqual([]);
  });

  it('leaves nothing open when its page hangs up meanwhile', async () => {
    await start();
    const grant = await server.grant();
    Object.assign(server.vendor.sessions[0] ?? {}, { status: 4 });
    const page = new AbortController();
    server.vendor.intercept = ({ name }) => (name === 'create' ? (page.abort(), undefined) : undefined);
    await server.post('/session/renew', { renewal: grant.renewal }, { signal: page.signal });
    expect(server.vendor.open()).toEqual([]);
    server.vendor.intercept = () => undefined;
    await renew(grant);
    expect(server.vendor.open()).toHaveLength(1);
  });

  it('is refused when the time is over', async () => {
    await start(() => ({ akoolLive: { session: { durationSeconds: 60 } } }));
    const grant = await server.grant();
    server.clock.advance(60_000);
    expect(await server.refusal('/session/renew', { renewal: grant.renewal })).toMatchObject({ reason: 'session-ended' });
    expect(server.vendor.sessions).toHaveLength(1);
  });
});
