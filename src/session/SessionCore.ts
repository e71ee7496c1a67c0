import type { AudioStream } from '../audio/AudioStream.js';
import type { Channel } from '../channel/channel.js';
import type { Clock } from '../clock/clock.js';
import type { Emitter } from '../events/createEmitter.js';
import type { AvatarParams } from '../services/service.js';
import type { SessionEventMap } from './AvatarSession.js';
import type { AvatarSessionOptions } from './AvatarSessionOptions.js';
import type { OutputVolume } from './createOutputVolume.js';
import type { RunningMachine } from './runSessionMachine.js';
import type { SessionWiring } from './sessionWiring.js';
import type { TurnChoice } from './turns/createTurnChoice.js';

/** What a session is made of before anything of it runs, and what its engine works with. */
export interface SessionCore {
  readonly options: Pick<AvatarSessionOptions, 'playback' | 'turnTaking' | 'keepScreenOn'>;
  readonly wiring: SessionWiring;
  /** False for a session that does without the microphone. */
  readonly listens: boolean;
  readonly channel: Channel;
  readonly microphone: AudioStream;
  readonly clock: Clock;
  readonly emitter: Emitter<SessionEventMap>;
  readonly state: RunningMachine;
  readonly volume: OutputVolume;
  /** What was chosen before there was a detector. */
  readonly turnChoice: Pick<TurnChoice, 'mode' | 'talking'>;
  /** Read at each connection. */
  readonly params: () => AvatarParams;
  /** The output device; an empty string for the system's default. */
  readonly speakerId: () => string;
  readonly subscribeSpeechLevel: (listener: (level: number) => void) => () => void;
}
