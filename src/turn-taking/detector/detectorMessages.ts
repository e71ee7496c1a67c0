import type { AvatarErrorReason } from '../../errors/AvatarError.js';
import type { TurnDetectorEvent, TurnMode } from './TurnDetectorEvent.js';
import type { TurnRules } from './TurnDetectorOptions.js';
import type { SourceAddress } from './loadSource.js';

/** What a page tells its turn detector. */
export type DetectorCommand =
  | { readonly type: 'open'; readonly rules: TurnRules; readonly source: SourceAddress | null }
  /** Frames come on this port from now on, laid out as in `micFrame`; each buffer goes back on it. */
  | { readonly type: 'frames'; readonly port: MessagePort }
  /** Cuts are told on this port first, by the time at which they were noticed: for a thread that acts on them. */
  | { readonly type: 'cuts'; readonly port: MessagePort }
  | { readonly type: 'avatar-speaking'; readonly speaking: boolean }
  | { readonly type: 'mode'; readonly mode: TurnMode }
  | { readonly type: 'talking'; readonly talking: boolean }
  | { readonly type: 'words' }
  /** Whether labels are wanted: they come a hundred times a second. */
  | { readonly type: 'labels'; readonly wanted: boolean }
  | { readonly type: 'flush' }
  | { readonly type: 'close' };

/** What the detector tells its page. */
export type DetectorReport =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly reason: AvatarErrorReason; readonly message: string }
  /** It has let go of everything, as it was told to. */
  | { readonly type: 'closed' }
  /** The better source of voice probability could not be had; the spectral one goes on. */
  | { readonly type: 'source-failed'; readonly reason: AvatarErrorReason; readonly message: string }
  /** @see TurnDetectorNotice.noticedAtMs */
  | { readonly type: 'event'; readonly event: TurnDetectorEvent; readonly noticedAtMs: number };
