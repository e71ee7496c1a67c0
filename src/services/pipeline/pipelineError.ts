import { AvatarError } from '../../errors/AvatarError.js';

/** Which of the application's functions failed. */
export type PipelineStage = 'transcribe' | 'respond' | 'synthesize';

const WHAT = {
  transcribe: 'What the user said could not be transcribed',
  respond: 'The reply could not be written to its end',
  synthesize: 'A sentence could not be spoken',
} as const;

/** Wraps what a function of the application threw. Its own message may hold an address or a key, so it is in `cause` alone. */
export function pipelineError(stage: PipelineStage, cause: unknown): AvatarError {
  if (AvatarError.isInstance(cause)) return cause;
  return new AvatarError('pipeline-failed', { message: `${WHAT[stage]}: ${stage}() failed. See the cause.`, cause, context: { stage } });
}

/** What a function of the application gave that it must not give. */
export function unexpectedItem(stage: PipelineStage, wanted: string, value: unknown): AvatarError {
  const got = value === null ? 'null' : typeof value === 'object' ? 'another object' : typeof value;
  return new AvatarError('pipeline-failed', { message: `${WHAT[stage]}: ${stage}() must give ${wanted}, and gave ${got}.`, retryable: false, context: { stage } });
}
