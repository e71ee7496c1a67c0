import { DOCTOR_HELP } from './doctor/doctorHelp.js';
import { parseDoctorArguments } from './doctor/doctorArguments.js';
import { examine } from './doctor/examine.js';
import { readPatient } from './doctor/Patient.js';
import { report } from './doctor/report.js';

/**
 * `visavis doctor`: looks at all that `visavis serve` needs.
 *
 * @returns the exit code: 0 when nothing fails, 1 when something does, 2 for wrong arguments.
 */
export async function runDoctor(argv: readonly string[]): Promise<number> {
  let args;
  try {
    args = parseDoctorArguments(argv);
  } catch (error) {
    return complain(error, 2);
  }
  if (args.serve.wantsHelp) {
    process.stdout.write(DOCTOR_HELP);
    return 0;
  }
  try {
    const patient = await readPatient(args.serve, process.env);
    const findings = await examine(args, patient, process.env);
    // No check puts a secret into its words; should one ever do so, this is the last that it passes.
    const text = patient.secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), report(findings, args.serve.isJson));
    process.stdout.write(text);
    return findings.some(({ status }) => status === 'fail') ? 1 : 0;
  } catch (error) {
    return complain(error, 1);
  }
}

function complain(error: unknown, exitCode: number): number {
  process.stderr.write(`visavis doctor: ${error instanceof Error ? error.message.split('\n')[0] : 'failed'}\n`);
  return exitCode;
}
