package dev.starling.routing;

import static dev.starling.routing.Neighbours.MINUTE;
import static dev.starling.routing.Neighbours.RTT;
import static dev.starling.routing.Neighbours.at;
import static dev.starling.routing.Neighbours.sharing;
import static dev.starling.routing.Neighbours.table;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// No address and no subnet gets more than its share of the table.
class RoutingTableDiversityTest {

    @Test
    void secondContactOfOneAddressIsRefused() {
        var table = table();
        table.answered(at("11.0.0.1:6881", sharing(0, 1).id()), RTT, 0);

        var result = table.answered(at("11.0.0.1:6882", sharing(1, 2).id()), RTT, 0);

        assertThat(result).isInstanceOf(InsertResult.Refused.class);
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void secondContactOfOneSubnetInABucketIsRefused() {
        var table = table();
        table.answered(at("11.0.0.1:6881", sharing(0, 1).id()), RTT, 0);
        table.answered(at("[2001:db8::1]:6881", sharing(0, 2).id()), RTT, 0);

        var v4 = table.answered(at("11.0.0.2:6881", sharing(0, 3).id()), RTT, 0);
        var v6 = table.answered(at("[2001:db8::2]:6881", sharing(0, 4).id()), RTT, 0);

        assertThat(v4).isInstanceOf(InsertResult.Refused.class);
        assertThat(v6).isInstanceOf(InsertResult.Refused.class);
    }

    @Test
    void fewContactsOfOneSubnetEnterTheTable() {
        var table = table();
        for (int bits = 0; bits < 6; bits++) {
            for (int i = 0; i < 8; i++) {
                table.answered(sharing(bits, 10 * bits + i), RTT, 0);
                table.failed(sharing(bits, 10 * bits + i), 0);
            }
        }
        for (int bits = 0; bits < 6; bits++) {
            for (int i = 0; i < 8; i++) {
                table.failed(sharing(bits, 10 * bits + i), 1);
                table.failed(sharing(bits, 10 * bits + i), 2);
            }
        }

        for (int bits = 0; bits < 6; bits++) {
            table.answered(at("12.0.0." + (bits + 1) + ":6881", sharing(bits, 99).id()), RTT, 3);
        }

        assertThat(table.closest(sharing(0, 0).id(), 50)).hasSize(3);
    }

    @Test
    void localAddressesAreExempt() {
        var table = table();
        for (int i = 0; i < 8; i++) {
            table.answered(at("127.0.0.1:" + (7000 + i), sharing(0, i).id()), RTT, 0);
        }

        assertThat(table.size()).isEqualTo(8);
    }

    @Test
    void candidatesHoldNoPlaceAgainstAContactThatAnswers() {
        var table = table();
        table.queried(at("11.0.0.1:6881", sharing(0, 1).id()), 0);

        var result = table.answered(at("11.0.0.1:6882", sharing(0, 2).id()), RTT, 0);
        var candidate = table.answered(at("11.0.0.1:6881", sharing(0, 1).id()), RTT, MINUTE);

        assertThat(result).isEqualTo(new InsertResult.Inserted());
        assertThat(candidate).isInstanceOf(InsertResult.Refused.class);
        assertThat(table.size()).isEqualTo(1);
    }
}
