export const DOCTOR_HELP = `visavis doctor: is everything right that visavis serve needs?

  Call it like visavis serve, with the same arguments and the same environment. It looks at Node, secrets, keys, clock, network,
  Redis, ports and Agora, and says of each how it is and what to do. It starts nothing, and opens no session that costs anything.

  --url URL            also look at a running server from outside, as a browser does: https://app.example.com/api/avatar
  --timeout-seconds N  how long each answer may take, default 10
  --json               print one JSON object
  --emulator URL       look at an emulator instead of the vendors

  The exit code is 0, also with warnings; 1 when something fails; 2 for wrong arguments.
`;
