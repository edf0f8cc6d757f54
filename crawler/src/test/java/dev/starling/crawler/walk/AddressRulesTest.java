package dev.starling.crawler.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.crawler.walk.AddressRules.Prefix;
import dev.starling.id.Endpoint;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AddressRulesTest {

    private static final AddressRules PUBLIC = new AddressRules(true, false, List.of());
    private static final AddressRules PRIVATE = new AddressRules(false, true, List.of());

    @Test
    void theInternetsAddressesAreContactedOnAPublicNetwork() {
        assertThat(List.of("8.8.8.8:6881", "[2606:4700::1]:6881", "193.0.0.1:1"))
                .allMatch(text -> allows(PUBLIC, text));
    }

    @Test
    void privateAndReservedAddressesAreNot() {
        assertThat(
                        List.of(
                                "10.1.2.3:6881",
                                "172.16.0.1:6881",
                                "192.168.1.1:6881",
                                "127.0.0.1:6881",
                                "169.254.1.1:6881",
                                "100.64.0.1:6881",
                                "198.18.0.1:6881",
                                "192.0.2.1:6881",
                                "198.51.100.9:6881",
                                "203.0.113.5:6881",
                                "0.1.2.3:6881",
                                "224.0.0.1:6881",
                                "255.255.255.255:6881",
                                "8.8.8.8:0",
                                "[fe80::1]:6881",
                                "[fc00::1]:6881",
                                "[2001:db8::1]:6881",
                                "[2002:a00::1]:6881",
                                "[4000::1]:6881",
                                "[::1]:6881"))
                .noneMatch(text -> allows(PUBLIC, text));
    }

    @Test
    void onAPrivateNetworkOnlyPrivateAddressesAreContacted() {
        assertThat(List.of("10.1.2.3:6881", "127.0.0.1:6881", "198.18.0.1:6881"))
                .allMatch(text -> allows(PRIVATE, text));
        assertThat(allows(PRIVATE, "8.8.8.8:6881")).isFalse();
    }

    @Test
    void whoAsksToBeLeftAloneIs() {
        var rules =
                new AddressRules(
                        true,
                        false,
                        List.of(
                                Prefix.parse("8.8.8.0/24").orElseThrow(),
                                Prefix.parse("9.9.9.9").orElseThrow(),
                                Prefix.parse("2606:4700::/32").orElseThrow()));

        assertThat(List.of("8.8.8.8:1", "8.8.8.255:1", "9.9.9.9:1", "[2606:4700:9::1]:1"))
                .noneMatch(text -> allows(rules, text));
        assertThat(List.of("8.8.9.0:1", "9.9.9.8:1", "[2606:4701::1]:1"))
                .allMatch(text -> allows(rules, text));
    }

    @Test
    void whatIsNoPrefixIsNotTakenForOne() {
        assertThat(List.of("", "1.2.3.4/33", "1.2.3.4/-1", "1.2.3/8", "::1/129", "1.2.3.4/x"))
                .allMatch(text -> Prefix.parse(text).isEmpty());
    }

    private static boolean allows(AddressRules rules, String endpoint) {
        return rules.allow(Endpoint.parse(endpoint).orElseThrow());
    }
}
