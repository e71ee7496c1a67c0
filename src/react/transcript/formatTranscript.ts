import type { TranscriptEntry } from '../../session/transcript.js';
import { englishSession, type SessionLabels } from '../labels/SessionLabels.js';

/** `text`: one line an entry. `json`: the entries. `vtt`: WebVTT captions, timed from the first word on. */
export type TranscriptFormat = 'text' | 'json' | 'vtt';

export interface FormatTranscriptOptions {
  /** What each side is called. Default: in English. */
  readonly roles?: SessionLabels['roles'];
}

/** How long a caption stays whose end nobody has noted: a short one long enough to be read, a long one as it is spoken. */
const MIN_CAPTION_MS = 1_500;
const CAPTION_MS_PER_CHARACTER = 60;

/**
 * A transcript as a file's content. Of a reply that was cut short it holds what was heard, and in JSON the rest beside it.
 *
 * @param entries as `useTranscript` or the session's state has them.
 * @example
 * ```ts
 * const captions = formatTranscript(session.getSnapshot().transcript, 'vtt');
 * ```
 */
export function formatTranscript(entries: readonly TranscriptEntry[], format: TranscriptFormat, { roles = englishSession.roles }: FormatTranscriptOptions = {}): string {
  switch (format) {
    case 'text':
      return entries.map(({ role, text, interrupted }) => `${roles[role]}: ${text}${interrupted ? ' —' : ''}\n`).join('');
    case 'json':
      return `${JSON.stringify(entries, null, 2)}\n`;
    case 'vtt':
      return `WEBVTT\n${cues(entries).map(({ entry, startMs, endMs }) => `\n${stamp(startMs)} --> ${stamp(endMs)}\n<v ${escapeVtt(roles[entry.role])}>${escapeVtt(entry.text)}\n`).join('')}`;
  }
}

interface Cue {
  readonly entry: TranscriptEntry;
  readonly startMs: number;
  readonly endMs: number;
}

/** Without noted times one follows the other, each as long as it takes to read. */
function cues(entries: readonly TranscriptEntry[]): readonly Cue[] {
  const originMs = entries.find(({ startedAt }) => startedAt !== undefined)?.startedAt;
  let untilMs = 0;
  return entries
    .filter(({ text }) => text.trim() !== '')
    .map((entry) => {
      const startMs = originMs === undefined || entry.startedAt === undefined ? untilMs : Math.max(0, entry.startedAt - originMs);
      const changedMs = originMs === undefined || entry.changedAt === undefined ? startMs : entry.changedAt - originMs;
      const endMs = Math.max(startMs + Math.max(MIN_CAPTION_MS, entry.text.length * CAPTION_MS_PER_CHARACTER), changedMs);
      untilMs = endMs;
      return { entry, startMs, endMs };
    });
}

/** As WebVTT writes times: `00:01:02.345`. */
function stamp(timeMs: number): string {
  const rounded = Math.round(timeMs);
  const part = (value: number, digits: number): string => String(Math.floor(value)).padStart(digits, '0');
  return `${part(rounded / 3_600_000, 2)}:${part((rounded / 60_000) % 60, 2)}:${part((rounded / 1_000) % 60, 2)}.${part(rounded % 1_000, 3)}`;
}

/** A cue ends at an empty line and must hold no arrow; `<` and `&` begin markup. */
function escapeVtt(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replace(/\s*\n\s*/g, ' ');
}
