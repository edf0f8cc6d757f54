package dev.starling.id;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The examples of RFC 5952 and RFC 4291, then what is no address.
class IpTextTest {

    @ParameterizedTest
    @CsvSource({
        // RFC 5952, 4.1: leading zeros are suppressed, a zero group is "0"
        "2001:0db8::0001, 2001:db8::1",
        "2001:db8:aaaa:bbbb:cccc:dddd:eeee:0001, 2001:db8:aaaa:bbbb:cccc:dddd:eeee:1",
        // 4.2.1: shortened as much as possible
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8::0:1, 2001:db8::1",
        // 4.2.2: "::" is not used for one group
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        // 4.2.3: the longest run, and the first of equal ones
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        // 4.3: lower case
        "2001:DB8::ABCD:EF, 2001:db8::abcd:ef",
        // RFC 4291, 2.2
        "ABCD:EF01:2345:6789:ABCD:EF01:2345:6789, abcd:ef01:2345:6789:abcd:ef01:2345:6789",
        "2001:DB8:0:0:8:800:200C:417A, 2001:db8::8:800:200c:417a",
        "FF01:0:0:0:0:0:0:101, ff01::101",
        "0:0:0:0:0:0:0:1, ::1",
        "0:0:0:0:0:0:0:0, ::",
        "1:0:0:0:0:0:0:0, 1::",
        "::13.1.68.3, ::d01:4403",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        // A mapped address is the IPv4 address
        "::FFFF:129.144.52.38, 129.144.52.38",
        "::ffff:8190:3426, 129.144.52.38",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "198.18.0.1, 198.18.0.1",
    })
    void isWrittenInItsOneForm(String input, String canonical) {
        assertThat(IpAddress.parse(input))
                .hasValueSatisfying(a -> assertThat(a).hasToString(canonical));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                ":",
                ":::",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "256.1.1.1",
                "1.2.3.0004",
                "1.2.3.-4",
                "+1.2.3.4",
                "1.2.3.4 ",
                "0x1.2.3.4",
                "\u0661.2.3.4",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1::2::3",
                "1:::2",
                ":1::2",
                "1::2:",
                "12345::",
                "g::",
                "-1::",
                "fe80::1%eth0",
                "[::1]",
                "::1.2.3",
                "::1.2.3.256",
                "1.2.3.4::",
                "1:2:3:4:5:6:7:1.2.3.4",
                "example.org",
                "localhost",
                "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000",
            })
    void isNoAddress(String input) {
        assertThat(IpAddress.parse(input)).isEmpty();
    }

    @Test
    void longestLiteralIsParsed() {
        assertThat(IpAddress.parse("1111:2222:3333:4444:5555:6666:255.255.255.255")).isPresent();
    }
}
