/** As Agora's `AgoraRTCStats`, the members that are measured. */
export interface LoopbackRoomStats {
  /** Milliseconds, 0 while unknown. */
  readonly RTT: number;
  /** Bits per second. */
  readonly SendBitrate: number;
  readonly RecvBitrate: number;
  readonly SendBytes: number;
  readonly RecvBytes: number;
  readonly UserCount: number;
}

/** As Agora's `RemoteAudioTrackStats`, the members that are measured. */
export interface LoopbackAudioStats {
  /** Milliseconds. */
  readonly end2EndDelay: number;
  /** 0 to 1 */
  readonly packetLossRate: number;
  readonly receiveBytes: number;
  readonly receivePackets: number;
  readonly receivePacketsLost: number;
}

/** As Agora's `RemoteVideoTrackStats`, the members that are measured. */
export interface LoopbackVideoStats {
  /** 0 to 1 */
  readonly packetLossRate: number;
  /** Share of the time since the last look that the picture stood still, 0 to 1. */
  readonly freezeRate: number;
  readonly receiveBytes: number;
  readonly receivePackets: number;
  readonly receivePacketsLost: number;
  /** Pixels. */
  readonly receiveResolutionWidth: number;
  readonly receiveResolutionHeight: number;
  /** Seconds. */
  readonly totalFreezeTime: number;
}

/** One look at a peer connection, with what Agora's numbers are made of. */
export interface RoomSample {
  readonly timeMs: number;
  readonly roundTripMs: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** By the id of the received track. */
  readonly inbound: ReadonlyMap<string, InboundSample>;
  /** Of what this page sends, 0 to 1; null when it sends no sound. */
  readonly ownLevel: number | null;
}

export interface InboundSample {
  readonly bytes: number;
  readonly packets: number;
  readonly packetsLost: number;
  readonly jitterBufferMs: number;
  readonly freezeSeconds: number;
  readonly width: number;
  readonly height: number;
}

/** An entry of a report, of any type: browsers leave out what they do not measure. */
type Entry = Readonly<Record<string, string | number | boolean | undefined>>;

/** Reads the report of a peer connection. */
export function readRoomSample(report: Iterable<Entry>, timeMs: number): RoomSample {
  const inbound = new Map<string, InboundSample>();
  let [roundTripMs, sentBytes, receivedBytes] = [0, 0, 0];
  let ownLevel: number | null = null;
  for (const entry of report) {
    if (entry.type === 'candidate-pair' && entry.nominated) {
      // Whole milliseconds in Chromium, and on one machine none: 0 would mean that it is unknown.
      if (entry.currentRoundTripTime !== undefined) roundTripMs = Math.max(0.5, number(entry.currentRoundTripTime) * 1000);
      sentBytes += number(entry.bytesSent);
      receivedBytes += number(entry.bytesReceived);
    }
    if (entry.type === 'media-source' && entry.kind === 'audio') ownLevel = number(entry.audioLevel);
    if (entry.type === 'inbound-rtp' && typeof entry.trackIdentifier === 'string') inbound.set(entry.trackIdentifier, readInbound(entry));
  }
  return { timeMs, roundTripMs, sentBytes, receivedBytes, inbound, ownLevel };
}

function readInbound(entry: Entry): InboundSample {
  const emitted = number(entry.jitterBufferEmittedCount);
  return {
    bytes: number(entry.bytesReceived),
    packets: number(entry.packetsReceived),
    packetsLost: Math.max(0, number(entry.packetsLost)),
    jitterBufferMs: emitted > 0 ? (number(entry.jitterBufferDelay) / emitted) * 1000 : 0,
    freezeSeconds: number(entry.totalFreezesDuration),
    width: number(entry.frameWidth),
    height: number(entry.frameHeight),
  };
}

function number(value: Entry[string]): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
