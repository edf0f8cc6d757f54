package dev.starling.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.bencode.ByteString;
import dev.starling.id.IpAddress;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AddressFilterTest {

    /// BEP 33, "Test Vectors".
    private static final String OF_THE_BEP =
            """
            F6C3F5EA A07FFD91 BDE89F77 7F26FB2B FF37BDB8 FB2BBAA2 FD3DDDE7 BACFFF75 EE7CCBAE
            FE5EEDB1 FBFAFF67 F6ABFF5E 43DDBCA3 FD9B9FFD F4FFD3E9 DFF12D1B DF59DB53 DBE9FA5B
            7FF3B8FD FCDE1AFB 8BEDD7BE 2F3EE71E BBBFE93B CDEEFE14 8246C2BC 5DBFF7E7 EFDCF24F
            D8DC7ADF FD8FFFDF DDFFF7A4 BBEEDF5C B95CE81F C7FCFF1F F4FFFFDF E5F7FDCB B7FD79B3
            FA1FC77B FE07FFF9 05B7B7FF C7FEFEFF E0B8370B B0CD3F5B 7F2BD93F EB4386CF DD6F7FD5
            BFAF2E9E BFFFFEEC D67ADBF7 C67F17EF D5D75EBA 6FFEBA7F FF47A91E B1BFBB53 E8ABFB57
            62ABE8FF 237279BF EFBFEEF5 FFC5FEBF DFE5ADFF ADFEE1FB 737FFFFB FD9F6AEF FEEE76B6
            FD8F72EF
            """;

    @Test
    void filterOfTheBepIsMadeBitForBit() {
        var filter = new AddressFilter();

        for (int i = 0; i < 256; i++) {
            filter.add(IpAddress.v4(0xc0000200 + i));
        }
        assertThat(filter.bytes().hex()).startsWith("24c00040");
        for (int i = 0; i < 1_000; i++) {
            filter.add(new IpAddress(0x20010db800000000L, i));
        }

        assertThat(filter.bytes().hex())
                .isEqualTo(OF_THE_BEP.replaceAll("\\s", "").toLowerCase(Locale.ROOT));
        assertThat(filter.estimate()).isCloseTo(1224.9308, within(0.0001));
    }

    @Test
    void anEmptyFilterHoldsNobody() {
        var filter = new AddressFilter();

        assertThat(filter.estimate()).isZero();
        assertThat(filter.standardError()).isZero();
        assertThat(filter.mayContain(IpAddress.v4(1))).isFalse();
    }

    @Test
    void mergedFiltersCountTheUnion() {
        var some = new AddressFilter();
        var others = new AddressFilter();
        for (int i = 0; i < 300; i++) {
            some.add(IpAddress.v4(i));
            others.add(IpAddress.v4(100 + i));
        }

        some.merge(others);

        assertThat(some.estimate()).isBetween(385.0, 415.0);
        assertThat(some.mayContain(IpAddress.v4(399))).isTrue();
    }

    @Test
    void theErrorIsWhatManyFiltersShow() {
        var random = new SplittableRandom(1);
        for (int count : new int[] {100, 1_000, 3_000}) {
            double squares = 0;
            double error = 0;
            for (int round = 0; round < 200; round++) {
                var filter = new AddressFilter();
                for (int i = 0; i < count; i++) {
                    filter.add(new IpAddress(0x20010db800000000L, random.nextLong()));
                }
                squares += Math.pow(filter.estimate() - count, 2) / 200;
                error += filter.standardError() / 200;
            }

            assertThat(Math.sqrt(squares)).isBetween(0.85 * error, 1.15 * error);
        }
    }

    @Test
    void onlyWhatHas256BytesIsAFilter() {
        assertThat(AddressFilter.of(ByteString.of(new byte[255]))).isEmpty();
        assertThat(AddressFilter.of(ByteString.of(new byte[256]))).isPresent();
    }
}
