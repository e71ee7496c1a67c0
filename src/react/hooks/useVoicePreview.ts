import { useEffect, useState } from 'react';
import { createSoundPreview, noPreview, type SoundPreview, type SoundPreviewState } from '../picker/createSoundPreview.js';
import { useStoreValue } from './useStoreValue.js';

export interface UseVoicePreviewResult extends SoundPreviewState {
  /** Plays a sample in place of the one before, or ends it if it is this one. @param id tells it from the others, such as the voice's id */
  readonly toggle: SoundPreview['toggle'];
  readonly stop: SoundPreview['stop'];
}

/**
 * Plays samples of voices, one at a time; silent once the component has gone.
 *
 * @example
 * ```tsx
 * const { id, status, toggle } = useVoicePreview();
 * return <button onClick={() => toggle(voiceId, previewUrl)}>{id === voiceId && status === 'playing' ? 'Stop' : 'Play'}</button>;
 * ```
 */
export function useVoicePreview(): UseVoicePreviewResult {
  const [preview] = useState(createSoundPreview);
  const state = useStoreValue(preview, noPreview);
  useEffect(() => preview.stop, [preview]);
  return { ...state, toggle: preview.toggle, stop: preview.stop };
}
