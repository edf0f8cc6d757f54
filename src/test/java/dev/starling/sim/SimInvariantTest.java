package dev.starling.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.dht.DhtEffect;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.lookup.LookupEffect.Outcome;
import dev.starling.lookup.LookupTrace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Each invariant, broken.
class SimInvariantTest {

    private static final Endpoint STRANGER = new Endpoint(IpAddress.v4(0x05060708), 6881);

    private final SimWorld world = SimWorld.seeded(3).converged(20);
    private final SimDhtNode node = world.node(5);
    private final SimWatch watch = world.watch();

    @Test
    void aDatagramTooLong() {
        assertBroken(
                "datagrams-fit", () -> watch.sending(node, STRANGER, datagram("x".repeat(1401))));
    }

    @Test
    void aPacketToOurselves() {
        var query = datagram("1:y1:qe");

        assertBroken("packets-go-somewhere", () -> watch.sending(node, node.endpoint(), query));
    }

    @Test
    void anAnswerThatNobodyAskedFor() {
        var answer = datagram("1:y1:re");

        assertBroken("answers-only-who-asks", () -> watch.sending(node, STRANGER, answer));
    }

    @Test
    void twoAnswersToOneQuery() {
        node.progress().asker = STRANGER;
        node.progress().isQuery = true;

        watch.sending(node, STRANGER, datagram("1:y1:re"));

        assertBroken(
                "answers-only-who-asks", () -> watch.sending(node, STRANGER, datagram("1:y1:re")));
    }

    @Test
    void anInventedContact() {
        var invented = new Contact(Id.random(world.random()), STRANGER);
        node.node().tables().getFirst().answered(invented, 1, world.clock().nowNanos());
        node.progress().asker = STRANGER;

        assertBroken("knows-only-who-exists", () -> watch.settled(node));
    }

    @Test
    void aLookupThatEndsWithAnInvention() {
        var found = List.of(new Contact(Id.ZERO, STRANGER));

        assertBroken("finds-only-who-exists", () -> watch.telling(node, ended(found, 3)));
    }

    @Test
    void aLookupWithoutEnd() {
        assertBroken("lookups-are-bounded", () -> watch.telling(node, ended(List.of(), 251)));
    }

    @Test
    void anIdOfAnotherAddress() {
        var changed = new DhtEffect.IdChanged(node.id().flipped(0), STRANGER.address());

        assertBroken("ids-fit-addresses", () -> watch.telling(node, changed));
    }

    @Test
    void aNodeThatNeverSettles() {
        assertBroken(
                "time-goes-on",
                () -> {
                    for (int i = 0; i < 1_001; i++) {
                        watch.settled(node);
                    }
                });
    }

    @Test
    void aPeerThatDidNotAnnounceItself() {
        assertBroken(
                "stores-only-who-announced",
                () -> watch.storing(node.endpoint(), Id.ZERO, STRANGER));
    }

    @Test
    void everyInvariantHasItsPlaceAndItsName() {
        for (var invariant : SimInvariant.values()) {
            assertThat(invariant.title()).matches("[a-z-]+");
            assertThat(invariant.claim()).isNotBlank();
        }
    }

    private void assertBroken(String invariant, Runnable deed) {
        assertThatThrownBy(deed::run)
                .isInstanceOf(SimViolation.class)
                .hasMessageContaining(invariant + " is broken")
                .hasMessageContaining("of seed 3");
    }

    private static DhtEffect.LookupEnded ended(List<Contact> closest, int queries) {
        var step = new LookupTrace.Step(new Contact(Id.ZERO, STRANGER), 0, 1, 1, 0, 0, 0);
        var trace = new LookupTrace(Id.ZERO, 0, Collections.nCopies(queries, step));
        return new DhtEffect.LookupEnded(0, Outcome.CONVERGED, closest, 0, trace);
    }

    private static ByteBuffer datagram(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
