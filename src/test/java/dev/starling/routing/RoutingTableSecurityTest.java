package dev.starling.routing;

import static dev.starling.routing.Neighbours.MINUTE;
import static dev.starling.routing.Neighbours.RTT;
import static dev.starling.routing.Neighbours.SELF;
import static dev.starling.routing.Neighbours.far;
import static dev.starling.routing.Neighbours.tableWithFullFarBucket;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.IpAddress;
import dev.starling.id.SecureNodeId;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Contacts whose id fits their address are preferred (BEP 42).
class RoutingTableSecurityTest {

    private final SplittableRandom random = new SplittableRandom(3);

    @Test
    void contactWithAFittingIdTakesThePlaceOfTheSlowestWithout() {
        var table = tableWithFullFarBucket();
        table.answered(far(5), 100 * RTT, MINUTE);
        var secure = secure(1);

        var result = table.answered(secure, RTT, MINUTE);

        assertThat(result).isEqualTo(new InsertResult.Replaced(far(5)));
        assertThat(table.closest(secure.id(), 8)).contains(secure).doesNotContain(far(5));
    }

    @Test
    void whoHadToYieldComesBackWhenAPlaceIsFree() {
        var table = tableWithFullFarBucket();
        table.answered(far(5), 100 * RTT, MINUTE);
        var secure = secure(1);
        table.answered(secure, RTT, MINUTE);

        for (int i = 0; i < 3; i++) {
            table.failed(secure, MINUTE);
        }

        assertThat(table.closest(far(5).id(), 8)).contains(far(5)).doesNotContain(secure);
    }

    @Test
    void contactsWithFittingIdsDoNotDisplaceOneAnother() {
        var table = tableWithFullFarBucket();
        for (int i = 0; i < 8; i++) {
            table.answered(secure(i), RTT, MINUTE);
        }

        var result = table.answered(secure(8), RTT / 10, MINUTE);

        assertThat(result).isEqualTo(new InsertResult.Full());
    }

    @Test
    void contactWithoutAFittingIdDisplacesNobody() {
        var table = tableWithFullFarBucket();

        var result = table.answered(far(9), RTT / 10, MINUTE);

        assertThat(result).isEqualTo(new InsertResult.Full());
    }

    @Test
    void idsOfLocalAddressesAreAllAsGoodAsAnother() {
        var table = new RoutingTable(SELF, RoutingTable.BUCKET_SIZE, random);
        for (int i = 0; i < 8; i++) {
            table.answered(local(i), RTT, 0);
        }
        table.answered(Neighbours.sharing(1, 100), RTT, 0);

        var local = table.answered(local(8), RTT / 10, MINUTE);
        var secure = table.answered(secure(1), RTT / 10, MINUTE);

        assertThat(local).isEqualTo(new InsertResult.Full());
        assertThat(secure).isEqualTo(new InsertResult.Full());
    }

    private static Contact local(int number) {
        var far = far(number);
        return new Contact(far.id(), new Endpoint(IpAddress.v4(10 << 24 | number + 1), 6881));
    }

    /// A contact of the far half with an id that its address allows.
    private Contact secure(int number) {
        for (int attempt = 0; ; attempt++) {
            var address = IpAddress.v4((50 << 24) + (number << 16) + (attempt << 8) + 1);
            var id = SecureNodeId.derive(address, random);
            if (id.bit(0)) {
                return new Contact(id, new Endpoint(address, 6881));
            }
        }
    }
}
