import { defaultLabels, type AvatarLabels } from '../AvatarLabels.js';

const PLAIN = 'aceinouyACEINOUYdlrstzDLRSTZ';
const ACCENTED = 'áçéîñöüýÁÇÉÎÑÖÜÝđłřšţžĐŁŘŠŢŽ';

/**
 * English words as no language has them, to find what does not hold: each in brackets (what is cut off has no end), accented (what is not has not
 * been translated) and 40 % longer (what is too narrow overflows). Values within them, such as names and times, are accented too.
 *
 * @example
 * ```tsx
 * import { Avatar } from 'visavis';
 * import { pseudoLabels } from 'visavis/labels';
 *
 * const labels = pseudoLabels();
 * export const Tried = () => <Avatar grant="/api/avatar" labels={labels} />;
 * ```
 */
export function pseudoLabels(): AvatarLabels {
  // Every text and function of English is replaced by one of the same type.
  return disguised(defaultLabels) as AvatarLabels;
}

function disguised(words: unknown): unknown {
  if (typeof words === 'string') return disguise(words);
  // What a label function is given is what the type of its name says; it gives a text.
  if (typeof words === 'function') return (...given: unknown[]) => disguise(String(Reflect.apply(words, undefined, given)));
  if (typeof words === 'object' && words !== null) return Object.fromEntries(Object.entries(words).map(([name, value]) => [name, disguised(value)]));
  return words;
}

function disguise(text: string): string {
  const accented = [...text].map((letter) => ACCENTED[PLAIN.indexOf(letter)] ?? letter).join('');
  const extra = Math.ceil(text.length * 0.4);
  // In words, so that a line can end where it could in a language.
  const filling = Array.from({ length: extra }, (_, index) => (index % 6 === 0 && index < extra - 1 ? ' ' : '~')).join('');
  return `[${accented}${filling}]`;
}
