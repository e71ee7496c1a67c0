import type { LoopbackUser } from './LoopbackClient.js';
import { readRoomSample, type InboundSample, type LoopbackAudioStats, type LoopbackRoomStats, type LoopbackVideoStats, type RoomSample } from './readRoomStats.js';
import { qualityOf } from './qualityOf.js';

/** Looked at as often as Agora's SDK does. */
const SAMPLE_INTERVAL_MS = 1000;
/** Agora's interval of `network-quality`. */
const QUALITY_INTERVAL_MS = 2000;

export interface RoomMeterOptions {
  readonly getStats: () => Promise<RTCStatsReport>;
  readonly users: () => readonly LoopbackUser[];
  readonly onQuality: (quality: { uplinkNetworkQuality: number; downlinkNetworkQuality: number }) => void;
}

/** Measures the connection of one stay in a room, until it is stopped. */
export interface RoomMeter {
  room(): LoopbackRoomStats;
  audio(): Record<string, LoopbackAudioStats>;
  video(): Record<string, LoopbackVideoStats>;
  /** What this page sends, as loud as it was at the last look, 0 to 1; null when it sends no sound. */
  ownLevel(): Promise<number | null>;
  stop(): void;
}

const NOTHING: RoomSample = { timeMs: 0, roundTripMs: 0, sentBytes: 0, receivedBytes: 0, inbound: new Map(), ownLevel: null };

/** Begins to measure. */
export function createRoomMeter({ getStats, users, onQuality }: RoomMeterOptions): RoomMeter {
  let [before, last] = [NOTHING, NOTHING];
  let stopped = false;

  async function read(): Promise<RoomSample> {
    const entries: Parameters<typeof readRoomSample>[0] extends Iterable<infer Entry> ? Entry[] : never = [];
    (await getStats()).forEach((entry: (typeof entries)[number]) => entries.push(entry));
    return readRoomSample(entries, performance.now());
  }

  async function sample(): Promise<void> {
    const next = await read().catch(() => null); // the connection has just been closed
    if (next && !stopped) [before, last] = [last, next];
  }

  function tellQuality(): void {
    const losses = [...last.inbound.values()].map(lossRate);
    const quality = qualityOf(last.roundTripMs, Math.max(0, ...losses));
    onQuality({ uplinkNetworkQuality: qualityOf(last.roundTripMs, 0), downlinkNetworkQuality: quality });
  }

  /** Bits per second between the last two looks. */
  function rate(now: number, then: number): number {
    const seconds = (last.timeMs - before.timeMs) / 1000;
    return before === NOTHING || seconds <= 0 ? 0 : Math.max(0, ((now - then) * 8) / seconds);
  }

  function perUser<T>(trackOf: (user: LoopbackUser) => { getMediaStreamTrack(): MediaStreamTrack } | undefined, toStats: (now: InboundSample, then: InboundSample | undefined) => T): Record<string, T> {
    const stats: Record<string, T> = {};
    for (const user of users()) {
      const id = trackOf(user)?.getMediaStreamTrack().id ?? '';
      const now = last.inbound.get(id);
      if (now) stats[user.uid] = toStats(now, before.inbound.get(id));
    }
    return stats;
  }

  const sampling = setInterval(() => void sample(), SAMPLE_INTERVAL_MS);
  const telling = setInterval(tellQuality, QUALITY_INTERVAL_MS);
  return {
    room: () => ({
      RTT: last.roundTripMs,
      SendBitrate: rate(last.sentBytes, before.sentBytes),
      RecvBitrate: rate(last.receivedBytes, before.receivedBytes),
      SendBytes: last.sentBytes,
      RecvBytes: last.receivedBytes,
      UserCount: users().length + 1,
    }),
    audio: () =>
      perUser(
        (user) => user.audioTrack,
        (now) => ({ ...counts(now), end2EndDelay: last.roundTripMs / 2 + now.jitterBufferMs }),
      ),
    video: () =>
      perUser(
        (user) => user.videoTrack,
        (now, then) => ({
          ...counts(now),
          freezeRate: then ? share(now.freezeSeconds - then.freezeSeconds, (last.timeMs - before.timeMs) / 1000) : 0,
          totalFreezeTime: now.freezeSeconds,
          receiveResolutionWidth: now.width,
          receiveResolutionHeight: now.height,
        }),
      ),
    ownLevel: async () => (await read().catch(() => last)).ownLevel, // closed: as it was
    stop() {
      stopped = true;
      clearInterval(sampling);
      clearInterval(telling);
    },
  };
}

function counts(sample: InboundSample) {
  return { receiveBytes: sample.bytes, receivePackets: sample.packets, receivePacketsLost: sample.packetsLost, packetLossRate: lossRate(sample) };
}

function lossRate({ packets, packetsLost }: InboundSample): number {
  return share(packetsLost, packets + packetsLost);
}

function share(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0;
}
