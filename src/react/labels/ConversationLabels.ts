import type { ChannelStats } from '../../channel/channel.js';
import type { ConnectionLevel } from '../connectionLevel.js';
import type { TranscriptFormat } from '../transcript/formatTranscript.js';

/** The words of a conversation: picture, writing, captions, time, how well the connection carries, and what holds an avatar. */
export interface ConversationLabels {
  /** Over a picture that has stood still for a while. */
  readonly frozen: string;
  /** Over the picture of an avatar that should be heard and is not. */
  readonly silent: string;
  readonly pictureInPicture: string;
  /** On a button that is heard while it is held. */
  readonly pushToTalk: string;
  /** The same while it is held. */
  readonly pushToTalkHeld: string;
  /** Accessible name of the field to write in. */
  readonly message: string;
  /** In the field while it is empty. */
  readonly messagePlaceholder: string;
  readonly send: string;
  /** In a session that nobody can write to. */
  readonly messageUnavailable: string;
  /** Why what is written cannot be sent yet. */
  readonly messageWaits: string;
  /** What was written could not be sent; it is still in the field. */
  readonly messageFailed: string;
  /** Accessible name of the words over the picture. */
  readonly captions: string;
  /** Before the part of a reply that was cut off. Read out, not seen. */
  readonly unheard: string;
  /** Saves the transcript, by the kind of file. */
  readonly transcriptSave: Readonly<Record<TranscriptFormat, string>>;
  /** @param time such as `4:59` */
  readonly timeLeft: (time: string) => string;
  /** @param time such as `12:03` */
  readonly timeElapsed: (time: string) => string;
  /** Said once, a while before the session ends by itself. */
  readonly endsSoon: (seconds: number) => string;
  readonly connection: Readonly<Record<ConnectionLevel, string>>;
  readonly connectionDetails: string;
  readonly connectionUnknown: string;
  readonly stats: Readonly<Record<keyof ChannelStats, string>>;
  /** Accessible name of the floating window. */
  readonly widget: string;
  readonly widgetOpen: string;
  readonly widgetMinimize: string;
  /** On what the window is dragged by; the arrow keys move it too. */
  readonly widgetMove: string;
  /** After the bubble's name while the assistant speaks. */
  readonly widgetSpeaking: string;
  /** In place of components that have crashed. */
  readonly crash: string;
  readonly crashMessage: string;
}

/** In English. */
export const englishConversation: ConversationLabels = {
  frozen: 'The picture has stopped. Waiting for it.',
  silent: 'No sound arrives from the avatar.',
  pictureInPicture: 'Picture in picture',
  pushToTalk: 'Hold to talk',
  pushToTalkHeld: 'Release to send',
  message: 'Message',
  messagePlaceholder: 'Write a message',
  send: 'Send',
  messageUnavailable: 'This conversation takes no messages.',
  messageWaits: 'You can send it once the conversation is live.',
  messageFailed: 'Not sent. Try again.',
  captions: 'Captions',
  unheard: 'Not heard:',
  transcriptSave: { text: 'Save as text', json: 'Save as JSON', vtt: 'Save as captions' },
  timeLeft: (time) => `${time} left`,
  timeElapsed: (time) => `Talking for ${time}`,
  endsSoon: (seconds) => (seconds >= 90 ? `Ends in ${Math.round(seconds / 60)} minutes` : seconds >= 50 ? 'Ends in one minute' : `Ends in ${seconds} seconds`),
  connection: { unknown: 'Connection: measuring', good: 'Good connection', fair: 'Fair connection', weak: 'Weak connection', lost: 'No connection' },
  connectionDetails: 'Connection details',
  connectionUnknown: 'Not measured',
  stats: {
    roundTripMs: 'Round trip',
    audioDelayMs: 'Sound delay',
    audioLossRate: 'Sound lost',
    videoLossRate: 'Picture lost',
    videoFreezeRate: 'Picture frozen',
    sendBitsPerSecond: 'Sending',
    receiveBitsPerSecond: 'Receiving',
  },
  widget: 'Assistant',
  widgetOpen: 'Open the assistant',
  widgetMinimize: 'Minimise',
  widgetMove: 'Move',
  widgetSpeaking: 'speaking',
  crash: 'This part of the page has stopped',
  crashMessage: 'Something in it went wrong. Try again, or reload the page.',
};
