// Processor time of the server and of the load itself, as shares of one processor.

import { readFileSync } from "node:fs";

const TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux

/** Seconds of processor that a process has used, all its threads, user and system. */
function usedBy(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Starts a watch on both. Calling it with a number of pieces of work tells what each cost, and the shares since. */
export function watched(pid) {
  const began = performance.now();
  const server = usedBy(pid);
  const load = process.cpuUsage();
  return (pieces) => {
    const seconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(load);
    const [served, loaded] = [usedBy(pid) - server, (user + system) / 1e6];
    return {
      server_us: (served * 1e6) / pieces,
      load_us: (loaded * 1e6) / pieces,
      server_cpu: served / seconds,
      load_cpu: loaded / seconds,
    };
  };
}
