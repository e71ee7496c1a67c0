import type { Bench, BenchResult } from '../scripts/Bench.js';
import { startNginx, startOurs, startPipe, type Contender } from './support/relayContenders.js';
import { akoolForm, dveForm, type RelayForm } from './support/relayForms.js';
import { cpuTimeUs } from './support/relayProcess.js';
import { openRelaySessions, until, type RelaySessions, type Route } from './support/relaySessions.js';
import { startRelayVendor, type Arrivals, type RelayVendor } from './support/relayVendor.js';

const isQuick = process.argv.includes('--quick');
const ROUNDS = isQuick ? 1 : 9;
/** All contenders forward the same number of messages a second, whatever the form: enough to be measured, not enough to be the limit. */
const MESSAGES_PER_S = 8_000;
const ROUND_MS = 2_000;
const WARM_UP_MS = isQuick ? 1_500 : 4_000;
/** The largest number with which the sender, which shares the machine, keeps its own pace. */
const MANY_SESSIONS = [1_000, 500, 250, 100];
const MAX_LATE_MS = 100;
const MANY_MS = isQuick ? 3_000 : 10_000;

const nowUs = (): number => performance.now() * 1_000;

interface Talk {
  readonly sent: number;
  readonly arrivals: Arrivals;
  /** How far the sender fell behind its plan. */
  readonly lateMs: number;
}

/** Sends for a while, and waits for what is on its way. */
async function talk(sessions: RelaySessions, form: RelayForm, vendor: RelayVendor, durationMs: number): Promise<Talk> {
  const arrivals = vendor.expect(form);
  const { sent, lateMs } = await sessions.speak(durationMs, nowUs);
  await until(() => arrivals.messages >= sent, `Only ${arrivals.messages} of ${sent} messages arrived.`);
  return { sent, arrivals, lateMs };
}

type Contenders = Readonly<Record<'ours' | 'pipe' | 'nginx', Contender>>;
const NAMES = ['ours', 'pipe', 'nginx'] as const;

/** Microseconds of processor time for each message. */
async function costOf(contender: Contender, sessions: RelaySessions, form: RelayForm, vendor: RelayVendor): Promise<number> {
  // What opening the sessions, or an earlier round, left behind is not to be cleared away in this one.
  await contender.rssBytes();
  const before = cpuTimeUs(contender.pid);
  const { sent, arrivals } = await talk(sessions, form, vendor, ROUND_MS);
  const spent = cpuTimeUs(contender.pid) - before;
  if (arrivals.misplaced > 0) throw new Error(`${arrivals.misplaced} messages were lost or out of order.`);
  return spent / sent;
}

async function* compareCost(contenders: Contenders, vendor: RelayVendor): AsyncGenerator<BenchResult> {
  for (const form of [akoolForm(), dveForm(20)]) {
    const count = Math.round((MESSAGES_PER_S * form.messageMs) / 1_000);
    const open = (name: keyof Contenders): Promise<RelaySessions> => openRelaySessions(contenders[name], form, count, vendor);
    const sessions = { ours: await open('ours'), pipe: await open('pipe'), nginx: await open('nginx') };
    const costs = { ours: new Array<number>(), pipe: new Array<number>(), nginx: new Array<number>() };
    for (const name of NAMES) await talk(sessions[name], form, vendor, WARM_UP_MS);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const name of NAMES) costs[name].push(await costOf(contenders[name], sessions[name], form, vendor));
    }
    for (const name of NAMES) await sessions[name].close();
    const unit = 'us/message';
    yield { case: `processor time, ${form.name}, beside ws`, ours: median(costs.ours), peer: median(costs.pipe), unit, note: 'peer: a bare pipe of two ws sockets, which checks nothing' };
    yield { case: `processor time, ${form.name}, beside nginx`, ours: median(costs.ours), peer: median(costs.nginx), unit, note: 'peer: proxy_pass with one worker, which sees bytes, not messages' };
  }
}

interface Crowd extends Talk {
  readonly bytesPerSession: number | null;
  readonly cpuShare: number | null;
}

