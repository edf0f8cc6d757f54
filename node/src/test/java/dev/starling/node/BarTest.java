package dev.starling.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BarTest {

    private static final List<String> FIELDS =
            List.of("1023 GiB of 1023 GiB", "1023 MiB/s", "23h 59m left", "199 peers");

    private final PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    private final Output output =
            new Output(nowhere, nowhere, new Output.Mode(false, false, false));

    @Test
    void theLineIsShorterThanTheTerminalIsWide() {
        for (int columns = 15; columns < 200; columns++) {
            assertThat(Bar.of(0.5, FIELDS, output, columns)).hasSizeLessThan(columns);
        }
    }

    @Test
    void theLastFieldsGiveWayAfterTheBar() {
        assertThat(Bar.of(0.5, FIELDS, output, 200)).hasSize(24 + 6 + 22 + 12 + 14 + 11);
        assertThat(Bar.of(0.5, FIELDS, output, 80)).endsWith("199 peers").hasSize(79);
        assertThat(Bar.of(0.5, FIELDS, output, 70)).endsWith("left");
        assertThat(Bar.of(0.99, FIELDS, output, 20)).isEqualTo("━━━━━━━━━━━━━  99 %");
    }
}
