import type { TranscriptEntry } from '../../src/index.js';

const WORDS: readonly (readonly [TranscriptEntry['role'], string, 'final' | 'partial' | 'interrupted'])[] = [
  ['assistant', 'Good morning! How can I help you today?', 'final'],
  ['user', 'I would like to move my appointment to Thursday.', 'final'],
  ['assistant', 'Of course. On Thursday there is a place at nine, at eleven thirty, and in the afternoon at a quarter past', 'interrupted'],
  ['user', 'Eleven thirty is perfect.', 'final'],
  ['assistant', 'Done. You will get a', 'partial'],
];

/** A conversation with everything in it: a reply that was cut short, and one that is still being said. */
export function sampleTranscript(): readonly TranscriptEntry[] {
  return WORDS.map(([role, text, state], index) => ({
    id: index + 1,
    turnId: Math.floor(index / 2),
    role,
    text,
    final: state !== 'partial',
    interrupted: state === 'interrupted',
  }));
}

/** A conversation that is longer than its list. */
export function longTranscript(length = 24): readonly TranscriptEntry[] {
  return Array.from({ length }, (_, index) => ({
    id: index + 1,
    turnId: Math.floor(index / 2),
    role: index % 2 === 0 ? 'user' : 'assistant',
    text: index % 2 === 0 ? `Question number ${index / 2 + 1}.` : `Answer number ${(index + 1) / 2}, which takes a little longer to say than the question did.`,
    final: true,
    interrupted: false,
  }));
}
