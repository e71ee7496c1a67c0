const RIGHT_TO_LEFT = new Set(['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm', 'Rohg', 'Mand', 'Samr']);

/**
 * Which way a language is written: for the `dir` of the element around an avatar, whose components follow it.
 *
 * @param tag a BCP 47 language tag such as `ar-EG`; what is not one counts as left to right
 * @example
 * ```tsx
 * import { direction } from 'visavis/labels';
 *
 * const Page = ({ locale }: { locale: string }) => <div lang={locale} dir={direction(locale)} />;
 * ```
 */
export function direction(tag: string): 'ltr' | 'rtl' {
  const script = readLocale(tag)?.script;
  return script !== undefined && RIGHT_TO_LEFT.has(script) ? 'rtl' : 'ltr';
}

/** A tag with its likely script filled in; null for what is no tag. Takes `zh_TW` too, as other systems write it. */
export function readLocale(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag.trim().replaceAll('_', '-')).maximize();
  } catch (cause) {
    if (cause instanceof RangeError) return null;
    throw cause;
  }
}
