"""A libtorrent peer for the interop tests: seeds a torrent or downloads a magnet link, found by DHT only.

Prints one JSON object a line: ready, peers, metadata, complete, sent; with --magnet-file first joined; when asked
to stop by SIGTERM, at last ended.
"""
import argparse
import json
import os
import signal
import sys
import time

import libtorrent as lt

parser = argparse.ArgumentParser()
parser.add_argument("--listen", required=True, help="IP:PORT")
parser.add_argument("--bootstrap", required=True, help="IP:PORT of a DHT node")
parser.add_argument("--folder", required=True)
parser.add_argument("--torrent", help="seed this .torrent, data below --folder")
parser.add_argument("--magnet", help="download this link")
parser.add_argument("--magnet-file", help="join the DHT, then download the link that comes to be in this file")
parser.add_argument("--peer", help="IP:PORT to connect to at once")
parser.add_argument("--upload-rate", type=int, default=0, help="bytes a second at most; 0: no limit")
parser.add_argument("--seconds", type=float, default=300)
args = parser.parse_args()


def say(event, **fields):
    print(json.dumps({"event": event, **fields}), flush=True)


is_asked_to_stop = False


def stop(*_):
    global is_asked_to_stop
    is_asked_to_stop = True


signal.signal(signal.SIGTERM, stop)
started = time.monotonic()
session = lt.session({
    "listen_interfaces": args.listen,
    "enable_dht": True,
    "enable_lsd": False,
    "enable_upnp": False,
    "enable_natpmp": False,
    "enable_outgoing_utp": False,
    "enable_incoming_utp": False,
    "allow_multiple_connections_per_ip": True,
    "dht_bootstrap_nodes": args.bootstrap,
    "dht_restrict_routing_ips": False,
    "dht_restrict_search_ips": False,
    "dht_ignore_dark_internet": False,
    "dht_prefer_verified_node_ids": False,
    "dht_announce_interval": 30,
    "upload_rate_limit": args.upload_rate,
    "alert_mask": lt.alert.category_t.all_categories,
    "out_enc_policy": 2,
    "in_enc_policy": 1,
})
if args.magnet_file:
    while not any(type(alert).__name__ == "dht_bootstrap_alert" for alert in session.pop_alerts()):
        session.wait_for_alert(100)
    say("joined", seconds=time.monotonic() - started)
    while not os.path.exists(args.magnet_file):
        time.sleep(0.005)
    with open(args.magnet_file) as file:
        args.magnet = file.read().strip()
    started = time.monotonic()
if args.torrent:
    params = lt.add_torrent_params()
    params.ti = lt.torrent_info(args.torrent)
    params.flags |= lt.torrent_flags.seed_mode
else:
    params = lt.parse_magnet_uri(args.magnet)
params.save_path = args.folder
params.flags &= ~lt.torrent_flags.auto_managed
params.flags &= ~lt.torrent_flags.paused
handle = session.add_torrent(params)
if args.peer:
    host, port = args.peer.rsplit(":", 1)
    handle.connect_peer((host, int(port)))
say("ready", seconds=time.monotonic() - started)

seen = set()
force_at = 0
sent = 0
while time.monotonic() - started < args.seconds and not is_asked_to_stop:
    session.wait_for_alert(100)
    for alert in session.pop_alerts():
        name = type(alert).__name__
        if name == "dht_bootstrap_alert":
            handle.force_dht_announce()
        elif name == "dht_reply_alert" and alert.num_peers > 0 and "peers" not in seen:
            seen.add("peers")
            say("peers", found=alert.num_peers, seconds=time.monotonic() - started)
        elif name == "metadata_received_alert":
            say("metadata", seconds=time.monotonic() - started)
        elif name == "torrent_finished_alert" and not args.torrent and "complete" not in seen:
            seen.add("complete")
            session.pause()
            handle.flush_cache()
            say("complete", seconds=time.monotonic() - started)
        elif name in ("torrent_error_alert", "file_error_alert", "listen_failed_alert"):
            print(alert.message(), file=sys.stderr, flush=True)
    uploaded = handle.status().total_payload_upload
    if uploaded != sent:
        sent = uploaded
        say("sent", bytes=sent)
    now = time.monotonic()
    if now >= force_at and not handle.status().num_peers:
        force_at = now + 2
        handle.force_dht_announce()
    if "complete" in seen:
        time.sleep(0.5)
        break
if is_asked_to_stop:
    say("ended", sentBytes=handle.status().total_payload_upload)
