/** Without build metadata: a registry takes two versions that differ only in it for one. */
const VERSION = /^(\d+)\.(\d+)\.(\d+)(?:-[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?$/;

/**
 * @typedef {object} ReleaseFacts
 * @property {string} version the one that is to be released
 * @property {string} current the one in package.json
 * @property {string} changelog the text of CHANGELOG.md
 * @property {string} changes what `git status --porcelain` says
 * @property {readonly string[]} tags those of the commit
 * @property {boolean} publishes whether it is put into the registry at once
 * @property {readonly string[]} missingAddresses which of `repository`, `bugs` and `homepage` package.json does not name
 */

/**
 * What stands against a release. Nothing in the answer means that it can go on.
 * @param {ReleaseFacts} facts
 * @returns {string[]}
 */
export function judgeRelease({ version, current, changelog, changes, tags, publishes, missingAddresses }) {
  if (!VERSION.test(version)) return [`${JSON.stringify(version)} is not a version. Name one: npm run release -- 1.2.3`];
  const complaints = [];
  if (changes.trim() !== '') complaints.push('The tree has changes that are not committed. Commit them, or take them back.');
  if (isOlder(version, current)) complaints.push(`Version ${version} is older than ${current}, which package.json names.`);
  const section = sectionOf(changelog, version);
  if (section === undefined) complaints.push(`CHANGELOG.md has no heading "## [${version}] - YYYY-MM-DD". Give what is under "Unreleased" that heading.`);
  else if (section.trim() === '') complaints.push(`CHANGELOG.md says nothing about ${version}.`);
  if (publishes && version !== current) complaints.push(`package.json names ${current}. What is published is committed and tagged before: npm run release -- ${version} on your machine.`);
  if (publishes && !tags.includes(`v${version}`)) complaints.push(`The commit is not tagged v${version}, so that nobody could find it again.`);
  if (missingAddresses.length > 0) {
    const [names, example] = [missingAddresses.map((name) => `"${name}"`).join(', '), '"repository": { "type": "git", "url": "git+https://HOST/OWNER/NAME.git" }, "bugs": "https://HOST/OWNER/NAME/issues", "homepage": "https://HOST/OWNER/NAME#readme"'];
    complaints.push(`package.json names no ${names}. Provenance says where a package was built, and the registry compares that with "repository". Fill in, with the real address: ${example}.`);
  }
  return complaints;
}

/**
 * @param {string} changelog
 * @param {string} version
 */
function sectionOf(changelog, version) {
  const lines = changelog.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`## [${version}] - `) && /\d{4}-\d\d-\d\d$/.test(line));
  if (start === -1) return undefined;
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith('## '));
  return lines.slice(start + 1, length === -1 ? undefined : start + 1 + length).join('\n');
}

/**
 * By their three numbers. What comes behind a hyphen is not compared: the registry does that as well.
 * @param {string} version
 * @param {string} other
 */
function isOlder(version, other) {
  const [numbers = [], others = []] = [version, other].map((each) => each.match(VERSION)?.slice(1, 4).map(Number));
  const differs = numbers.findIndex((number, index) => number !== others[index]);
  return differs !== -1 && (numbers[differs] ?? 0) < (others[differs] ?? 0);
}
