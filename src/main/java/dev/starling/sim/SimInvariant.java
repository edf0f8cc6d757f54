package dev.starling.sim;

import dev.starling.dht.DhtEffect;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.SecureNodeId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What must hold of every honest node after each of its steps, whatever the world does to it.
///
/// Each is asked only where it could have been broken: [#ofDatagram] when the node sends, [#ofTold]
/// when it tells its owner something, [#ofTable] when its table has changed, [#ofStep] always.
public enum SimInvariant {

    /// Every path carries 1,400 bytes unbroken.
    DATAGRAMS_FIT(Moment.SENDING, "no datagram is longer than 1,400 bytes") {
        @Override
        Optional<String> ofDatagram(SimDhtNode node, Endpoint to, ByteBuffer datagram) {
            int length = datagram.remaining();
            return length > 1_400 ? broken(length + " bytes") : HOLDS;
        }
    },

    PACKETS_GO_SOMEWHERE(Moment.SENDING, "nothing is sent to ourselves or to where nobody can be") {
        @Override
        Optional<String> ofDatagram(SimDhtNode node, Endpoint to, ByteBuffer datagram) {
            boolean isNowhere = !to.isReachable() || to.equals(node.endpoint());
            return isNowhere ? broken("sent to " + to) : HOLDS;
        }
    },

    /// Else a forged query would make us send more packets than its sender.
    ANSWERS_ONLY_WHO_ASKS(
            Moment.SENDING, "a query gets one answer at most, to where it came from") {
        @Override
        Optional<String> ofDatagram(SimDhtNode node, Endpoint to, ByteBuffer datagram) {
            if (isQuery(datagram)) {
                return HOLDS;
            }
            var progress = node.progress();
            progress.answers++;
            boolean isDue = progress.isQuery && to.equals(progress.asker) && progress.answers == 1;
            return isDue ? HOLDS : broken("answer " + progress.answers + " to " + to);
        }
    },

    KNOWS_NOT_ITSELF(Moment.TABLE, "no node is a contact of its own") {
        @Override
        Optional<String> ofTable(SimDhtNode node, Contact member, Seen seen) {
            boolean isSelf =
                    member.id().equals(node.id()) || member.endpoint().equals(node.endpoint());
            return isSelf ? broken(member.toString()) : HOLDS;
        }
    },

    KNOWS_NOBODY_TWICE(
            Moment.TABLE, "no id and, but for local ones, no address is in a table twice") {
        @Override
        Optional<String> ofTable(SimDhtNode node, Contact member, Seen seen) {
            var address = member.endpoint().address();
            boolean isNew = seen.ids.add(member.id().high() ^ member.id().middle());
            isNew &= address.isLocal() || seen.addresses.add(address.high() ^ address.low());
            return isNew ? HOLDS : broken(member.toString());
        }
    },

    /// 160 buckets of eight and 208 more in the widest.
    TABLES_ARE_BOUNDED(Moment.TABLE, "a table holds 1,488 contacts at most") {
        @Override
        Optional<String> ofTable(SimDhtNode node, Contact member, Seen seen) {
            return ++seen.count > 1_488 ? broken(seen.count + " contacts") : HOLDS;
        }
    },

    /// What liars invent, forgers send and strangers claim must not get in. Of those that were in
    /// already an eighth is looked at each time.
    KNOWS_ONLY_WHO_EXISTS(
            Moment.TABLE,
            "every contact in a table is or was a node, an honest one under that very id") {
        @Override
        Optional<String> ofTable(SimDhtNode node, Contact member, Seen seen) {
            boolean isLooked = member.endpoint().equals(node.progress().asker) || seen.isTurn();
            return isLooked && !seen.watch.hasExisted(member) ? broken(member.toString()) : HOLDS;
        }
    },

    FINDS_ONLY_WHO_EXISTS(
            Moment.TELLING, "every node that a lookup ends with has been there to answer") {
        @Override
        Optional<String> ofTold(SimDhtNode node, DhtEffect effect, SimWatch watch) {
            if (effect instanceof DhtEffect.LookupEnded ended) {
                for (var found : ended.closest()) {
                    if (!watch.hasExisted(found.endpoint())) {
                        return Optional.of(found.toString());
                    }
                }
            }
            return HOLDS;
        }
    },

    LOOKUPS_ARE_BOUNDED(Moment.TELLING, "a lookup takes 250 queries at most") {
        @Override
        Optional<String> ofTold(SimDhtNode node, DhtEffect effect, SimWatch watch) {
            return effect instanceof DhtEffect.LookupEnded ended && ended.trace().queries() > 250
                    ? broken(ended.trace().queries() + " queries")
                    : HOLDS;
        }
    },

