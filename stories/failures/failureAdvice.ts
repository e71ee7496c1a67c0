import type { AvatarErrorReason } from '../../src/index.js';

export interface FailureAdvice {
  /** When it happens. */
  readonly when: string;
  /** What the person in front of the page can do; null where nobody but the developer can. */
  readonly user: string | null;
  readonly developer: string;
}

const seconds = 'Wait a few seconds and try again.';
const network = 'Check the network and try again.';
const again = 'Start again.';

// A record over the closed set: a new reason does not compile until somebody says what to do about it.
export const failureAdvice: Readonly<Record<AvatarErrorReason, FailureAdvice>> = {
  'invalid-options': { when: 'An option is missing, misspelt or out of range.', user: null, developer: 'The message names the option and its range. Thrown at once, or reported to onError after a render.' },
  'audio-invalid': { when: 'speak() got sound that it cannot read.', user: null, developer: 'Give mono samples as an Int16Array with sampleRateHz, or a file that the browser can decode.' },
  'session-ended': { when: 'end() came before start() was through, or the vendor’s time was over.', user: again, developer: 'Not a fault as a rule: the component was unmounted or the time limit reached. Show SessionTimer to warn before.' },
  'not-ready': { when: 'speak(), sendText() or act() before the session is live, or without a service that can.', user: 'Wait until the avatar listens.', developer: 'Await start(), or disable the button until status is live. The message names what is missing.' },
  'peer-missing': { when: 'An optional package is not installed.', user: null, developer: 'Install the package that the message names.' },
  'load-failed': { when: 'A file of visavis that is fetched when it is needed did not come.', user: 'Check the network and try again; if that does not help, reload the page.', developer: 'Keep the files of the last release for the pages that are still open, and allow your own scripts in the Content-Security-Policy.' },
  'grant-failed': { when: 'The session route could not be reached.', user: network, developer: 'Check the grant URL, that the server runs, and its allowedOrigins: a CORS refusal looks the same from the page.' },
  'grant-invalid': { when: 'The session route answered, but not with a grant.', user: null, developer: 'The URL leads to another route, often an HTML page of the app. Open it with curl -X POST.' },
  'request-failed': { when: 'The catalogue or session list could not be read.', user: network, developer: 'Check the route, and what stands between the page and the server.' },
  'not-authorized': { when: 'authorize() of the server said no.', user: 'Sign in and try again.', developer: 'See authorize in the server’s options. Send cookies with credentials, or a header.' },
  'origin-refused': { when: 'The page’s origin is not allowed on the server.', user: null, developer: 'Add the origin, with scheme and port, to allowedOrigins.' },
  'rate-limited': { when: 'Too many sessions in a short time, or too many at once.', user: 'Wait a moment and try again.', developer: 'See the limits of the server. context.retryAfterMs says how long to wait.' },
  'server-misconfigured': { when: 'The server lacks a key or setting.', user: null, developer: 'The server’s log names the setting; the page is not told.' },
  'server-draining': { when: 'The server is being restarted.', user: seconds, developer: 'Nothing: the next instance takes over.' },
  'ticket-expired': { when: 'The pass for the relay is too old.', user: again, developer: 'Compare the clocks of the instances. Do not keep grants for later.' },
  'ticket-refused': { when: 'The pass was used before, or made with another secret.', user: again, developer: 'All instances need the same secret and one shared ledger (REDIS_URL).' },
  'discovery-failed': { when: 'The avatar service does not say which nodes there are.', user: 'Try again in a minute.', developer: 'Look at the vendor’s status page; check discoveryUrl and the server’s way out.' },
  'no-avatar-available': { when: 'Every avatar is taken.', user: 'Try again in a minute.', developer: 'Order more capacity, or offer voice only meanwhile.' },
  'key-rejected': { when: 'The vendor does not know the server’s key.', user: null, developer: 'Renew the key in the server’s settings. The page never sees it.' },
  'avatar-busy': { when: 'This avatar talks to somebody else.', user: seconds, developer: 'Leave avatarId out to get any free one.' },
  'reconnect-too-soon': { when: 'The avatar was left a moment ago and is not free yet.', user: seconds, developer: 'Do not end and start in one go; the session retries by itself where it may.' },
  'avatar-unreachable': { when: 'The avatar’s node does not answer.', user: 'Try again in a moment.', developer: 'The relay’s log names the node. Check that the server may open sockets to it.' },
  'avatar-timeout': { when: 'The avatar did not acknowledge in time.', user: 'Try again.', developer: 'ackTimeoutMs and joinTimeoutMs say how long. Look at the network first.' },
  'avatar-refused': { when: 'The avatar service did not take a command.', user: null, developer: 'Check the voice, language and background in params. What was refused is not sent again.' },
  'avatar-error': { when: 'The avatar service reported a problem of its own.', user: again, developer: 'context.code is the vendor’s code.' },
  'quota-exceeded': { when: 'The vendor’s account is used up.', user: null, developer: 'Check the plan and the credits.' },
  'not-found': { when: 'The vendor knows nothing under that id.', user: null, developer: 'Check the avatar, voice or knowledge id, and that it belongs to the key’s account.' },
  'connection-lost': { when: 'The connection broke, and the attempts to mend it are used up.', user: network, developer: 'maxRetryAttempts says how often is tried. A proxy that cuts idle sockets looks like this.' },
  'message-invalid': { when: 'The service sent something that cannot be read.', user: again, developer: 'Most often a proxy that changes frames. Keep the event log of AvatarDevtools for a report.' },
  'message-too-large': { when: 'One message is larger than the relay takes.', user: null, developer: 'Send smaller pictures or less text at once, or raise maxMessageBytesUp of the relay.' },
  'pipeline-failed': { when: 'transcribe(), respond() or synthesize() of yours threw.', user: 'Say it again.', developer: 'cause is what your function threw.' },
  'channel-failed': { when: 'The room with the picture could not be joined.', user: 'Check the network, or try another one.', developer: 'Check the app id and certificate of the channel; context.code is the SDK’s.' },
  'channel-unsupported': { when: 'The browser has no WebRTC, as some embedded views and some builds of WebKit have none.', user: 'Use a current Chrome, Edge, Firefox or Safari.', developer: 'Offer a conversation by voice alone, which works without; docs/browsers.md tells what each engine has.' },
  'channel-timeout': { when: 'The room did not answer: UDP and the relay ports are blocked.', user: 'Try another network, or without VPN.', developer: 'Allow the vendor’s hosts and ports; docs/agora.md names the ways around a firewall.' },
  'channel-token-expired': { when: 'The pass for the room ran out and could not be renewed.', user: again, developer: 'The session renews it in time where the grant has a renewal. Check the route’s log.' },
  'microphone-denied': { when: 'The user, the browser or the page’s policy blocks the microphone.', user: 'Allow the microphone in the address bar and try again.', developer: 'In an iframe give allow="microphone". Show MicHelp for the steps of each browser.' },
  'microphone-missing': { when: 'There is no microphone, or not the chosen one.', user: 'Connect a microphone and try again.', developer: 'Offer to listen only: start({ microphone: false }).' },
  'microphone-busy': { when: 'Another program holds the microphone.', user: 'Close the other program and try again.', developer: 'Offer MicSelect.' },
  'microphone-unplugged': { when: 'The microphone went during the conversation, and there is no other.', user: 'Connect it again and try again.', developer: 'Nothing: with another device at hand the session goes on by itself.' },
  'microphone-unsupported': { when: 'The browser has no microphone access at all.', user: 'Use a current Chrome, Edge, Firefox or Safari.', developer: 'Many in-app browsers are like this: offer a link that opens the real one.' },
  'insecure-origin': { when: 'The page is served over http from another machine.', user: null, developer: 'Serve it over https, or open it on localhost.' },
  'worklet-blocked': { when: 'The Content-Security-Policy (CSP) forbids the audio worklet.', user: null, developer: 'Allow script-src blob:, or serve visavis/worklets/* and give workletUrl.' },
  'sound-unavailable': { when: 'The loudspeaker is gone, or the browser cannot play speech.', user: 'Choose another loudspeaker.', developer: 'Offer SpeakerSelect; leave it out where the browser lets nobody choose.' },
};
