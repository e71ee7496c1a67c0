import { describe, expect, it } from 'vitest';
import { eventually } from '../server/serverHarness.js';
import { renewalOf, ticketOf } from './ticketOf.js';
import { useTarget } from './useTarget.js';

const statuses = (answers: readonly { readonly status: number }[]): Record<number, number> =>
  answers.reduce<Record<number, number>>((counts, { status }) => ({ ...counts, [status]: (counts[status] ?? 0) + 1 }), {});
const times = <Value>(count: number, make: (index: number) => Promise<Value>): Promise<Value[]> => Promise.all(Array.from({ length: count }, (_, index) => make(index)));

describe('the limit of sessions at the same time holds', () => {
  const target = useTarget(({ limits }) => ({ limits: { ...limits, maxSessionsPerSubject: 5 } }));

  it('when fifty are started at once', async () => {
    expect(statuses(await times(50, () => target().ask('/session')))).toEqual({ 201: 5, 429: 45 });
  });

  it('when fifty are started at once with the vendor, which opens no more than that', async () => {
    expect(statuses(await times(50, () => target().ask('/session', { body: { service: 'akool-live' } })))).toEqual({ 201: 5, 429: 45 });
    expect(target().live.mostOpen).toBe(5);
  });

  it('over all services together, and under any name', async () => {
    const services = [{}, { service: 'akool-live' }, { service: 'akool-chat-room' }, { avatar: false, voice: { service: 'dve' } }, { sessionId: 'x' }];
    expect(statuses(await times(40, (index) => target().ask('/session', { body: services[index % services.length] })))).toEqual({ 201: 5, 429: 35 });
  });

  it('when the vendor refuses what was started: a failure gives its place back, and no more', async () => {
    target().live.intercept = ({ name }) => (name === 'create' ? { code: 1215, msg: 'busy' } : undefined);
    expect(statuses(await times(20, () => target().ask('/session', { body: { service: 'akool-live' } })))).not.toHaveProperty('201');
    target().live.intercept = () => undefined;
    expect(statuses(await times(20, () => target().ask('/session')))).toEqual({ 201: 5, 429: 15 });
  });

  it('when one session is ended fifty times at once: that makes one place', async () => {
    const [first] = await times(5, () => target().grant('mallory'));
    expect(statuses(await times(50, () => target().ask('/session/end', { body: { renewal: first?.renewal } })))).toEqual({ 204: 50 });
    expect(statuses(await times(20, () => target().ask('/session')))).toEqual({ 201: 1, 429: 19 });
  });

  it('when an ended session is renewed or kept, which brings nothing back', async () => {
    const grants = await times(5, () => target().grant('mallory', { service: 'akool-live' }));
    for (const { renewal } of grants) await target().ask('/session/end', { body: { renewal } });
    for (const route of ['renew', 'keep']) expect(statuses(await times(5, (index) => target().ask(`/session/${route}`, { body: { renewal: grants[index]?.renewal } })))).toEqual({ 410: 5 });
    expect(target().live.open()).toEqual([]);
    expect(statuses(await times(20, () => target().ask('/session')))).toEqual({ 201: 5, 429: 15 });
  });

  it('when one session is renewed fifty times at once: it has one connection, and one place', async () => {
    const grant = await target().grant('mallory');
    const renewals = await times(50, () => target().ask('/session/renew', { body: { renewal: renewalOf(grant) } }));
    const tickets = renewals.filter(({ status }) => status === 200).map(({ text }) => ticketOf(JSON.parse(text) as typeof grant)); // Test input.
    expect(tickets.length).toBeGreaterThan(0);
    const pages = tickets.map((ticket) => target().open(ticket));
    await eventually(() => pages.filter(({ socket }) => socket.readyState === socket.CLOSED).length === tickets.length - 1 && target().relay.connections === 1);
    await eventually(() => target().vendor.sockets.filter(({ socket }) => socket.readyState === socket.OPEN).length === 1);
  });

  it('when a hosted session is renewed fifty times at once: the vendor never has two', async () => {
    const grant = await target().grant('mallory', { service: 'akool-live' });
    await times(50, () => target().ask('/session/renew', { body: { renewal: renewalOf(grant) } }));
    expect(target().live.mostOpen).toBe(1);
  });
});

describe('the limit of grants a minute holds', () => {
  const target = useTarget(() => ({ limits: { maxGrantsPerMinute: 10, maxSessionsPerSubject: 1_000 } }));

  it('when a hundred are asked for at once', async () => {
    const answers = await times(100, () => target().ask('/session'));
    expect(statuses(answers)).toEqual({ 201: 10, 429: 90 });
    expect(Number(answers.find(({ status }) => status === 429)?.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('for starts and renewals together', async () => {
    const grant = await target().grant('mallory');
    await times(20, () => target().ask('/session/renew', { body: { renewal: renewalOf(grant), needs: 'channel' } }));
    expect(await target().ask('/session')).toMatchObject({ status: 429, reason: 'rate-limited' });
  });

  it('for requests that are wrong', async () => {
    await times(20, () => target().ask('/session', { body: '{' }));
    expect(await target().ask('/session')).toMatchObject({ status: 429 });
  });

  it('however the same person writes the header that says who it is', async () => {
    await times(10, () => target().ask('/session'));
    for (const name of ['Authorization', 'AUTHORIZATION']) expect(await target().ask('/session', { user: null, headers: { authorization: null, [name]: 'Bearer mallory' } })).toMatchObject({ status: 429 });
    for (const header of ['x-forwarded-for', 'x-real-ip', 'forwarded']) expect(await target().ask('/session', { headers: { [header]: '203.0.113.9' } })).toMatchObject({ status: 429 });
  });
});

describe('the limit of all together holds', () => {
  const target = useTarget(() => ({ limits: { maxSessions: 8, maxSessionsPerSubject: 5, maxGrantsPerMinute: 1_000 } }));

  it('when many subjects start at once', async () => {
    const answers = await times(60, (index) => target().ask('/session', { user: `mallory-${index % 12}` }));
    expect(statuses(answers)).toEqual({ 201: 8, 429: 52 });
    for (const { status, text } of answers) if (status === 201) await target().ask('/session/end', { body: JSON.parse(text) as unknown });
  });
});

describe('a session that is over stays over', () => {
  const target = useTarget(() => ({ maxSessionMs: 600_000 }));

  it('however often it is renewed before', async () => {
    let { renewal } = await target().grant('mallory');
    for (let minutes = 0; minutes < 9; minutes += 1) {
      target().advance(60_000);
      const answer = await target().ask('/session/renew', { body: { renewal } });
      ({ renewal } = JSON.parse(answer.text) as { renewal: string }); // Test input.
    }
    target().advance(60_001);
    expect(await target().ask('/session/renew', { body: { renewal } })).toMatchObject({ status: 410, reason: 'session-ended' });
  });
});
