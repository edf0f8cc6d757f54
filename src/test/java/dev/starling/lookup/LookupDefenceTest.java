package dev.starling.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a lookup makes of hostile and careless answers.
class LookupDefenceTest {

    private static final Id SELF = new Id(-1, -1, -1);
    private static final Lookup.Settings SETTINGS =
            new Lookup.Settings(8, 100, 1_000, 60_000_000_000L, 5_000_000_000L);

    private final RoundTripTimes times = new RoundTripTimes();
    private final Lookup lookup = new Lookup(SELF, Id.ZERO, SETTINGS, times);
    private final List<Contact> asked = new ArrayList<>();

    @Test
    void oneAddressIsAskedOnceUnderWhateverIdsAndPortsItIsNamed() {
        offer(at("11.0.0.1:1", 1), at("11.0.0.1:2", 2), at("11.0.0.1:1", 3));

        assertThat(asked).containsExactly(at("11.0.0.1:1", 1));
    }

    @Test
    void fewContactsOfOneSubnetAreAsked() {
        offer(at("11.0.0.1:1", 1), at("11.0.0.2:1", 2), at("11.0.0.3:1", 3), at("12.0.0.1:1", 4));

        assertThat(asked)
                .containsExactly(at("11.0.0.1:1", 1), at("11.0.0.2:1", 2), at("12.0.0.1:1", 4));
    }

    @Test
    void localAddressesAreToldApartByTheirPort() {
        offer(at("127.0.0.1:1", 1), at("127.0.0.1:2", 2), at("127.0.0.1:1", 3));

        assertThat(asked).containsExactly(at("127.0.0.1:1", 1), at("127.0.0.1:2", 2));
    }

    @Test
    void privateAddressNamedFromOutsideIsNotAsked() {
        offer(at("11.0.0.1:1", 9));

        answer(at("11.0.0.1:1", 9), at("10.0.0.1:1", 1), at("127.0.0.1:1", 2));

        assertThat(asked).containsExactly(at("11.0.0.1:1", 9));
    }

    @Test
    void privateAddressNamedByANeighbourIsAsked() {
        offer(at("10.0.0.1:1", 9));

        answer(at("10.0.0.1:1", 9), at("10.0.0.2:1", 1));

        assertThat(asked).contains(at("10.0.0.2:1", 1));
    }

    @Test
    void ourOwnIdAndUnreachableEndpointsAreNotAsked() {
        offer(
                new Contact(SELF, at("11.0.0.1:1", 1).endpoint()),
                at("11.0.0.2:0", 2),
                at("224.0.0.1:1", 3),
                at("0.0.0.0:1", 4));

        assertThat(asked).isEmpty();
    }

    @Test
    void answeringIdIsKeptWhereItDiffersFromTheOneAsked() {
        offer(at("11.0.0.1:1", 1));

        answer(at("11.0.0.1:1", 7), at("12.0.0.1:1", 2));

        assertThat(lookup.closest()).containsExactly(at("11.0.0.1:1", 7));
        assertThat(asked).contains(at("12.0.0.1:1", 2));
    }

    @Test
    void secondAnswerUnderOneIdIsDiscarded() {
        offer(at("11.0.0.1:1", 1), at("12.0.0.1:1", 2));

        answer(at("11.0.0.1:1", 1));
        answer(at("12.0.0.1:1", 1), at("13.0.0.1:1", 3));

        assertThat(lookup.closest()).containsExactly(at("11.0.0.1:1", 1));
        assertThat(asked).doesNotContain(at("13.0.0.1:1", 3));
    }

    @Test
    void answerNobodyAskedForIsIgnored() {
        offer(at("11.0.0.1:1", 9));

        answer(at("12.0.0.1:1", 1), at("13.0.0.1:1", 2));

        assertThat(asked).containsExactly(at("11.0.0.1:1", 9));
        assertThat(lookup.closest()).isEmpty();
    }

    @Test
    void oneAnswerNamesAtMostSixteen() {
        offer(at("11.0.0.1:1", 199));
        var named = IntStream.range(1, 60).mapToObj(i -> at("12.0." + i + ".1:1", i)).toList();

        lookup.handle(new LookupInput.Answered(at("11.0.0.1:1", 199), named, 0), 1, this::note);
        for (int i = 0; i < asked.size(); i++) {
            lookup.handle(new LookupInput.Failed(asked.get(i)), 2, this::note);
        }

        assertThat(asked).hasSize(1 + Candidates.MAX_NAMED);
    }

    @Test
    void sourceThatNamesOnlySilentContactsIsNoLongerBelieved() {
        offer(at("11.0.0.1:1", 99), at("12.0.0.1:1", 100));
        var lies = IntStream.range(1, 17).mapToObj(i -> at("13.0." + i + ".1:1", i)).toList();

        lookup.handle(new LookupInput.Answered(at("11.0.0.1:1", 99), lies, 0), 1, this::note);
        lookup.expire(1_000_000_000, this::note);

        assertThat(asked).hasSize(2 + SETTINGS.k());
    }

    private void offer(Contact... contacts) {
        lookup.handle(new LookupInput.Offered(List.of(contacts)), 0, this::note);
    }

    private void answer(Contact contact, Contact... closer) {
        lookup.handle(new LookupInput.Answered(contact, List.of(closer), 0), 1, this::note);
    }

    private void note(LookupEffect effect) {
        if (effect instanceof LookupEffect.Ask(var contact)) {
            asked.add(contact);
        }
    }

    private static Contact at(String endpoint, int distance) {
        return new Contact(
                new Id((long) distance << 48, 0, 0), Endpoint.parse(endpoint).orElseThrow());
    }
}
