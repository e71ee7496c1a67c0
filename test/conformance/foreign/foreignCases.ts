import type { MessageName } from './conformanceMessages.js';

/** One check of a foreign program, as a test. */
export interface ForeignCase {
  /** As the program names it. */
  readonly check: string;
  /** Section of the specification. */
  readonly section: string;
  /** A sentence on behaviour. */
  readonly title: string;
  /** Messages that the foreign side wrote and ours has read. */
  readonly reads?: readonly MessageName[];
  /** Messages that ours wrote and the foreign side has read. */
  readonly writes?: readonly MessageName[];
}

const streaming: readonly ForeignCase[] = [
  { check: 'discovery-refuses-keys', section: 'A1 discovery', title: 'refuses a missing key, a wrong one, and one in another header with 401 and 4001' },
  { check: 'discovery-of-test', section: 'A1 discovery', title: 'lists instances with all six keys in the test group' },
  { check: 'discovery-of-production', section: 'A1 discovery', title: 'lists instances with all six keys without a group' },
  { check: 'node-refuses-keys', section: 'A8 close codes', title: 'closes a socket without the right api_key header with 4001' },
  { check: 'websocket-connected', section: 'A6 server messages', title: 'greets with websocket_connected', writes: ['streaming/system'] },
  { check: 'set-params', section: 'A5 client messages', title: 'acknowledges set-params and then says agora_connected; audio before that is an error', reads: ['streaming/set-params'], writes: ['streaming/ack', 'streaming/system', 'streaming/error'] },
  { check: 'set-params-refused', section: 'A5 client messages', title: 'acknowledges a mode other than 3 without success' },
  { check: 'audio-at-real-pace', section: 'A7 timers', title: 'hears 1,024 samples every 64 ms, sample for sample', reads: ['streaming/audio'] },
  { check: 'interrupt', section: 'A5 client messages', title: 'acknowledges an interrupt', reads: ['streaming/interrupt'], writes: ['streaming/ack'] },
  { check: 'ping', section: 'A5 client messages', title: 'answers a ping with a pong', reads: ['streaming/ping'], writes: ['streaming/pong'] },
  { check: 'readme-ping', section: 'A10 vendor README', title: 'answers a ping of nothing but its type' },
  { check: 'malformed-json', section: 'A6 server messages', title: 'answers what is no JSON with an error and goes on', writes: ['streaming/error'] },
  { check: 'unknown-types', section: 'A6 server messages', title: 'answers unknown types, old forms and another version with an error and goes on', writes: ['streaming/error'] },
  { check: 'odd-audio', section: 'A9 edge cases', title: 'answers audio that is no base64 of whole samples with an error and goes on' },
  { check: 'fragments', section: 'A4 handshake', title: 'reads a message in fragments with a ping between them' },
  { check: 'second-client', section: 'A8 close codes', title: 'closes a second client with 4003, and discovery says that the node is taken' },
  { check: 'leave', section: 'A5 client messages', title: 'acknowledges leave_channel, then closes', reads: ['streaming/leave'], writes: ['streaming/ack'] },
  { check: 'too-soon', section: 'A8 close codes', title: 'closes a client that comes again too soon with 4004' },
];

const dve: readonly ForeignCase[] = [
  { check: 'refuses-keys', section: 'C1 connection', title: 'refuses every offer but proto with the key' },
  { check: 'selects-proto', section: 'C1 connection', title: 'selects proto of the two subprotocols' },
  { check: 'replies', section: 'C3 directions', title: 'hears a stream of 512-sample frames, with a field that it does not know, and replies with WAV files', reads: ['dve/audio-up'], writes: ['dve/audio-down'] },
  { check: 'interrupt', section: 'C4 interrupt', title: 'says __interrupt__ when it is spoken into', writes: ['dve/interrupt'] },
  { check: 'falls-silent', section: 'C4 interrupt', title: 'sends nothing of the old reply after that' },
  { check: 'pictures', section: 'C2 schema', title: 'takes pictures with a packed and an unpacked size, as member 3 and 4', reads: ['dve/image'] },
  { check: 'damaged-frame', section: 'C1 connection', title: 'ends a connection with a damaged frame by a close frame, and serves the next' },
  { check: 'text-message', section: 'C1 connection', title: 'ends a connection with a text message' },
  { check: 'wrong-rate', section: 'C3 directions', title: 'ends a connection whose audio says another rate' },
];

