import { openRelaySocket } from '../../audio-socket/openRelaySocket.js';
import { relayCloseError } from '../../audio-socket/relayCloseError.js';
import { withTimeout } from '../../clock/withTimeout.js';
import { abortReason } from '../../errors/abort.js';
import { AvatarError } from '../../errors/AvatarError.js';
import { RELAY_UPSTREAM_OPEN } from '../../grant/relayProtocol.js';
import { createConnectionLife } from '../createConnectionLife.js';
import type { AvatarConnection, AvatarConnectOptions, AvatarParams } from '../service.js';
import type { AkoolChatRoomSettings } from './akoolChatRoom.js';
import { encodeChatRoomQuestion, parseChatRoomFrame } from './chatRoom.js';
import { checkChatRoomParams } from './chatRoomParams.js';
import { connectionLost } from './connectionLost.js';
import { createAnswers } from './createAnswers.js';
import { createHostedSpeech } from './createHostedSpeech.js';
import { createHush } from './createHush.js';
import { createStay } from './createStay.js';
import { createTranscriber } from './createTranscriber.js';
import { LIVE_MODE } from './toLiveParams.js';

/** Longer than an answer takes to be spoken, shorter than a user waits for sound. */
const HUSH_MS = 30_000;

/** Opens the relay socket, and is ready when it is open and the avatar is in its room. */
export async function connectAkoolChatRoom(settings: AkoolChatRoomSettings, options: AvatarConnectOptions): Promise<AvatarConnection> {
  const { grant, signal, clock, onEvent } = options;
  const admission = grant.avatar;
  if (admission?.service !== 'akool-chat-room') {
    throw new AvatarError('grant-invalid', { message: 'The grant admits to no chat room. Check what the session route was asked for.' });
  }
  const { peer } = admission;
  if (signal.aborted) throw abortReason(signal);
  checkChatRoomParams(options.params);
  let params: AvatarParams = { voiceId: settings.voiceId, language: settings.language, mode: settings.mode, ...options.params };
  const mode = () => params.mode ?? 'dialogue';
  let count = 0;

  const socket = openRelaySocket({
    admission,
    WebSocket: settings.WebSocket,
    onMessage,
    onClose: ({ code }) => life.end(errorOfClose(code)),
  });
  const life = createConnectionLife({
    signal,
    onEnd(error, wasReady) {
      stay.end();
      speech.cut();
      answers.drop();
      hush.end();
      socket.close();
      if (wasReady && AvatarError.isInstance(error)) onEvent({ type: 'disconnect', error, unsentAudioMs: 0 });
    },
  });
  // Nothing is said in the room itself.
  const stay = createStay({ connection: options, lease: admission, settings, life, onPayload: () => undefined });
  const transcriber = createTranscriber((transcript) => onEvent({ type: 'transcript', ...transcript }));
  const answers = createAnswers(clock, transcriber.push);
  const hush = createHush(clock, HUSH_MS);
  const speech = createHostedSpeech({
    clock,
    mode,
    ensureReady,
    send: async (piece) => ask(piece),
    // What has left is said to its end: only a session that interrupts keeps its room silent meanwhile.
    silence: async () => undefined,
  });

  function onMessage(data: string | ArrayBuffer): void {
    // Not the vendor's word but the relay's.
    if (life.isOver || data === RELAY_UPSTREAM_OPEN) return;
    try {
      const { raw, answer } = parseChatRoomFrame(typeof data === 'string' ? data : new TextDecoder().decode(data));
      onEvent({ type: 'message', message: raw });
      if (answer && (answer.from === '' || answer.from === peer)) answers.push(answer);
    } catch (error) {
      if (!AvatarError.isInstance(error)) throw error;
      onEvent({ type: 'error', error });
    }
  }

  function ensureReady(what: string): void {
    if (!life.isReady) throw connectionLost(what);
  }

  function ask(question: string): void {
    ensureReady('the text');
    const messageId = `msg-${Date.now()}-${++count}`;
    const { voiceId, voiceUrl, language } = params;
    const frame = encodeChatRoomQuestion(peer, { messageId, question, mode: LIVE_MODE[mode()], voiceId, voiceUrl, language });
    hush.end();
    answers.begin(messageId);
    socket.send(frame);
  }

  /** There is no command for it: the page keeps the room silent, and what still comes is not written down. */
  async function interrupt(): Promise<void> {
    ensureReady('the interrupt');
    speech.cut();
    answers.drop();
    const heard = transcriber.silence();
    await hush.keep();
    heard();
  }

  await life.connect(async () => {
    const opened = withTimeout(life.unlessOver(socket.opened), clock, settings.connectTimeoutMs, () =>
      new AvatarError('avatar-timeout', { message: `The relay could not be reached within ${settings.connectTimeoutMs / 1000} s. Try again.` }),
    );
    await Promise.all([opened, stay.meet()]);
  });
  stay.settle();
  onEvent({ type: 'connect' });
  onEvent({ type: 'join', channelId: grant.channel?.channel ?? '' });

  return {
    // It hears the microphone's track in the room.
    inputFormat: null,
    sendAudio: () => 0,
    flushAudio: () => undefined,
    interrupt,
    async setParams(next) {
      ensureReady('the parameters');
      checkChatRoomParams(next);
      params = { ...params, ...next };
    },
    async sendText(text) {
      ask(text);
      if (mode() !== 'retelling') transcriber.onTyped(text);
    },
    sayText: speech.sayText,
    info: () => ({
      service: 'akool-chat-room',
      connected: life.isReady,
      ready: life.isReady,
      sessionId: grant.sessionId,
      avatarId: admission.avatarId,
      channelId: grant.channel?.channel ?? null,
      roundTripMs: null,
      sentAudioMs: 0,
    }),
    async close() {
      life.leave();
      life.end(new AvatarError('session-ended', { message: 'The session has ended.' }));
      await socket.gone;
    },
  };
}

function errorOfClose(code: number): AvatarError {
  return (
    relayCloseError(code, 'chat room') ??
    new AvatarError('connection-lost', { message: 'The connection to the chat room was lost.', context: { code } })
  );
}
