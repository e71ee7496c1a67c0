/** The rooms that the emulated vendor makes by itself. */
export const VENDOR_APP_ID = 'emulator';
/** Of a room that a caller names without its app: the companion server calls the app of its rooms so. */
export const OWN_APP_ID = 'loopback';
