import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { createPrometheusMetrics } from '../../../src/server.js';
import { COUNTERS, DURATIONS, GAUGES } from '../../../src/server/metrics/serverSeries.js';

const linesOf = async (metrics: { read(): Promise<string> }): Promise<string[]> => (await metrics.read()).split('\n');

describe('metrics for Prometheus', () => {
  it('counts by labels, and by more than one', async () => {
    const metrics = await createPrometheusMetrics();
    metrics.count('requests', { route: '/session', status: 201 });
    metrics.count('requests', { route: '/session', status: 201 });
    metrics.count('relayBytes', { target: 'dve', direction: 'up' }, 4_096);
    metrics.count('sessionsEnded', {});
    const lines = await linesOf(metrics);
    expect(lines).toContain('visavis_requests_total{route="/session",status="201"} 2');
    expect(lines).toContain('visavis_relay_bytes_total{target="dve",direction="up"} 4096');
    expect(lines).toContain('visavis_sessions_ended_total 1');
    expect(metrics.contentType).toMatch(/^text\/plain; version=0\.0\.4/);
  });

  it('takes milliseconds and shows seconds, within borders that fit the duration', async () => {
    const metrics = await createPrometheusMetrics();
    metrics.observe('request', { route: '/session' }, 30);
    metrics.observe('relayConnection', { target: 'akool-streaming' }, 90_000);
    const lines = await linesOf(metrics);
    expect(lines).toContain('visavis_request_duration_seconds_bucket{le="0.025",route="/session"} 0');
    expect(lines).toContain('visavis_request_duration_seconds_bucket{le="0.05",route="/session"} 1');
    expect(lines).toContain('visavis_request_duration_seconds_sum{route="/session"} 0.03');
    expect(lines).toContain('visavis_relay_connection_duration_seconds_bucket{le="60",target="akool-streaming"} 0');
    expect(lines).toContain('visavis_relay_connection_duration_seconds_bucket{le="180",target="akool-streaming"} 1');
  });

  it('asks gauges when somebody looks, adds up who answers, and forgets who has stopped', async () => {
    const metrics = await createPrometheusMetrics();
    let open = 3;
    const stop = metrics.gauge('relayConnections', () => open);
    metrics.gauge('relayConnections', () => 4);
    metrics.gauge('relayConnections', () => {
      throw new Error('broken');
    });
    expect(await linesOf(metrics)).toContain('visavis_relay_connections 7');
    open = 5;
    expect(await linesOf(metrics)).toContain('visavis_relay_connections 9');
    stop();
    expect(await linesOf(metrics)).toContain('visavis_relay_connections 4');
    expect(await linesOf(metrics)).toContain('visavis_hosted_open 0');
  });

  it('never throws, whatever amount it is given', async () => {
    const metrics = await createPrometheusMetrics();
    metrics.count('relayBytes', { target: 'dve', direction: 'up' }, Number.NaN);
    metrics.count('relayBytes', { target: 'dve', direction: 'up' }, -1);
    metrics.observe('request', { route: '/session' }, Infinity);
    expect((await metrics.read()).match(/^visavis_relay_bytes_total\{|^visavis_request_duration_seconds_count\{/gm)).toBeNull();
  });

  it('bounds the values of a label, so that nobody can make a series of each visitor', async () => {
    const metrics = await createPrometheusMetrics();
    for (let code = 3_000; code < 4_000; code++) metrics.count('relayClosed', { target: 'dve', code });
    metrics.count('relayClosed', { target: 'x'.repeat(10_000), code: 3_000 });
    const lines = (await linesOf(metrics)).filter((line) => line.startsWith('visavis_relay_closed_total{'));
    expect(lines).toHaveLength(64 + 1 + 1);
    expect(lines).toContain('visavis_relay_closed_total{target="dve",code="other"} 936');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(200);
  });

  it('writes every value so that it stays one line', async () => {
    const metrics = await createPrometheusMetrics();
    metrics.count('limited', { limit: 'a"\nb\\' });
    expect(await linesOf(metrics)).toContain('visavis_limited_total{limit="a\\"\\nb\\\\"} 1');
  });

  it('shows each series once, named as its kind is', async () => {
    const text = await (await createPrometheusMetrics()).read();
    const names = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', kind = '']) => [name, kind] as const);
    expect(names).toHaveLength(Object.keys({ ...COUNTERS, ...DURATIONS, ...GAUGES }).length);
    for (const [name, kind] of names) {
      expect(name).toMatch(/^visavis_[a-z_]+$/);
      expect(name.endsWith('_total')).toBe(kind === 'counter');
      expect(name.endsWith('_seconds')).toBe(kind === 'histogram');
    }
  });

  it('shows the process when asked to, under another prefix, in a registry of the app', async () => {
    const registry = new Registry();
    const metrics = await createPrometheusMetrics({ prefix: 'shop_', processMetrics: true, registry });
    metrics.count('hostedReaped', {});
    expect(await registry.metrics()).toContain('shop_hosted_reaped_total 1');
    expect(await metrics.read()).toContain('shop_process_resident_memory_bytes');
    await expect(createPrometheusMetrics({ prefix: 'shop-1 ' })).rejects.toMatchObject({ reason: 'server-misconfigured' });
  });

  it('keeps two of them apart', async () => {
    const [one, other] = [await createPrometheusMetrics(), await createPrometheusMetrics()];
    one.count('sessionsEnded', {});
    expect(await linesOf(other)).not.toContain('visavis_sessions_ended_total 1');
  });
});
