import { isAbort } from '../../errors/abort.js';
import { AvatarError } from '../../errors/AvatarError.js';
import { createConnectionLife } from '../createConnectionLife.js';
import type { AvatarConnection, AvatarConnectOptions, AvatarParams, AvatarRoom } from '../service.js';
import type { AkoolLiveSettings } from './akoolLive.js';
import { connectionLost } from './connectionLost.js';
import { createHostedSpeech } from './createHostedSpeech.js';
import { createLiveMessenger, type LiveMessengerEvent } from './createLiveMessenger.js';
import { createStay } from './createStay.js';
import { createTranscriber } from './createTranscriber.js';
import { toLiveAction } from './toLiveAction.js';
import { toLiveParams } from './toLiveParams.js';

/** Waits for the avatar in its room, sets the parameters there, and speaks with it through data messages. */
export async function connectAkoolLive(settings: AkoolLiveSettings, options: AvatarConnectOptions): Promise<AvatarConnection> {
  const { grant, signal, clock, onEvent } = options;
  const admission = grant.avatar;
  if (admission?.service !== 'akool-live') {
    throw new AvatarError('grant-invalid', { message: 'The grant admits to no hosted avatar. Check what the session route was asked for.' });
  }
  const wanted = toLiveParams(options.params);
  let mode: AvatarParams['mode'] = options.params.mode ?? settings.mode;
  let room: AvatarRoom | null = null;

  const life = createConnectionLife({
    signal,
    onEnd(error, wasReady) {
      stay.end();
      messenger.close();
      speech.cut();
      if (wasReady && AvatarError.isInstance(error)) onEvent({ type: 'disconnect', error, unsentAudioMs: 0 });
    },
  });
  const transcriber = createTranscriber((transcript) => onEvent({ type: 'transcript', ...transcript }));
  const messenger = createLiveMessenger({
    clock,
    ackTimeoutMs: settings.ackTimeoutMs,
    send: async (payload) => room?.send(payload),
    onEvent: onMessengerEvent,
  });
  const stay = createStay({ connection: options, lease: admission, settings, life, onPayload: messenger.receive });
  const speech = createHostedSpeech({
    clock,
    mode: () => mode,
    ensureReady,
    send: (piece, stop) => messenger.chat(piece, { signal: stop }),
    silence: interrupt,
  });

  function onMessengerEvent(event: LiveMessengerEvent): void {
    switch (event.type) {
      case 'text':
        return transcriber.push(event);
      case 'speaking':
        speech.onSpeaking(event.speaking);
        return onEvent(event);
      case 'error':
      case 'message':
        return onEvent(event);
    }
  }

  function ensureReady(what: string): void {
    if (!life.isReady) throw connectionLost(what);
  }

  async function interrupt(): Promise<void> {
    ensureReady('the interrupt');
    speech.cut();
    const heard = transcriber.silence();
    try {
      await messenger.interrupt();
    } finally {
      heard();
    }
  }

  await life.connect(async () => {
    room = await stay.meet();
    if (wanted) await messenger.setParams(wanted);
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
    async setParams(params) {
      ensureReady('the parameters');
      const data = toLiveParams(params);
      if (!data) return;
      await messenger.setParams(data);
      mode = params.mode ?? mode;
    },
    async sendText(text) {
      ensureReady('the text');
      const sent = messenger.chat(text);
      if (mode !== 'retelling' && text !== '') transcriber.onTyped(text);
      // An interrupt takes back what has not left yet.
      await sent.catch((error: unknown) => {
        if (!isAbort(error)) throw error;
      });
    },
    sayText: speech.sayText,
    async act(gesture) {
      ensureReady('the gesture');
      await messenger.setAction(toLiveAction(gesture));
    },
    info: () => ({
      service: 'akool-live',
      connected: life.isReady,
      ready: life.isReady,
      sessionId: grant.sessionId,
      avatarId: admission.avatarId,
      channelId: grant.channel?.channel ?? null,
      roundTripMs: messenger.roundTripMs,
      sentAudioMs: 0,
    }),
    // There is no message for leaving: the server closes the vendor's session.
    async close() {
      life.leave();
      life.end(new AvatarError('session-ended', { message: 'The session has ended.' }));
    },
  };
}
