const REDACTED = '[redacted]';

/** Takes secrets out of what a vendor sends, should it ever echo one. */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const spellings = [...new Set(secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]))].sort((a, b) => b.length - a.length);
  const clean = (text: string): string => spellings.reduce((rest, spelling) => rest.replaceAll(spelling, REDACTED), text);

  return (text) => {
    // JSON can spell a character as an escape, which a plain search would miss.
    const decoded = text.includes('\\') ? decodeJson(text) : undefined;
    if (decoded === undefined) return clean(text);
    try {
      return JSON.stringify(mapStrings(decoded, clean));
    } catch {
      return REDACTED; // Nested too deeply to be searched, so nothing of it is told.
    }
  };
}

function decodeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Not JSON: there are no escapes to undo.
  }
}

function mapStrings(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((entry) => mapStrings(entry, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [map(key), mapStrings(entry, map)]));
}
