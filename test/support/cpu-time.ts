/**
 * Milliseconds of processor time that this process has used. Unlike elapsed time, it does not depend on how
 * busy the machine is.
 */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
