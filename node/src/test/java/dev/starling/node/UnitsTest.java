package dev.starling.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UnitsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.00 KiB",
        "1048575, 1.00 MiB",
        "10485760, 10.0 MiB",
        "104857600, 100 MiB",
        "1073741824, 1.00 GiB",
        "9223372036854775807, 8.00 EiB"
    })
    void bytesShowThreeDigitsThatCount(long amount, String expected) {
        assertThat(Units.bytes(amount)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "850, 850 ms",
        "4200, 4.2 s",
        "200000, 3m 20s",
        "7500000, 2h 5m",
        "273600000, 3d 4h"
    })
    void durationsReadAsAPersonSaysThem(long millis, String expected) {
        assertThat(Units.duration(Duration.ofMillis(millis))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"500ms, 500", "90s, 90000", "2m, 120000", "1h30m, 5400000", "1d, 86400000"})
    void durationsAreReadAsTheyAreWritten(String text, long millis) {
        assertThat(Units.parseDuration(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-5s", "5 s", "1m1h", "99999999999999s"})
    void whatIsNoDurationIsRefusedByName(String text) {
        assertThatThrownBy(() -> Units.parseDuration(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({"300, 300", "64KiB, 65536", "256mib, 268435456", "1G, 1073741824"})
    void sizesAreReadAsTheyAreWritten(String text, long bytes) {
        assertThat(Units.parseBytes(text)).isEqualTo(bytes);
    }

    @Test
    void aSizeBeyondALongIsRefused() {
        assertThatThrownBy(() -> Units.parseBytes("999999999999T"))
                .isInstanceOf(ArithmeticException.class);
    }
}
