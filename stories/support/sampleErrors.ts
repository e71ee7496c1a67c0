import { AvatarError, type AvatarErrorReason } from '../../src/errors/AvatarError.js';

/** A message for every reason, as the library words them. */
const MESSAGES: Readonly<Record<AvatarErrorReason, string>> = {
  'invalid-options': 'createAvatarSession needs grant: the URL of the session route, a function, or a grant.',
  'audio-invalid': 'speak() takes mono samples as an Int16Array. Convert the sound first.',
  'session-ended': 'The session was ended while it started.',
  'not-ready': 'The avatar cannot speak before the session is live. Await start() first.',
  'peer-missing': 'An optional package is missing. Install it, then try again.',
  'load-failed': 'What runs a session could not be loaded. Check the network and try again; if that does not help, or the site was updated meanwhile, reload the page.',
  'grant-failed': 'The session route could not be reached. Check the network, the grant URL and that the server allows this origin.',
  'grant-invalid': 'The session route answered with something that is not a grant. Check the grant URL.',
  'request-failed': 'The server could not be reached. Check the network, its URL and that the server allows this origin.',
  'not-authorized': 'The session route refused this user. Sign in, then try again.',
  'origin-refused': 'The server does not allow this page. Add its origin to allowedOrigins on the server.',
  'rate-limited': 'Too many sessions were asked for. Wait a moment, then try again.',
  'server-misconfigured': 'The server lacks a setting that it needs. Its log names which one.',
  'server-draining': 'The server is being restarted. Try again in a moment.',
  'ticket-expired': 'The pass for this session has expired. Start again to get a fresh one.',
  'ticket-refused': 'The server did not accept the pass for this session. Start again to get a fresh one.',
  'discovery-failed': 'The avatar service did not say which avatars are free. Try again in a moment.',
  'no-avatar-available': 'No avatar is free at the moment. Try again in a minute.',
  'key-rejected': 'The avatar service rejected the key. Check the key in the settings of the server.',
  'avatar-busy': 'This avatar is talking to somebody else. Try again in a moment.',
  'reconnect-too-soon': 'The avatar has only just been left. Wait a few seconds, then try again.',
  'avatar-unreachable': 'The avatar could not be reached. Try again in a moment.',
  'avatar-timeout': 'The avatar did not answer in time. Try again.',
  'avatar-refused': 'The avatar service refused the request. Check the voice, language and background.',
  'avatar-error': 'The avatar service reported a problem. Start again.',
  'quota-exceeded': 'The account of the avatar service has no quota left. Operator: check the plan and the credits.',
  'not-found': 'The avatar service knows nothing under that id. Check the id and the account of the key.',
  'connection-lost': 'The connection to the avatar was lost. Check the network, then try again.',
  'message-invalid': 'The avatar service sent something that cannot be read. Start again.',
  'message-too-large': 'A message was larger than the server allows. Send less at once.',
  'pipeline-failed': 'A sentence could not be spoken: synthesize() failed. See the cause.',
  'channel-failed': 'The room with the picture could not be joined. Check the network, then try again.',
  'channel-unsupported': 'This browser cannot show the avatar: it has no WebRTC. Open the page in a current Chrome, Edge, Firefox or Safari.',
  'channel-timeout': 'The room with the picture did not answer. A firewall may block it; try another network.',
  'channel-token-expired': 'The pass for the room has expired. Start again.',
  'microphone-denied': 'The microphone is blocked for this page. Allow it in the address bar of the browser, then try again.',
  'microphone-missing': 'No microphone was found. Connect one, then try again.',
  'microphone-busy': 'Another program is using the microphone. Close it, then try again.',
  'microphone-unplugged': 'The microphone was unplugged. Connect it again, then try again.',
  'microphone-unsupported': 'This browser cannot use a microphone. Try a current Chrome, Edge, Firefox or Safari.',
  'insecure-origin': 'Browsers give the microphone to secure pages only. Open this page over https or on localhost.',
  'worklet-blocked': 'The Content-Security-Policy of this page blocks the audio code. Allow script-src blob: or give workletUrl.',
  'sound-unavailable': 'The output device is gone, or this browser cannot play speech. Choose another device.',
};

/** An error as the library would make it. */
export function sampleError(reason: AvatarErrorReason): AvatarError {
  return new AvatarError(reason, { message: MESSAGES[reason] });
}

/** One error of every reason there is. */
export function everySampleError(): readonly AvatarError[] {
  // The keys of a record over the closed set are that set.
  return (Object.keys(MESSAGES) as AvatarErrorReason[]).map(sampleError);
}