const live: readonly ForeignCase[] = [
  { check: 'token', section: 'B1 token', title: 'gives a token at the top of the answer, which counts before the key' },
  { check: 'refuses', section: 'B1 token', title: 'refuses a wrong secret, a wrong key and none with 1101 and 1102, over HTTP 200' },
  { check: 'avatars', section: 'B2 avatars', title: 'creates, describes and lists avatars, page by page' },
  { check: 'catalog', section: 'B3 session v4', title: 'lists voices by type and what streams, and languages' },
  { check: 'knowledge', section: 'B3 session v4', title: 'creates, reads, changes, lists and deletes knowledge' },
  { check: 'create', section: 'B3 session v4', title: 'creates a session with credentials while it is still queueing' },
  { check: 'becomes-ready', section: 'B3 session v4', title: 'tells whoever polls that it is ready, and lists it then' },
  { check: 'create-refused', section: 'B6 error codes', title: 'refuses wrong fields with 1003' },
  { check: 'repeats', section: 'B5 data messages', title: 'repeats a text of several parts, in whichever order they came', reads: ['live/chat'], writes: ['live/chat-bot'] },
  { check: 'speaks', section: 'B5 data messages', title: 'says when its speech begins and ends', writes: ['live/audio-start', 'live/audio-end'] },
  { check: 'answers', section: 'B5 data messages', title: 'acknowledges set-params, and answers in mode 2', reads: ['live/set-params'], writes: ['live/ack'] },
  { check: 'interrupt', section: 'B5 data messages', title: 'falls silent when it is interrupted', reads: ['live/interrupt'], writes: ['live/audio-end'] },
  { check: 'acts', section: 'B5 data messages', title: 'takes the eight actions and refuses a ninth', reads: ['live/set-action'], writes: ['live/ack'] },
  { check: 'without-mid', section: 'B5 data messages', title: 'acknowledges a command without mid' },
  { check: 'ignores', section: 'B5 data messages', title: 'refuses an unknown command and passes over what is not for it' },
  { check: 'close', section: 'G1 traps', title: 'closes a session by id and never by session_id' },
];

const node: readonly ForeignCase[] = [
  { check: 'asks-discovery', section: 'A1 discovery', title: 'asks discovery with the api_key header at its fixed path' },
  { check: 'opens-node', section: 'A2 selection', title: 'opens the one node that is healthy and free, with the header and the two parameters' },
  { check: 'envelopes', section: 'A5 client messages', title: 'writes envelopes of four members, each with a mid of its own' },
  { check: 'sets-params', section: 'A5 client messages', title: 'writes set-params with all of data and agora_data', writes: ['streaming/set-params'] },
  { check: 'sends-audio', section: 'A5 client messages', title: 'writes audio as base64 of at most 1,024 samples', writes: ['streaming/audio'] },
  { check: 'carries-audio', section: 'A5 client messages', title: 'carries the samples whole and in order' },
  { check: 'interrupts', section: 'A5 client messages', title: 'writes an interrupt', writes: ['streaming/interrupt'] },
  { check: 'pings', section: 'A5 client messages', title: 'writes a ping with an empty payload', writes: ['streaming/ping'] },
  { check: 'leaves', section: 'A5 client messages', title: 'takes leave before it closes', writes: ['streaming/leave'] },
  { check: 'leave-acknowledged', section: 'A5 client messages', title: 'waits for the ack of its own leave' },
  { check: 'reads-system', section: 'A6 server messages', title: 'is ready when the node says agora_connected', reads: ['streaming/system'] },
  { check: 'reads-ack', section: 'A6 server messages', title: 'takes the ack of its interrupt', reads: ['streaming/ack'] },
  { check: 'reads-pong', section: 'A6 server messages', title: 'takes a pong', reads: ['streaming/pong'] },
  { check: 'reads-error', section: 'A6 server messages', title: 'reports an error with its text and goes on', reads: ['streaming/error'] },
  { check: 'reads-unknown', section: 'A6 server messages', title: 'passes on what it does not know', reads: ['streaming/unknown'] },
  { check: 'survives-no-json', section: 'A9 edge cases', title: 'reports what is no JSON and goes on' },
];

