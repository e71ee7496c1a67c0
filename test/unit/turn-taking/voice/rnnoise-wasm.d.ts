// The package brings no types, and its parts that are used are written down in loadRnnoise.ts.
declare module '@jitsi/rnnoise-wasm/dist/rnnoise.js' {
  const createModule: unknown;
  export default createModule;
}
