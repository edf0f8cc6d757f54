"""One thing done in the DHT by libtorrent; prints one JSON object a line.

  put-immutable TEXT | get-immutable TARGET | put-mutable SEED PUBLICKEY TEXT SALT
  get-mutable PUBLICKEY SALT | sample HOST PORT TARGET | serve SECONDS
"""
import argparse
import hashlib
import json
import time

import libtorrent as lt

parser = argparse.ArgumentParser()
parser.add_argument("--listen", required=True, help="IP:PORT")
parser.add_argument("--bootstrap", default="", help="IP:PORT of a DHT node")
parser.add_argument("command")
parser.add_argument("words", nargs="*")
args = parser.parse_args()


def say(event, **fields):
    print(json.dumps({"event": event, **fields}), flush=True)


def wait(kind, seconds=60):
    """The first alert of this kind."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        session.wait_for_alert(200)
        for alert in session.pop_alerts():
            if type(alert).__name__ == kind:
                return alert
    raise SystemExit("no " + kind)


def expanded(seed):
    """The form of a secret key that libtorrent wants."""
    secret = bytearray(hashlib.sha512(seed).digest())
    secret[0] &= 248
    secret[31] = (secret[31] & 63) | 64
    return bytes(secret)


session = lt.session({
    "listen_interfaces": args.listen,
    "enable_dht": True,
    "enable_lsd": False,
    "enable_upnp": False,
    "enable_natpmp": False,
    "dht_bootstrap_nodes": args.bootstrap,
    "dht_restrict_routing_ips": False,
    "dht_restrict_search_ips": False,
    "dht_ignore_dark_internet": False,
    "dht_prefer_verified_node_ids": False,
    "dht_block_ratelimit": 1000000,
    "dht_upload_rate_limit": 10000000,
    "alert_mask": lt.alert.category_t.all_categories,
})
if args.bootstrap:
    wait("dht_bootstrap_alert")
say("ready", version=lt.version)
words = args.words
if args.command == "put-immutable":
    target = session.dht_put_immutable_item(words[0])
    say("put", target=str(target), count=wait("dht_put_alert").num_success)
elif args.command == "get-immutable":
    session.dht_get_immutable_item(lt.sha1_hash(bytes.fromhex(words[0])))
    say("item", value=str(wait("dht_immutable_item_alert").item["value"], "utf-8"))
elif args.command == "put-mutable":
    session.dht_put_mutable_item(
        expanded(bytes.fromhex(words[0])), bytes.fromhex(words[1]), words[2].encode(),
        words[3].encode())
    alert = wait("dht_put_alert")
    say("put", seq=alert.seq, count=alert.num_success)
elif args.command == "get-mutable":
    session.dht_get_mutable_item(bytes.fromhex(words[0]), words[1].encode())
    alert = wait("dht_mutable_item_alert")
    say("item", value=str(alert.item["value"], "utf-8"))
elif args.command == "sample":
    session.dht_sample_infohashes(
        (words[0], int(words[1])), lt.sha1_hash(bytes.fromhex(words[2])))
    alert = wait("dht_sample_infohashes_alert")
    say("samples", total=alert.num_infohashes, samples=[str(s) for s in alert.samples])
elif args.command == "serve":
    time.sleep(float(words[0]))