/** As many sessions as a server shall carry, all of them speaking. */
async function crowd(route: Route & Partial<Contender>, vendor: RelayVendor, form: RelayForm, count: number): Promise<Crowd> {
  const before = await route.rssBytes?.();
  const sessions = await openRelaySessions(route, form, count, vendor);
  await talk(sessions, form, vendor, 2_000);
  const cpuBefore = route.pid === undefined ? 0 : cpuTimeUs(route.pid);
  const startedAtUs = nowUs();
  const talked = await talk(sessions, form, vendor, MANY_MS);
  const cpuShare = route.pid === undefined ? null : (cpuTimeUs(route.pid) - cpuBefore) / (nowUs() - startedAtUs);
  const after = await route.rssBytes?.();
  await sessions.close();
  return { ...talked, cpuShare, bytesPerSession: before === undefined || after === undefined ? null : (after - before) / count };
}

async function* compareCrowds(contenders: Contenders, vendor: RelayVendor): AsyncGenerator<BenchResult> {
  const form = dveForm(20);
  const straight: Route = { port: vendor.port, path: '/', subprotocols: () => null };
  const [most = 0, ...fewer] = MANY_SESSIONS;
  let count = most;
  let direct = await crowd(straight, vendor, form, count);
  for (const next of fewer) {
    if (direct.lateMs <= MAX_LATE_MS) break;
    count = next;
    direct = await crowd(straight, vendor, form, count);
  }
  const ours = await crowd(contenders.ours, vendor, form, count);
  const pipe = await crowd(contenders.pipe, vendor, form, count);
  const nginx = await crowd(contenders.nginx, vendor, form, count);
  const name = `${count} sessions, 50 messages/s each`;
  const limit = count < most ? `; with more the sender itself, on this machine, is late by over ${MAX_LATE_MS} ms` : '';
  const load = ({ cpuShare, lateMs }: Crowd): string => `${cpuShare === null ? '' : `processor ${Math.round(cpuShare * 100)} %, `}sender late by up to ${Math.round(lateMs)} ms`;
  yield { case: `${name}: lost or out of order`, ours: ours.sent - ours.arrivals.messages + ours.arrivals.misplaced, peer: null, unit: 'messages', note: `of ${ours.sent}; ${load(ours)}${limit}` };
  for (const part of [0.5, 0.99]) {
    const delay = ({ arrivals }: Talk): number => quantile(arrivals.delaysUs, part) / 1_000;
    const added = (through: Talk): number => delay(through) - delay(direct);
    const percent = `p${Math.round(part * 100)}`;
    yield { case: `${name}: added delay, ${percent}, beside ws`, ours: added(ours), peer: added(pipe), unit: 'ms', note: `direct ${delay(direct).toFixed(2)} ms; ws pipe: ${load(pipe)}` };
    yield { case: `${name}: added delay, ${percent}, beside nginx`, ours: added(ours), peer: added(nginx), unit: 'ms', note: `nginx: ${load(nginx)}` };
  }
  const kilobytes = ({ bytesPerSession }: Crowd): number => (bytesPerSession ?? NaN) / 1_024;
  yield { case: 'memory of a session, beside ws', ours: kilobytes(ours), peer: kilobytes(pipe), unit: 'KiB' };
  yield { case: 'memory of a session, beside nginx', ours: kilobytes(ours), peer: kilobytes(nginx), unit: 'KiB' };
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], part: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? NaN;
}

export default {
  title: 'Audio messages forwarded by our relay, by a bare pipe of two ws sockets, and by nginx, each in a process of its own',
  peers: ['ws'],
  async *run() {
    const vendor = await startRelayVendor(nowUs);
    const started: Contender[] = [];
    const begin = async (start: (vendorPort: number) => Promise<Contender>): Promise<Contender> => {
      const contender = await start(vendor.port);
      started.push(contender);
      return contender;
    };
    try {
      const contenders = { ours: await begin(startOurs), pipe: await begin(startPipe), nginx: await begin(startNginx) };
      yield* compareCost(contenders, vendor);
      yield* compareCrowds(contenders, vendor);
    } finally {
      for (const contender of started) await contender.close();
      await vendor.close();
    }
  },
} satisfies Bench;
