import type { AvatarErrorReason } from '../../errors/AvatarError.js';

/** What a person can do about a failure. The error's own message is for those who build the page, and stays in English. */
export interface FailureLabels {
  /** On what opens the error's own message. */
  readonly failureDetails: string;
  /** What happened and what to do. */
  readonly failureMessage: Readonly<Record<AvatarErrorReason, string>>;
}

// What only a change of the page or of its server mends.
const pageOwner = 'This page is not set up correctly. Let its owner know.';

/** In English. */
export const englishFailures: FailureLabels = {
  failureDetails: 'Details',
  failureMessage: {
    'invalid-options': pageOwner,
    'audio-invalid': 'This sound cannot be used. Let the owner of this page know.',
    'session-ended': 'The conversation has ended. Start a new one.',
    'not-ready': 'The conversation is not ready yet. Try again in a moment.',
    'peer-missing': pageOwner,
    'load-failed': 'A part of this page could not be loaded. Check your connection, or reload the page.',
    'grant-failed': 'The conversation could not be prepared. Check your connection, then try again.',
    'grant-invalid': pageOwner,
    'request-failed': 'The server could not be reached. Check your connection, then try again.',
    'not-authorized': 'You do not have access. Sign in, or ask for access, then try again.',
    'origin-refused': pageOwner,
    'rate-limited': 'There were too many attempts. Wait a moment, then try again.',
    'server-misconfigured': pageOwner,
    'server-draining': 'The service is restarting. Try again in a moment.',
    'ticket-expired': 'Connecting took too long. Try again.',
    'ticket-refused': 'Your access is no longer valid. Reload the page, then try again.',
    'discovery-failed': 'The avatar could not be found. Try again in a moment.',
    'no-avatar-available': 'All avatars are taken at the moment. Try again in a few minutes.',
    'key-rejected': pageOwner,
    'avatar-busy': 'The avatar is talking with somebody else. Try again in a few minutes.',
    'reconnect-too-soon': 'The last conversation is still closing. Try again in a few seconds.',
    'avatar-unreachable': 'The avatar cannot be reached. Try again in a moment.',
    'avatar-timeout': 'The avatar does not answer. Try again in a moment.',
    'avatar-refused': 'The avatar could not be started. Try again; if that does not help, let the owner of this page know.',
    'avatar-error': 'The avatar has stopped. Try again; if that does not help, let the owner of this page know.',
    'quota-exceeded': 'The time for conversations is used up. Try again later, or let the owner of this page know.',
    'not-found': pageOwner,
    'connection-lost': 'The connection was lost. Check your internet, then try again.',
    'message-invalid': 'An answer could not be read. Try again; if that does not help, let the owner of this page know.',
    'message-too-large': 'That was too much at once. Try again with less.',
    'pipeline-failed': 'No answer came. Try again in a moment.',
    'channel-unsupported': 'This browser cannot show the avatar. Use a current Chrome, Edge, Firefox or Safari.',
    'channel-failed': 'Sound and picture could not be connected. Check your connection, or try another network.',
    'channel-timeout': 'Connecting sound and picture took too long. Check your connection, then try again.',
    'channel-token-expired': 'The time for this conversation is up. Start a new one.',
    'microphone-denied': 'Allow the microphone for this page in your browser, then try again.',
    'microphone-missing': 'Connect a microphone or a headset, then try again.',
    'microphone-busy': 'Another program is using the microphone. Close it, then try again.',
    'microphone-unplugged': 'The microphone was unplugged. Connect it again or choose another one.',
    'microphone-unsupported': 'This browser cannot give access to a microphone. Use a current version of Chrome, Edge, Firefox or Safari.',
    'insecure-origin': 'Browsers give the microphone to secure pages only. Open this page with https:// at the start of its address.',
    'worklet-blocked': pageOwner,
    'sound-unavailable': 'This browser cannot play the sound. Check your sound settings, or try another browser.',
  },
};
