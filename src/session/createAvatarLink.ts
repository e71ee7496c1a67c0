import type { AudioBypass } from '../audio/AudioBypass.js';
import type { Clock } from '../clock/clock.js';
import type { Emitter } from '../events/createEmitter.js';
import type { Grant } from '../grant/grant.js';
import type { LeaseState } from '../grant/lease.js';
import type { AvatarConnection, AvatarParams, AvatarRoom, AvatarService, AvatarServiceEvent } from '../services/service.js';
import type { SessionEventMap } from './AvatarSession.js';
import type { SessionEvent } from './SessionEvent.js';

export interface AvatarLinkOptions {
  /** Null: nobody is seen. */
  readonly service: AvatarService | null;
  readonly bypass: AudioBypass | null;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly emitter: Emitter<SessionEventMap>;
  readonly dispatch: (event: SessionEvent) => void;
  /** Read at each connection, so that a reconnect re-sends what was set last. */
  readonly params: () => AvatarParams;
  readonly room: () => Promise<AvatarRoom>;
  /** What was set while it connected could not be set afterwards. */
  readonly onSetFail: (cause: unknown) => void;
}

/** The avatar service of a run. */
export interface AvatarLink {
  readonly connection: AvatarConnection | null;
  open(grant: Grant | null, keepLease: (() => Promise<LeaseState>) | null): Promise<void>;
  close(): Promise<void>;
}

/** Makes a link with nothing open. */
export function createAvatarLink({ service, bypass, clock, signal, emitter, dispatch, params, room, onSetFail }: AvatarLinkOptions): AvatarLink {
  let connection: AvatarConnection | null = null;

  function onEvent(event: AvatarServiceEvent): void {
    if (signal.aborted) return;
    switch (event.type) {
      case 'connect':
        return emitter.emit('avatar-connect', {});
      case 'progress':
        return dispatch({ type: 'avatar-progress', stage: event.stage });
      case 'join':
        return emitter.emit('avatar-join', { channelId: event.channelId });
      case 'speaking':
        return emitter.emit('avatar-speaking', { speaking: event.speaking });
      case 'transcript':
        return dispatch({ type: 'transcript', role: event.role, text: event.text, final: event.final });
      case 'audio-lose':
        return dispatch({ type: 'audio-lose', lostMs: Math.round(event.lostMs) });
      case 'message':
        return emitter.emit('avatar-message', { message: event.message });
      case 'error':
        return emitter.emit('error', { error: event.error });
      case 'disconnect':
        connection = null;
        emitter.emit('avatar-disconnect', { error: event.error });
        dispatch({ type: 'part-fail', part: 'avatar', error: event.error });
        if (event.unsentAudioMs > 0) dispatch({ type: 'audio-lose', lostMs: event.unsentAudioMs });
    }
  }

  return {
    get connection() {
      return connection;
    },
    async open(grant, keepLease) {
      if (!grant || !service) return;
      const given = params();
      const opened = await service.connect({ grant, params: given, room, keepLease, signal, clock, bypass, onEvent });
      if (signal.aborted) return opened.close();
      connection = opened;
      // Set while it connected.
      if (params() !== given) opened.setParams(params()).catch(onSetFail);
    },
    async close() {
      const closing = connection;
      if (!closing) return;
      await closing.close().catch(() => undefined); // a port of the application's own may reject all the same
      connection = null;
      emitter.emit('avatar-disconnect', { error: null });
    },
  };
}
