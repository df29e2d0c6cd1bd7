/**
 * Milliseconds of processor time that this process has used: what a step took by this does not depend on how busy the
 * machine is, as what it took by the clock does.
 */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
