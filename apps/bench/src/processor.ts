import { readFileSync, readdirSync } from 'node:fs';

const TICKS_A_SECOND = 100;

/** The fields of /proc/<pid>/stat that follow the name. */
function statOf(pid: number | string): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Seconds of processor time that a process has used, with those of its children that have ended. */
export function cpuOf(pid: number | string): number {
  const ticks = statOf(pid).slice(11, 15).map(Number);
  return ticks.reduce((sum, one) => sum + one, 0) / TICKS_A_SECOND;
}

/** Seconds of processor time that a server on this machine has used in all its processes; `pid` is a child of its main one. */
export function cpuOfServer(pid: number): number {
  const main = statOf(pid)[1] ?? '';
  let seconds = cpuOf(main);
  for (const one of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (statOf(one)[1] === main) seconds += cpuOf(one);
    } catch {
      continue; // it ended just now
    }
  }
  return seconds;
}

const mebibytesOf = (pid: number, field: string): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024);
};

/** Mebibytes of memory that a process has used at its highest so far. */
export const peakMiBOf = (pid: number): number => mebibytesOf(pid, 'VmHWM');

/** Mebibytes of memory that a process uses at this moment. */
export const memoryMiBOf = (pid: number): number => mebibytesOf(pid, 'VmRSS');
