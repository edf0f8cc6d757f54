"""Many libtorrent DHT nodes in one process, each at an address of its own; prints one JSON object a line.

Says joined when all know somebody, announces, says announced; then, once the file of --find comes to be,
has every node look for every infohash in it until the address beside it is found, and says complete.
"""
import argparse
import json
import os
import time

import libtorrent as lt

parser = argparse.ArgumentParser()
parser.add_argument("--listen", required=True, nargs="+", help="IP:PORT")
parser.add_argument("--bootstrap", required=True, nargs="+", help="IP:PORT of DHT nodes")
parser.add_argument("--announce", required=True, help="infohash that the first node announces")
parser.add_argument("--find", required=True, help="file with an infohash and an address on each line")
parser.add_argument("--seconds", type=float, default=300)
args = parser.parse_args()


def say(event, **fields):
    print(json.dumps({"event": event, **fields}), flush=True)


def session(listen):
    return lt.session({
        "listen_interfaces": listen,
        "enable_dht": True,
        "enable_lsd": False,
        "enable_upnp": False,
        "enable_natpmp": False,
        "dht_bootstrap_nodes": ",".join(args.bootstrap),
        "dht_restrict_routing_ips": False,
        "dht_restrict_search_ips": False,
        "dht_ignore_dark_internet": False,
        "dht_prefer_verified_node_ids": False,
        "dht_block_ratelimit": 1000000,
        "dht_upload_rate_limit": 10000000,
        "alert_mask": lt.alert.category_t.dht_notification | lt.alert.category_t.dht_operation_notification,
    })


started = time.monotonic()


def pause():
    if time.monotonic() - started > args.seconds:
        raise SystemExit("out of time")
    time.sleep(0.1)


sessions = [session(listen) for listen in args.listen]
joined = set()
while len(joined) < len(sessions):
    for number, one in enumerate(sessions):
        if any(type(alert).__name__ == "dht_bootstrap_alert" for alert in one.pop_alerts()):
            joined.add(number)
    pause()
say("joined", nodes=len(sessions), seconds=time.monotonic() - started)
params = lt.parse_magnet_uri("magnet:?xt=urn:btih:" + args.announce)  # dht_announce takes no flags in Python
params.save_path = "."
params.flags &= ~lt.torrent_flags.auto_managed
params.flags &= ~lt.torrent_flags.paused
sessions[0].add_torrent(params).force_dht_announce()
say("announced", infoHash=args.announce)

while not os.path.exists(args.find):
    pause()
began = time.monotonic()
with open(args.find) as file:
    wanted = [line.split() for line in file]
missing = {(number, *want) for number in range(len(sessions)) for want in wanted}
ask_at = 0
while missing:
    if time.monotonic() >= ask_at:
        ask_at = time.monotonic() + 10
        for number, info_hash, _ in missing:
            sessions[number].dht_get_peers(lt.sha1_hash(bytes.fromhex(info_hash)))
    for number, one in enumerate(sessions):
        for alert in one.pop_alerts():
            if type(alert).__name__ == "dht_get_peers_reply_alert":
                for address, _ in alert.peers():
                    missing.discard((number, str(alert.info_hash), address))
    say("looking", missing=len(missing))
    pause()
say("complete", nodes=len(sessions), found=len(wanted), seconds=time.monotonic() - began)
while True:
    pause()
