import { AvatarError } from '../errors/AvatarError.js';

export interface WorkletCode {
  /** The processor as one self-contained script. */
  readonly source: string;
  /** Where the application serves the same script; needed where the page's CSP forbids `blob:` scripts. */
  readonly url?: string | undefined;
}

/**
 * Loads a worklet into a context: from its URL when there is one, else through a Blob.
 * @throws AvatarError `worklet-blocked`
 */
export async function loadWorklet(context: BaseAudioContext, code: WorkletCode): Promise<void> {
  // A browser gives no audioWorklet to a page that is not in a secure context.
  if (!context.audioWorklet) {
    throw new AvatarError('microphone-unsupported', {
      message: 'This browser has no AudioWorklet. Use a current version of Chrome, Edge, Firefox or Safari.',
    });
  }
  const url = code.url ?? URL.createObjectURL(new Blob([code.source], { type: 'text/javascript' }));
  try {
    await context.audioWorklet.addModule(url);
  } catch (cause) {
    throw new AvatarError('worklet-blocked', {
      message: code.url
        ? 'The audio worklet could not be loaded from the configured workletUrl. Check that the file is served as text/javascript and that the Content-Security-Policy allows it.'
        : 'The audio worklet could not be loaded from a blob: URL. Allow blob: in script-src of the Content-Security-Policy, or serve the file of visavis/worklets/ yourself and pass its address as workletUrl.',
      cause,
    });
  } finally {
    if (!code.url) URL.revokeObjectURL(url);
  }
}
