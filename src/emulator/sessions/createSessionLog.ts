import type { AkoolSetParamsData } from '../../services/akool-streaming/messages.js';
import type { EmulatedVendor } from '../faults/createFaults.js';
import { createRecording, type Recording } from './createRecording.js';

/** Sample rate of everything that a node, an assistant or a hosted avatar hears. */
export const NODE_SAMPLE_RATE_HZ = 16_000;
const MAX_RECORDED_MS = 30 * 60_000;
const MAX_RECORDS = 50;
const MAX_COMMANDS = 200;
/** All recordings together: two hours are 230 MB. */
const MAX_TOTAL_SAMPLES = 2 * 60 * 60 * NODE_SAMPLE_RATE_HZ;

/** What `GET /_emulator/sessions` says about one connection to a node or an assistant, or one hosted session. Holds no token. */
export interface SessionReport {
  readonly vendor: EmulatedVendor;
  /** The socket's session_id; the assistant_id of a voice socket; the id of a hosted session. */
  readonly id: string;
  /** Counts the connections with this id, from 1. */
  readonly connection: number;
  /** Index of the node; null for a voice and a hosted avatar. */
  readonly node: number | null;
  /** The assistant's id for a voice. */
  readonly avatarId: string;
  readonly state: 'connected' | 'joined' | 'closed';
  readonly channel: string | null;
  readonly uid: number | null;
  readonly receivedMs: number;
  readonly receivedBytes: number;
  readonly chunks: number;
  /** Pictures that an assistant was shown. */
  readonly images: number;
  /** Texts that a hosted avatar was sent, each counted once whatever its parts. */
  readonly texts: number;
  /** True while the avatar or the assistant can be heard. */
  readonly speaking: boolean;
  readonly interrupts: number;
  /** Which commands came, oldest first: the latest 200, with the mid that the client gave each. Empty for a voice. */
  readonly commands: readonly { readonly mid: string; readonly cmd: string }[];
  /** `data` of the last set-params. */
  readonly params: AkoolSetParamsData | Readonly<Record<string, unknown>> | null;
  /** True when the recording reached its bound: audio.wav then lacks the end. */
  readonly audioCut: boolean;
  /** ISO 8601. */
  readonly openedAt: string;
  readonly closedAt: string | null;
  /** Null for a hosted session, which has no socket. */
  readonly closeCode: number | null;
}

/** One connection, written to by whoever serves it. */
export interface SessionRecord {
  report(): SessionReport;
  update(change: Partial<Pick<SessionReport, 'state' | 'channel' | 'uid' | 'speaking' | 'params'>>): void;
  addAudio(samples: Int16Array): void;
  addCommand(mid: string, cmd: string): void;
  countInterrupt(): void;
  countImage(): void;
  countText(): void;
  /** Idempotent. */
  close(code: number | null): void;
  readonly recording: Recording;
}

export interface SessionLog {
  open(start: Pick<SessionReport, 'vendor' | 'id' | 'node' | 'avatarId'>): SessionRecord;
  list(): readonly SessionReport[];
  /** @param connection - which one of that id, from 1; the latest when left out. */
  find(id: string, connection?: number): SessionRecord | null;
}

/** Makes the memory of who was connected, bounded in number and in recorded audio. */
export function createSessionLog(): SessionLog {
  let records: readonly SessionRecord[] = [];
  const connections = new Map<string, number>();

  function forgetOldest(): void {
    const total = () => records.reduce((sum, record) => sum + record.recording.sampleCount, 0);
    while (records.length > MAX_RECORDS || total() > MAX_TOTAL_SAMPLES) {
      const oldest = records.find((record) => record.report().state === 'closed');
      if (!oldest) return;
      records = records.filter((record) => record !== oldest);
      const { id } = oldest.report();
      if (!records.some((record) => record.report().id === id)) connections.delete(id);
    }
  }

  return {
    open(start) {
      const connection = (connections.get(start.id) ?? 0) + 1;
      connections.set(start.id, connection);
      const record = createSessionRecord({ ...start, connection });
      records = [...records, record];
      forgetOldest();
      return record;
    },
    list: () => records.map((record) => record.report()),
    find: (id, connection) =>
      records.findLast((record) => {
        const report = record.report();
        return report.id === id && (connection === undefined || report.connection === connection);
      }) ?? null,
  };
}

function createSessionRecord(start: Pick<SessionReport, 'vendor' | 'id' | 'connection' | 'node' | 'avatarId'>): SessionRecord {
  const recording = createRecording((MAX_RECORDED_MS / 1000) * NODE_SAMPLE_RATE_HZ);
  let receivedSamples = 0;
  let report: SessionReport = {
    ...start,
    state: 'connected',
    channel: null,
    uid: null,
    receivedMs: 0,
    receivedBytes: 0,
    chunks: 0,
    images: 0,
    texts: 0,
    speaking: false,
    interrupts: 0,
    commands: [],
    params: null,
    audioCut: false,
    openedAt: new Date().toISOString(),
    closedAt: null,
    closeCode: null,
  };
  return {
    recording,
    report: () => report,
    update(change) {
      report = { ...report, ...change };
    },
    addAudio(samples) {
      recording.append(samples);
      receivedSamples += samples.length;
      report = {
        ...report,
        receivedMs: (receivedSamples * 1000) / NODE_SAMPLE_RATE_HZ,
        receivedBytes: receivedSamples * 2,
        chunks: report.chunks + 1,
        audioCut: recording.cut,
      };
    },
    addCommand(mid, cmd) {
      report = { ...report, commands: [...report.commands.slice(1 - MAX_COMMANDS), { mid, cmd }] };
    },
    countInterrupt() {
      report = { ...report, interrupts: report.interrupts + 1 };
    },
    countImage() {
      report = { ...report, images: report.images + 1 };
    },
    countText() {
      report = { ...report, texts: report.texts + 1 };
    },
    close(code) {
      if (report.state === 'closed') return;
      report = { ...report, state: 'closed', speaking: false, closedAt: new Date().toISOString(), closeCode: code };
    },
  };
}
