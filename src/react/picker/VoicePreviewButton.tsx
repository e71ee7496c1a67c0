import type { ReactElement } from 'react';
import type { UseVoicePreviewResult } from '../hooks/useVoicePreview.js';
import type { CatalogueLabels } from '../labels/CatalogueLabels.js';

interface VoicePreviewButtonProps {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly preview: UseVoicePreviewResult;
  readonly labels: CatalogueLabels;
  /** False in rows that the keyboard is not at: a list of fifty voices has one tab stop for its samples. */
  readonly tabbable: boolean;
}

/** Plays a voice's sample, and ends it. */
export function VoicePreviewButton({ id, name, url, preview, labels, tabbable }: VoicePreviewButtonProps): ReactElement {
  const status = preview.id === id ? preview.status : 'idle';
  const isRunning = status === 'loading' || status === 'playing';
  return (
    <button
      type="button"
      className="visavis-button visavis-button-plain visavis-voice-play"
      aria-label={isRunning ? labels.voiceStop(name) : labels.voicePlay(name)}
      aria-busy={status === 'loading' ? true : undefined}
      data-slot="voice-preview"
      data-state={status}
      tabIndex={tabbable ? 0 : -1}
      onClick={() => preview.toggle(id, url)}
    >
      <svg className="visavis-icon" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true" focusable="false">
        {isRunning ? <rect x="6.5" y="6.5" width="11" height="11" rx="2" /> : <path d="M8 5.6v12.8a.8.8 0 0 0 1.2.7l10.3-6.4a.8.8 0 0 0 0-1.4L9.2 4.9a.8.8 0 0 0-1.2.7z" />}
      </svg>
    </button>
  );
}
