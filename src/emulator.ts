export { startEmulator } from './emulator/startEmulator.js';
export type { Emulator, EmulatorInfo, EmulatorOptions } from './emulator/startEmulator.js';
export type { SessionReport } from './emulator/sessions/createSessionLog.js';
export type { FaultRequest } from './emulator/faults/createFaults.js';
export type { FaultName } from './emulator/faults/faultCatalog.js';
export type { DiscoveryBody } from './emulator/akool-streaming/createDiscovery.js';
