import type { WebSocket } from 'ws';
import type { AkoolServerMessage } from '../../services/akool-streaming/messages.js';
import type { Clock } from '../../clock/clock.js';
import { isAbort } from '../../errors/abort.js';
import type { StagedAvatar, Stage } from '../avatar/stage.js';
import type { Faults, FaultRequest } from '../faults/createFaults.js';
import { createWire } from '../faults/createWire.js';
import { textOf } from '../http/textOf.js';
import type { SessionRecord } from '../sessions/createSessionLog.js';
import { NODE_ERROR, readNodeMessage, readSetParams, type AgoraPlace, type NodeMessage } from './readNodeMessage.js';
import { readReadmeAuth, readReadmeMessage } from './readReadmeMessage.js';

const SLOW_ACK_MS = 2000;
const DEFAULT_ERROR_CODE = 5000;

export interface NodeConnectionOptions {
  readonly socket: WebSocket;
  readonly sessionId: string;
  /** Index of the node. */
  readonly node: number;
  /** `readme`: the client has begun with the forms of the vendor's README. */
  readonly forms: 'v2' | 'readme';
  readonly record: SessionRecord;
  readonly stage: Stage;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

export interface NodeConnection {
  readonly sessionId: string;
  /** Lets a fault of the kind that acts at once happen to this connection. */
  strike(fault: FaultRequest): void;
}

/**
 * Speaks the streaming avatar's protocol on one accepted socket, until the socket goes.
 * @see specs of the `akool-streaming-avatar` Python package 0.1.8, `websocket_client.py`
 */
export function createNodeConnection(options: NodeConnectionOptions): NodeConnection {
  const { socket, sessionId, node, record, stage, faults, clock, log } = options;
  const scope = { vendor: 'akool-streaming', node, session: sessionId } as const;
  const wire = createWire({ socket, faults, scope, clock });
  const gone = new AbortController();
  /** Ends every wait; a slow connection may have many of them. */
  const waits = new Set<() => void>();
  let avatar: StagedAvatar | null = null;
  let room: string | null = null;
  // Parameters are applied one after the other: a second set-params waits until the first has joined.
  let applying = Promise.resolve();
  let messageCount = 0;
  let { forms } = options;
  let isFirst = forms === 'v2';

  function send(type: AkoolServerMessage['type'], pld: Readonly<Record<string, unknown>>): void {
    wire.send(JSON.stringify({ v: 2, type, mid: `${type}-${Date.now()}-${++messageCount}`, pld }));
  }

  const sendError = (code: number, message: string) => send('error', { error_code: code, error_message: message });

  function wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const finish = () => {
        cancel();
        waits.delete(finish);
        resolve();
      };
      const cancel = clock.schedule(finish, delayMs);
      waits.add(finish);
    });
  }

  /** Resolves with whether the command is to be carried out, once the ack is out (or withheld). */
  async function acknowledge(mid: string, problem: string | null): Promise<boolean> {
    const failure = problem ?? (faults.take('failed-ack', scope) ? 'The command failed (fault failed-ack).' : null);
    const slow = faults.take('slow-ack', scope);
    if (slow) await wait(slow.delayMs ?? SLOW_ACK_MS);
    if (!faults.take('no-ack', scope)) {
      send('ack', failure === null ? { original_mid: mid, status: 'success' } : { original_mid: mid, status: 'error', message: failure });
    }
    return failure === null;
  }

  async function applyParams(mid: string, payload: unknown): Promise<void> {
    // The socket may have gone while this waited for its turn.
    if (gone.signal.aborted) return;
    const params = readSetParams(payload);
    const problem = typeof params === 'string' ? params : !params.agora && !avatar ? 'metadata.agora_data is required before the avatar has joined.' : null;
    const accepted = await acknowledge(mid, problem);
    if (!accepted || typeof params === 'string' || gone.signal.aborted) return;
    record.update({ params: params.data });
    if (params.agora) await appear(params.agora);
  }

  async function appear(agora: AgoraPlace): Promise<void> {
    const wanted = JSON.stringify([agora.appid, agora.channel_id, agora.uid]);
    if (avatar && room === wanted) return;
    if (faults.take('no-agora-connected', scope)) return;
    disappear();
    try {
      const entered = await stage.enter({
        appId: agora.appid,
        channel: agora.channel_id,
        token: agora.token,
        uid: agora.uid,
        node,
        sessionId,
        onSpeaking: (speaking) => record.update({ speaking }),
        signal: gone.signal,
      });
      if (gone.signal.aborted) return entered.leave();
      avatar = entered;
      room = wanted;
      record.update({ state: 'joined', channel: agora.channel_id, uid: agora.uid });
      send('system', { status: 'agora_connected', channel_id: agora.channel_id });
      if (entered.notice) sendError(NODE_ERROR.noPicture, entered.notice);
    } catch (cause) {
      if (isAbort(cause)) return;
      const reason = cause instanceof Error ? cause.message : 'unknown failure';
      log(`node ${node}: the avatar of session ${sessionId} could not join: ${reason}`);
      sendError(NODE_ERROR.joinFailed, `The avatar could not join the channel: ${reason}`);
    }
  }

  function disappear(): void {
    avatar?.leave();
    avatar = null;
    room = null;
    // The report goes on naming the channel: a test wants to know where the avatar was.
    record.update({ speaking: false, state: 'connected' });
  }

  /** A client with a key in its header may introduce itself all the same, and then speaks as the README does. */
  function read(text: string): NodeMessage | null {
    if (isFirst && readReadmeAuth(text)) forms = 'readme';
    else return (forms === 'readme' ? readReadmeMessage(text) : null) ?? readNodeMessage(text);
    return null;
  }

  function hear(samples: Int16Array): void {
    if (!avatar) return sendError(NODE_ERROR.notJoined, 'Audio came before agora_connected: send set-params and wait for it.');
    record.addAudio(samples);
    avatar.speak(samples);
  }

  async function interrupt(mid: string): Promise<void> {
    // Silence first: a withheld or late ack must not keep the avatar talking.
    const failed = faults.find('failed-ack', scope);
    if (!failed) {
      avatar?.interrupt();
      record.countInterrupt();
    }
    await acknowledge(mid, null);
  }

  async function takeLeave(mid: string): Promise<void> {
    if (!(await acknowledge(mid, null)) || gone.signal.aborted) return;
    disappear();
    socket.close(1000, 'left');
  }

  function obey(message: NodeMessage): void {
    switch (message.kind) {
      case 'set-params':
        record.addCommand(message.mid, message.kind);
        applying = applying.then(() => applyParams(message.mid, message.payload));
        return;
      case 'appear':
        applying = applying.then(() => (gone.signal.aborted ? undefined : appear(message.agora)));
        return;
      case 'interrupt':
        record.addCommand(message.mid, message.kind);
        return void interrupt(message.mid);
      case 'leave':
        record.addCommand(message.mid, message.kind);
        return void takeLeave(message.mid);
      case 'audio':
        return hear(message.samples);
      case 'ping':
        if (!faults.take('no-pong', scope)) send('pong', {});
        return;
      case 'invalid':
        return sendError(message.code, message.reason);
    }
  }

  function strike(fault: FaultRequest): void {
    switch (fault.fault) {
      case 'error-code':
        return sendError(fault.code ?? DEFAULT_ERROR_CODE, 'Something went wrong (fault error-code).');
      case 'malformed-message':
        return wire.send('{"v":2,"type":');
      default:
        wire.strike(fault);
    }
  }

  socket.on('message', (data, isBinary) => {
    for (const name of ['error-code', 'malformed-message'] as const) {
      const armed = faults.take(name, scope);
      if (armed) strike(armed);
    }
    const binary = { kind: 'invalid', code: NODE_ERROR.invalidMessage, reason: 'The message is binary; send JSON text.' } as const;
    const message = isBinary ? binary : read(textOf(data));
    isFirst = false;
    if (message) obey(message);
  });
  socket.on('error', (error) => log(`node ${node}: socket of session ${sessionId}: ${error.message}`));
  socket.once('close', (code) => {
    gone.abort();
    for (const finish of [...waits]) finish();
    disappear();
    record.close(code);
    log(`node ${node}: session ${sessionId} closed with ${code}`);
  });
  if (!faults.take('no-websocket-connected', scope)) send('system', { status: 'websocket_connected' });
  return { sessionId, strike };
}
