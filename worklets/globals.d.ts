/** The part of AudioWorkletGlobalScope that the worklets use; TypeScript's DOM library leaves it out. */
declare const sampleRate: number;
/** Seconds at which the present render quantum begins. */
declare const currentTime: number;
declare abstract class AudioWorkletProcessor {
  readonly port: MessagePort;
  abstract process(inputs: readonly Float32Array[][], outputs: readonly Float32Array[][]): boolean;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;
