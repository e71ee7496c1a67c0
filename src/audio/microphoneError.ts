import { AvatarError } from '../errors/AvatarError.js';

/**
 * Says in our terms why `getUserMedia` failed, or was not there to be called.
 * @see https://w3c.github.io/mediacapture-main/#dom-mediadevices-getusermedia
 */
export function microphoneError(cause: unknown): AvatarError {
  const missing = pageError();
  if (missing !== null) return missing;
  const name = cause instanceof Error ? cause.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return new AvatarError('microphone-denied', {
        message: 'The microphone was refused. Allow it for this site in the browser and in the system settings, then try again. Inside an iframe the frame needs allow="microphone".',
        cause,
      });
    case 'NotFoundError':
    case 'OverconstrainedError':
      return new AvatarError('microphone-missing', {
        message: 'No microphone that fits was found. Connect one, or choose another input device, then try again.',
        cause,
      });
    case 'NotReadableError':
    case 'AbortError':
      return new AvatarError('microphone-busy', {
        message: 'The microphone could not be opened: another program may hold it. Close that program, then try again.',
        cause,
      });
    default:
      return new AvatarError('microphone-unsupported', { message: 'This browser could not open a microphone with the given options.', cause });
  }
}

/** Why this page cannot have a microphone at all; null: it can. */
function pageError(): AvatarError | null {
  if (typeof isSecureContext === 'boolean' && !isSecureContext) {
    return new AvatarError('insecure-origin', {
      message: 'Browsers give a microphone only to secure pages. Open this page over https, or on http://localhost.',
    });
  }
  if (typeof navigator === 'undefined' || typeof navigator.mediaDevices?.getUserMedia !== 'function') {
    return new AvatarError('microphone-unsupported', { message: 'This browser offers no microphone (getUserMedia is missing).' });
  }
  return null;
}
