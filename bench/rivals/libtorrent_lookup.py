#!/usr/bin/python3
"""Lookups by libtorrent, for `starling bench lookup --against bench/rivals/libtorrent_lookup.py`.

Joins the DHT by the bootstrap nodes, waits, starts one lookup after another and prints for each one a
line as ours does: {"event": "lookup", "target": ..., "peers": ..., "millisToFirstPeers": ...}.
libtorrent tells neither when a lookup has ended nor what it cost, so those fields are left out. With
--announce every target is added as a torrent, which is how libtorrent announces; then it does not tell
when the first peers came, so no times are printed, and the network must be asked. Needs python3-libtorrent.
"""
import argparse
import json
import tempfile
import time

import libtorrent as lt

PATIENCE_SECONDS = 20

parser = argparse.ArgumentParser()
parser.add_argument("--bootstrap", action="append", required=True, metavar="HOST:PORT")
parser.add_argument("--targets", required=True, metavar="FILE")
parser.add_argument("--warmup", type=float, default=15)
parser.add_argument("--every", type=float, default=1)
parser.add_argument("--announce", action="store_true")
args = parser.parse_args()

session = lt.session({
    "listen_interfaces": "127.0.0.1:0" if args.bootstrap[0].startswith("127.") else "0.0.0.0:0",
    "enable_dht": True,
    "enable_lsd": False,
    "enable_upnp": False,
    "enable_natpmp": False,
    "dht_bootstrap_nodes": ",".join(args.bootstrap),
    # On one machine or a private network all nodes share a subnet.
    "dht_restrict_routing_ips": False,
    "dht_restrict_search_ips": False,
    "dht_ignore_dark_internet": False,
    "dht_prefer_verified_node_ids": False,
    "dht_upload_rate_limit": 1_000_000,
    "active_dht_limit": 10_000,
    "active_limit": 10_000,
    "alert_mask": lt.alert.category_t.dht_notification | lt.alert.category_t.dht_operation_notification
    if hasattr(lt.alert.category_t, "dht_operation_notification") else lt.alert.category_t.all_categories,
})
time.sleep(args.warmup)

with open(args.targets) as file:
    targets = [line.split()[0].lower() for line in file if line.strip()]
started, first, peers = {}, {}, {}
folder = tempfile.mkdtemp()


def hear(until):
    while time.monotonic() < until:
        session.wait_for_alert(max(1, int(1000 * (until - time.monotonic()))))
        now = time.monotonic()
        for alert in session.pop_alerts():
            if isinstance(alert, lt.dht_get_peers_reply_alert):
                target = str(alert.info_hash)
                count = alert.num_peers() if callable(alert.num_peers) else alert.num_peers
                if count and target in started:
                    first.setdefault(target, now)
                    peers[target] = peers.get(target, 0) + count


for target in targets:
    started[target] = time.monotonic()
    if args.announce:
        params = lt.parse_magnet_uri("magnet:?xt=urn:btih:" + target)
        params.save_path = folder
        params.flags &= ~lt.torrent_flags.auto_managed
        params.flags &= ~lt.torrent_flags.paused
        session.add_torrent(params)
    else:
        session.dht_get_peers(lt.sha1_hash(bytes.fromhex(target)))
    hear(started[target] + args.every)
hear(time.monotonic() + PATIENCE_SECONDS)

for target in targets:
    millis = 1000 * (first[target] - started[target]) if target in first else -1
    print(json.dumps({
        "event": "lookup",
        "target": target,
        "peers": peers.get(target, 0),
        "millisToFirstPeers": round(millis, 3),
    }), flush=True)
