const HELP = `visavis: a live, talking avatar in a React app

  visavis emulator   plays every vendor on this machine, so that no account is needed
  visavis serve      the companion server: session route and relay
  visavis doctor     looks at all that serve needs, and says what to mend
  visavis --version

  visavis <command> --help tells more.
`;

export function printHelp(): void {
  process.stdout.write(HELP);
}
