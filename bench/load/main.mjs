// The load, a process of its own: what to do comes as one JSON argument, the figures leave as one line of JSON. Anything
// that goes wrong ends it with the reason on standard error.

import { closedLoop } from "./closedLoop.mjs";
import { listeners } from "./listeners.mjs";

const WAYS = { closedLoop, listeners };

const { way, ...options } = JSON.parse(process.argv[2]);
process.stdout.write(`${JSON.stringify(await WAYS[way](options))}\n`);
