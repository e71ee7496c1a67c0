import { checkAgora } from './checkAgora.js';
import { checkClock } from './checkClock.js';
import { checkConfiguration } from './checkConfiguration.js';
import { checkDeployed } from './checkDeployed.js';
import { checkDve } from './checkDve.js';
import { checkLive } from './checkLive.js';
import { checkNode } from './checkNode.js';
import { checkNodes } from './checkNodes.js';
import { checkOrigins } from './checkOrigins.js';
import { checkPort } from './checkPort.js';
import { checkReach } from './checkReach.js';
import { checkRedis } from './checkRedis.js';
import { checkSecrets } from './checkSecrets.js';
import type { DoctorArguments } from './doctorArguments.js';
import type { Finding } from './finding.js';
import type { Patient } from './Patient.js';
import { discoveryAddress, dveAddress, liveAddress } from './vendorConfig.js';

/** All checks, at the same time; their findings in the order in which one would mend them. */
export async function examine({ serve, url, timeoutMs }: DoctorArguments, patient: Patient, env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const { akool, akoolLive, dve } = patient;
  // Made anew for each question, so that the time of one is not taken from the next.
  const signal = (): AbortSignal => AbortSignal.timeout(timeoutMs);
  const discoveryUrl = akool && discoveryAddress(akool);
  const liveUrl = akoolLive && liveAddress(akoolLive);
  const dveUrl = dve && dveAddress(dve);
  const clocks = [discoveryUrl, liveUrl, url].filter((address) => address !== null);

  const findings: readonly Promise<Finding | Finding[]>[] = [
    checkConfiguration(serve, env),
    checkPort(serve.host, serve.port, '--port'),
    ...(serve.metricsPort === null ? [] : [checkPort(serve.metricsHost, serve.metricsPort, '--metrics-port')]),
    checkClock(clocks, signal),
    ...(akool === null || discoveryUrl === null ? [] : [checkReach('akool-address', discoveryUrl, signal()), checkNodes(akool, timeoutMs)]),
    ...(akoolLive === null || liveUrl === null ? [] : [checkReach('liveavatar-address', liveUrl, signal()), checkLive(akoolLive, signal())]),
    ...(dve === null || dveUrl === null ? [] : [checkReach('voice-address', dveUrl, signal()), checkDve(dve, dveUrl, signal())]),
    checkAgora(patient.channel, akool !== null),
    checkRedis(env['REDIS_URL'], timeoutMs),
    ...(url === null ? [] : [checkDeployed(url, serve.origins, signal)]),
  ];
  const atOnce = [checkNode(process.versions.node), ...checkSecrets(env['VISAVIS_SECRET'], serve.emulatorUrl !== null), ...checkOrigins(serve.origins)];
  return [...atOnce, ...(await Promise.all(findings)).flat()];
}
