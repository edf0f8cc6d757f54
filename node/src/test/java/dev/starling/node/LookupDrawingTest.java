package dev.starling.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.lookup.LookupTrace;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookupDrawingTest {

    private static final long MILLI = 1_000_000;
    private static final Contact CONTACT =
            new Contact(Id.ZERO, Endpoint.parse("11.0.0.1:6881").orElseThrow());

    @Test
    void everyQueryIsALineFromWhenItWasAskedToWhenItWasAnswered() {
        var trace =
                new LookupTrace(
                        Id.ZERO,
                        0,
                        List.of(
                                step(0, 50 * MILLI, 9, 0),
                                step(0, -1, 11, 0),
                                step(50 * MILLI, 100 * MILLI, 17, 4)));

        var lines = new LookupDrawing(trace).text();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("  9 |-").contains("o").endsWith("| 11.0.0.1:6881");
        assertThat(lines.get(1)).startsWith(" 11 |-").contains("?|");
        assertThat(lines.get(2)).startsWith(" 17 | ").contains("-P");
        assertThat(lines)
                .extracting(line -> line.indexOf("| 11"))
                .containsOnly(lines.get(0).indexOf("| 11"));
    }

    @Test
    void pictureShowsWhoAnsweredWhoHadPeersAndWhoWasSilent() {
        var trace =
                new LookupTrace(Id.ZERO, 0, List.of(step(0, 50 * MILLI, 9, 0), step(0, -1, 11, 0)));

        var svg = new LookupDrawing(trace).svg();

        assertThat(svg).startsWith("<svg").endsWith("</svg>\n").contains("stroke-dasharray");
    }

    @Test
    void lookupWithoutAQueryIsDrawnToo() {
        var drawing = new LookupDrawing(new LookupTrace(Id.ZERO, 0, List.of()));

        assertThat(drawing.text()).isEmpty();
        assertThat(drawing.html()).contains("</svg>");
    }

    private static LookupTrace.Step step(long asked, long answered, int bits, int values) {
        return new LookupTrace.Step(CONTACT, asked, answered, 1, 0, bits, values);
    }
}