const readme: readonly ForeignCase[] = [
  { check: 'discovery', section: 'A1 discovery', title: 'lists services, as the README has it' },
  { check: 'refuses-keys', section: 'A10 vendor README', title: 'closes with 4001 for a wrong token, and for another first message' },
  { check: 'auth', section: 'A10 vendor README', title: 'greets who shows the key in an auth message', reads: ['readme/auth'] },
  { check: 'agora-params', section: 'A10 vendor README', title: 'joins the channel of agora_params', reads: ['readme/agora-params'] },
  { check: 'ping', section: 'A10 vendor README', title: 'answers a ping', reads: ['readme/ping'] },
  { check: 'audio-data', section: 'A10 vendor README', title: 'hears audio_data', reads: ['readme/audio-data'] },
];

const readmeNode: readonly ForeignCase[] = [
  { check: 'introduces-itself', section: 'A10 vendor README', title: 'writes auth first', writes: ['readme/auth'] },
  { check: 'places', section: 'A10 vendor README', title: 'writes agora_params once, with a number for the user', writes: ['readme/agora-params'] },
  { check: 'is-ready', section: 'A10 vendor README', title: 'is ready although nothing was acknowledged' },
  { check: 'sends-audio', section: 'A10 vendor README', title: 'writes audio_data', writes: ['readme/audio-data'] },
  { check: 'carries-audio', section: 'A10 vendor README', title: 'carries the samples whole and in order' },
  { check: 'pings', section: 'A10 vendor README', title: 'writes a ping of nothing but its type', writes: ['readme/ping'] },
  { check: 'reads-pong', section: 'A10 vendor README', title: 'takes a pong' },
  { check: 'leaves', section: 'A10 vendor README', title: 'takes leave even so' },
];

const dveServer: readonly ForeignCase[] = [
  { check: 'offers-subprotocols', section: 'C1 connection', title: 'offers proto and the key, in this order' },
  { check: 'opens-socket', section: 'C1 connection', title: 'asks for vision and the assistant' },
  { check: 'sends-audio', section: 'C3 directions', title: 'writes raw audio in frames of 512 samples', writes: ['dve/audio-up'] },
  { check: 'carries-audio', section: 'C3 directions', title: 'carries the samples whole and in order' },
  { check: 'shows-picture', section: 'C2 schema', title: 'writes pictures with size and format', writes: ['dve/image'] },
  { check: 'reads-audio', section: 'C3 directions', title: 'finds the samples in WAV files with other chunks, streamed ones, empty ones and bare ones', reads: ['dve/audio-down'] },
  { check: 'reads-text', section: 'C4 interrupt', title: 'takes any other text for a text', reads: ['dve/text'] },
  { check: 'reads-interrupt', section: 'C4 interrupt', title: 'takes __interrupt__ for an interrupt, and what follows for a new turn', reads: ['dve/interrupt'] },
  { check: 'survives-damage', section: 'C1 connection', title: 'reports a damaged frame and goes on' },
];

const liveBytes: readonly ForeignCase[] = [
  { check: 'live/chat-bot', section: 'B5 data messages', title: "reads the avatar's chat, with and without idx and fin", reads: ['live/chat-bot'] },
  { check: 'live/chat-user', section: 'B5 data messages', title: "reads the user's chat", reads: ['live/chat-user'] },
  { check: 'live/ack', section: 'B5 data messages', title: 'reads an ack', reads: ['live/ack'] },
  { check: 'live/ack-cmd', section: 'B5 data messages', title: 'reads an ack of the legacy type', reads: ['live/ack-cmd'] },
  { check: 'live/audio-start', section: 'B5 data messages', title: 'reads audio_start', reads: ['live/audio-start'] },
  { check: 'live/audio-end', section: 'B5 data messages', title: 'reads audio_end', reads: ['live/audio-end'] },
  { check: 'live/unknown', section: 'B5 data messages', title: 'knows what it does not know: types, events, senders, another version', reads: ['live/unknown'] },
  { check: 'reads-chat-parts', section: 'B5 data messages', title: 'writes chat in parts that make the text again, none above 950 bytes', writes: ['live/chat'] },
  { check: 'reads-set-params', section: 'B5 data messages', title: 'writes set-params without its empty fields', writes: ['live/set-params'] },
  { check: 'reads-interrupt', section: 'B5 data messages', title: 'writes an interrupt', writes: ['live/interrupt'] },
  { check: 'reads-set-action', section: 'B5 data messages', title: 'writes an action', writes: ['live/set-action'] },
  { check: 'chat-room/answer', section: 'B4 session v3', title: 'reads an answer of the chat room, whose payload is JSON in a string', reads: ['chat-room/answer'] },
  { check: 'reads-question', section: 'B4 session v3', title: 'writes a question for the chat room', writes: ['chat-room/question'] },
];