    IDS_FIT_ADDRESSES(Moment.TELLING, "a node keeps an id that fits its address (BEP 42)") {
        @Override
        Optional<String> ofTold(SimDhtNode node, DhtEffect effect, SimWatch watch) {
            return effect instanceof DhtEffect.IdChanged(var id, var external)
                            && !SecureNodeId.matches(id, node.endpoint().address())
                    ? broken("it believes to be at " + external)
                    : HOLDS;
        }
    },

    /// Two minutes and the five seconds of a last query.
    SEARCHES_END(Moment.STEP, "a search ends within 126 seconds") {
        @Override
        Optional<String> ofStep(SimDhtNode node, SimWatch watch) {
            long nowNanos = watch.nowNanos();
            return node.oldestSearchNanos()
                    .filter(began -> nowNanos - began > Duration.ofSeconds(126).toNanos())
                    .map(began -> "one has run for " + Duration.ofNanos(nowNanos - began));
        }
    },

    TIME_GOES_ON(Moment.STEP, "a node does not wake a thousand times at one moment") {
        @Override
        Optional<String> ofStep(SimDhtNode node, SimWatch watch) {
            var progress = node.progress();
            boolean isSame = progress.instantNanos == watch.nowNanos();
            progress.instantNanos = watch.nowNanos();
            progress.stepsAtInstant = isSame ? progress.stepsAtInstant + 1 : 1;
            return progress.stepsAtInstant > 1_000 ? broken("it never settles") : HOLDS;
        }
    },

    /// Whoever forges a sender's address knows no token of it.
    STORES_ONLY_WHO_ANNOUNCED(Moment.STORING, "a stored peer has announced itself") {
        @Override
        Optional<String> ofAnnounce(Id infoHash, Endpoint peer, SimWatch watch) {
            boolean hasAnnounced = watch.hasAnnounced(infoHash, peer.address());
            return hasAnnounced ? HOLDS : broken(peer + " for " + infoHash);
        }
    };

    private static final Optional<String> HOLDS = Optional.empty();

    private final Moment moment;
    private final String claim;

    /// When an invariant could have been broken.
    enum Moment {
        SENDING,
        TELLING,
        TABLE,
        STEP,
        STORING
    }

    /// What one search of a table has seen.
    static final class Seen {
        final SimWatch watch;
        final SimSet ids = new SimSet();
        final SimSet addresses = new SimSet();
        int count;
        int round;

        Seen(SimWatch watch) {
            this.watch = watch;
        }

        void clear() {
            ids.clear();
            addresses.clear();
            count = 0;
            round++;
        }

        boolean isTurn() {
            return (count + round) % 8 == 0;
        }
    }

    SimInvariant(Moment moment, String claim) {
        this.moment = moment;
        this.claim = claim;
    }

    /// As people write it: `datagrams-fit`.
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What holds, as a sentence.
    public String claim() {
        return claim;
    }

    /// Those that could have been broken at this moment.
    static SimInvariant[] at(Moment moment) {
        return Arrays.stream(values())
                .filter(each -> each.moment == moment)
                .toArray(SimInvariant[]::new);
    }

    Optional<String> ofDatagram(SimDhtNode node, Endpoint to, ByteBuffer datagram) {
        return HOLDS;
    }

    Optional<String> ofTold(SimDhtNode node, DhtEffect effect, SimWatch watch) {
        return HOLDS;
    }

    Optional<String> ofTable(SimDhtNode node, Contact member, Seen seen) {
        return HOLDS;
    }

    Optional<String> ofStep(SimDhtNode node, SimWatch watch) {
        return HOLDS;
    }

    Optional<String> ofAnnounce(Id infoHash, Endpoint peer, SimWatch watch) {
        return HOLDS;
    }

    /// Whether a datagram is anything but an answer: a query, or bytes that deserve an error.
    static boolean mayBeAnswered(ByteBuffer datagram) {
        return !endsWith(datagram, "1:y1:re") && !endsWith(datagram, "1:y1:ee");
    }

    /// Whether we wrote a query: `y` is the last key of a message.
    private static boolean isQuery(ByteBuffer datagram) {
        return endsWith(datagram, "1:y1:qe");
    }

    private static boolean endsWith(ByteBuffer datagram, String end) {
        int from = datagram.limit() - end.length();
        boolean isAlike = from >= datagram.position();
        for (int i = 0; i < end.length() && isAlike; i++) {
            isAlike = datagram.get(from + i) == end.charAt(i);
        }
        return isAlike;
    }

    private static Optional<String> broken(String detail) {
        return Optional.of(detail);
    }
}
