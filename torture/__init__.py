"""The checker: `callboard torture` runs the real server in a bad world and holds it to its promises.

It stands beside the server, not under it: it starts `callboard serve` as a process of its own and knows it only by its
doors (PROTOCOL), the catalog and the journal's file. Guide: `run` is one torment from seed to verdict; `premises` is the
server's process, `proxy` the network in between, `faults` the disk and the clock, `weather` what goes wrong when;
`actors` are the people, `history` all they sent and heard, `checks` what must hold of it.
"""
