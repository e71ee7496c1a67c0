/**
 * True when a request's Host header names this machine (or the very host that the emulator was told to use).
 *
 * A web page can point a name of its own at 127.0.0.1 and then read the answers as its own (DNS rebinding); the Host
 * header still carries that name.
 */
export function isTrustedHost(hostHeader: string | undefined, configuredHost: string): boolean {
  if (hostHeader === undefined) return false;
  let name: string;
  try {
    name = new URL(`http://${hostHeader}`).hostname;
  } catch {
    return false;
  }
  if (name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(name)) return true;
  // The parser writes names in lower case and IPv6 in brackets.
  return name === (configuredHost.includes(':') ? `[${configuredHost}]` : configuredHost).toLowerCase();
}
