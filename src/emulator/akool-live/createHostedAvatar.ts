import { AKOOL_API_CODE, AKOOL_LIVE_ACTIONS, AKOOL_LIVE_EXPRESSIONS } from '../../services/akool-live/messages.js';
import type { Clock } from '../../clock/clock.js';
import type { StagedAvatar, Stage } from '../avatar/stage.js';
import { babble } from './babble.js';
import { readDataMessage, type DataMessage } from './readDataMessage.js';

const RETELLING = 1;
/** A sentence comes in parts, as a language model writes it. */
const PART = /.{1,40}/gsu;
const PART_INTERVAL_MS = 80;
/** Texts of one sender that wait for their end. */
const MAX_OPEN = 16;

export interface HostedAvatarOptions {
  readonly stage: Stage;
  readonly clock: Clock;
  readonly appId: string;
  readonly channel: string;
  readonly token: string;
  readonly uid: number;
  /** Chooses the face. */
  readonly slot: number;
  readonly sessionId: string;
  readonly mode: number;
  readonly signal: AbortSignal;
}

/** Puts an avatar into a room that obeys data messages: it repeats or answers chat, and acknowledges commands. */
export async function createHostedAvatar(options: HostedAvatarOptions): Promise<Pick<StagedAvatar, 'leave' | 'notice'>> {
  const { stage, clock, slot, mode: firstMode, ...place } = options;
  const open = new Map<string, Map<number, string>>();
  const ends = new Map<string, number>();
  let mode = firstMode;
  let count = 0;
  let cancelReply = () => {};
  let body: StagedAvatar | null = null;

  function send(message: Readonly<Record<string, unknown>>): void {
    body?.send(new TextEncoder().encode(JSON.stringify({ v: 2, ...message })));
  }

  function say(text: string): void {
    cancelReply();
    body?.interrupt();
    body?.speak(babble(text));
    const mid = `bot-${++count}`;
    const parts = text.match(PART) ?? [];
    const sendPart = (idx: number) => {
      send({ type: 'chat', mid, idx, fin: idx === parts.length - 1, pld: { from: 'bot', text: parts[idx] } });
      if (idx + 1 < parts.length) cancelReply = clock.schedule(() => sendPart(idx + 1), PART_INTERVAL_MS);
    };
    sendPart(0);
  }

  function hear(from: number, { mid, idx, fin, pld }: Extract<DataMessage, { type: 'chat' }>): void {
    const key = `${from} ${mid}`;
    if (!open.has(key) && open.size >= MAX_OPEN) open.clear();
    const parts = open.get(key) ?? new Map<number, string>();
    open.set(key, parts.set(idx, pld.text));
    if (fin) ends.set(key, idx);
    const end = ends.get(key);
    if (end === undefined || parts.size <= end) return;
    open.delete(key);
    ends.delete(key);
    const text = [...parts].sort(([a], [b]) => a - b).map(([, part]) => part).join('');
    say(mode === RETELLING ? text : `You said: ${text}`);
  }

  function obey({ mid, pld: { cmd, data = {} } }: Extract<DataMessage, { type: 'command' }>): void {
    const problem = problemOf(cmd, data);
    if (problem === null && cmd === 'interrupt') {
      cancelReply();
      body?.interrupt();
    }
    if (problem === null && cmd === 'set-params' && typeof data['mode'] === 'number') mode = data['mode'];
    send({ type: 'command', mid, pld: { cmd, code: problem === null ? AKOOL_API_CODE.ok : AKOOL_API_CODE.badParameter, msg: problem ?? 'OK' } });
  }

  body = await stage.enter({
    ...place,
    node: slot,
    onSpeaking: (speaking) => send({ type: 'event', mid: `event-${++count}`, pld: { event: speaking ? 'audio_start' : 'audio_end' } }),
    onMessage(from, payload) {
      const message = readDataMessage(payload);
      if (message?.type === 'chat') hear(from, message);
      else if (message) obey(message);
    },
  });
  const { notice, leave } = body;
  return {
    notice,
    leave() {
      cancelReply();
      leave();
    },
  };
}

/** What is wrong with a command; null when nothing is. */
function problemOf(cmd: string, data: Readonly<Record<string, unknown>>): string | null {
  const isOneOf = (names: readonly string[], value: unknown) => value === undefined || (typeof value === 'string' && names.includes(value));
  switch (cmd) {
    case 'interrupt':
      return null;
    case 'set-params':
      return data['mode'] === undefined || data['mode'] === 1 || data['mode'] === 2 ? null : 'mode must be 1 or 2';
    case 'set-action':
      return isOneOf(AKOOL_LIVE_ACTIONS, data['action']) && isOneOf(AKOOL_LIVE_EXPRESSIONS, data['expression']) ? null : 'unknown action or expression';
    default:
      return `unknown command ${cmd}`;
  }
}
