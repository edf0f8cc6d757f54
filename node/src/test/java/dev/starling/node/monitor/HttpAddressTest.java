package dev.starling.node.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HttpAddressTest {

    @Test
    void withoutAHostItIsLoopback() {
        assertThat(HttpAddress.parse("9090")).isEqualTo(new HttpAddress("127.0.0.1", 9090));
    }

    @Test
    void hostsAreNamesOrAddresses() {
        assertThat(HttpAddress.parse("a.example:1")).isEqualTo(new HttpAddress("a.example", 1));
        assertThat(HttpAddress.parse("[::1]:0")).isEqualTo(new HttpAddress("::1", 0));
    }

    @Test
    void allAddressesAreReachedByLoopback() {
        assertThat(HttpAddress.parse("0.0.0.0:80").local()).isEqualTo("127.0.0.1:80");
        assertThat(HttpAddress.parse("[::]:80").local()).isEqualTo("[::1]:80");
    }

    @Test
    void whatIsNoAddressSaysWhatOneLooksLike() {
        for (String wrong : List.of("", "x", ":80", "::1:80", "a:-1")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> HttpAddress.parse(wrong))
                    .withMessageContaining("127.0.0.1:9090");
        }
    }

    @Test
    void aPortThatIsNoneSaysWhichThereAre() {
        for (String wrong : List.of("99999", "a:65536")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> HttpAddress.parse(wrong))
                    .withMessageContaining("is not in 0..65535");
        }
    }
}
