package dev.starling.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllowedFastSetTest {

    private static final Id INFO_HASH = Id.parseHex("aa".repeat(20)).orElseThrow();

    @Test
    void matchesTheSetsOfBep6() {
        assertThat(AllowedFastSet.of(ip("80.4.4.200"), INFO_HASH, 1313, 7))
                .containsExactly(1059, 431, 808, 1217, 287, 376, 1188);
        assertThat(AllowedFastSet.of(ip("80.4.4.200"), INFO_HASH, 1313, 9))
                .containsExactly(1059, 431, 808, 1217, 287, 376, 1188, 353, 508);
    }

    @Test
    void oneNetworkHasOneSet() {
        List<Integer> set = AllowedFastSet.of(ip("80.4.4.200"), INFO_HASH, 1313, 10);

        assertThat(AllowedFastSet.of(ip("80.4.4.1"), INFO_HASH, 1313, 10)).isEqualTo(set);
        assertThat(AllowedFastSet.of(ip("80.4.5.200"), INFO_HASH, 1313, 10)).isNotEqualTo(set);
    }

    @Test
    void aSmallTorrentIsAllowedWhole() {
        assertThat(AllowedFastSet.of(ip("80.4.4.200"), INFO_HASH, 3, 10)).containsExactly(0, 1, 2);
        assertThat(AllowedFastSet.of(ip("80.4.4.200"), INFO_HASH, 11, 10))
                .hasSize(10)
                .doesNotHaveDuplicates()
                .allMatch(piece -> piece >= 0 && piece < 11);
    }

    @Test
    void ipv6HasNone() {
        assertThat(AllowedFastSet.of(ip("2001:db8::1"), INFO_HASH, 1313, 10)).isEmpty();
    }

    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
