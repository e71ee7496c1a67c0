/** Makes label values of whatever is given. */
export type LabelBound = (labels: Readonly<Record<string, string | number>>) => Record<string, string>;

/** Close codes alone have a few thousand possible values, and a vendor may send any of them. */
const MAX_VALUES_PER_LABEL = 64;
const MAX_VALUE_CHARS = 64;
const REST = 'other';

/**
 * The last line against a series for each visitor: the labels of the server's own figures are few, and should one of them ever be
 * not, what comes past the bound is counted as `other`.
 */
export function createLabelBound(names: readonly string[]): LabelBound {
  const known = new Map(names.map((name) => [name, new Set<string>()]));

  function bounded(values: Set<string>, value: string | number | undefined): string {
    const text = String(value ?? '').slice(0, MAX_VALUE_CHARS);
    if (!values.has(text) && values.size >= MAX_VALUES_PER_LABEL) return REST;
    values.add(text);
    return text;
  }

  return (labels) => Object.fromEntries([...known].map(([name, values]) => [name, bounded(values, labels[name])]));
}
