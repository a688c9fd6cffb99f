/** Whether a process of this machine runs. What a test run leaves behind carries its number. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
