/** The forms of a counted noun. `one` and `two` say the number themselves; the others follow it. */
export type ArabicForms = Readonly<Record<Exclude<Intl.LDMLPluralRule, 'zero'>, string>>;

/** A number of things, as Arabic counts: one, two, 3 to 10, 11 to 99, and hundreds each have their form. Zero is said as hundreds are. */
export function arabicCount(count: number, forms: ArabicForms): string {
  const rule = new Intl.PluralRules('ar').select(count);
  if (rule === 'one' || rule === 'two') return forms[rule];
  return `${count} ${forms[rule === 'zero' ? 'other' : rule]}`;
}