const dveBytes: readonly ForeignCase[] = [
  { check: 'writes-all', section: 'C2 schema', title: 'gets every frame that Python wrote' },
  { check: 'decodes-text', section: 'C2 schema', title: 'decodes text frames with fields in any order, unknown ones, and long varints', reads: ['dve/text'] },
  { check: 'decodes-audio', section: 'C2 schema', title: 'decodes audio frames of the same kind', reads: ['dve/audio-down'] },
  { check: 'decodes-image', section: 'C2 schema', title: 'decodes pictures with packed and unpacked sizes, whatever their member', reads: ['dve/image'] },
  { check: 'decodes-wav', section: 'C3 directions', title: 'finds the samples in WAV files with LIST and fact chunks, extensible headers and streamed sizes' },
  { check: 'reads-text', section: 'C2 schema', title: 'encodes text that Python reads', writes: ['dve/interrupt'] },
  { check: 'reads-audio', section: 'C2 schema', title: 'encodes audio that Python reads', writes: ['dve/audio-up', 'dve/audio-down'] },
  { check: 'reads-image', section: 'C2 schema', title: 'encodes pictures that Python reads, whatever their member', writes: ['dve/image'] },
];

const agoraToken: readonly ForeignCase[] = [
  { check: 'is-well-formed', section: 'F token 007', title: 'is deflated, little-endian, with one RTC service and nothing left over' },
  { check: 'of-viewer', section: 'F token 007', title: 'lets the viewer join and nothing else, signed with the certificate', writes: ['agora/token'] },
  { check: 'of-avatar', section: 'F token 007', title: 'lets the avatar publish sound, picture and data under its own uid', writes: ['agora/token'] },
  { check: 'issued-now', section: 'F token 007', title: 'counts its time from now' },
  { check: 'other-certificate', section: 'F token 007', title: 'does not fit another certificate' },
];

const chatRoom: readonly ForeignCase[] = [
  { check: 'create', section: 'B4 session v3', title: 'names both ends of the chat and the room in which the avatar appears' },
  { check: 'create-to-pull', section: 'B4 session v3', title: 'names a stream to pull where no room is wanted' },
  { check: 'becomes-ready', section: 'B4 session v3', title: 'becomes ready' },
  { check: 'repeats', section: 'B4 session v3', title: 'repeats a text in mode 1, as a number and as a string', reads: ['chat-room/question'], writes: ['chat-room/answer'] },
  { check: 'answers', section: 'B4 session v3', title: 'answers in mode 2', reads: ['chat-room/question'], writes: ['chat-room/answer'] },
  { check: 'goes-on', section: 'B4 session v3', title: 'passes over what it cannot read and what is for another' },
];

const chatRoomServer: readonly ForeignCase[] = [
  { check: 'asks', section: 'B4 session v3', title: 'writes questions to the peer, double encoded, each with a name of its own', writes: ['chat-room/question'] },
  { check: 'says-mode', section: 'B4 session v3', title: 'says with each question whether to answer or to repeat it' },
  { check: 'reads-answer', section: 'B4 session v3', title: 'puts the parts of an answer together', reads: ['chat-room/answer'] },
  { check: 'passes-over', section: 'B4 session v3', title: 'reports what is no JSON, passes on what it does not know, and hears no stranger' },
];

/** By the program that makes the checks. */
export const foreignCases = {
  akool_streaming: streaming,
  akool_node: node,
  akool_readme: readme,
  akool_readme_node: readmeNode,
  akool_live: live,
  live_bytes: liveBytes,
  chat_room: chatRoom,
  chat_room_server: chatRoomServer,
  dve,
  dve_server: dveServer,
  dve_bytes: dveBytes,
  agora_token: agoraToken,
};

export type ForeignScript = keyof typeof foreignCases;
