package dev.starling.crawler.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.crawler.catalogue.classify.Rules;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EntryJsonTest {

    @Test
    void aTorrentIsReadAsItWasWritten() {
        var entry = Samples.folder("Ночной \"поезд\"\n", "cd1/01 Départ.flac", "c.jpg");
        var history = List.of(Samples.reading("x", 7, 1).health());
        var found = new Found(entry, Rules.standard().classify(entry), history);

        var line = EntryJson.write(found).toJson();

        assertThat(line).doesNotContain("\n");
        assertThat(line).contains("\"firstSeen\":\"2026-11-01T12:00:00Z\"");
        assertThat(EntryJson.read(line)).isEqualTo(new EntryJson.Read(entry, history));
    }

    @Test
    void timesAreReadAsSecondsToo() {
        var entry = Samples.folder("night", "a.flac");
        var history = List.of(Samples.reading("x", 7, 1).health());
        var found = new Found(entry, Rules.standard().classify(entry), history);

        var line = EntryJson.document(found).toJson();

        assertThat(line).contains("\"firstSeen\":" + Samples.NOON.getEpochSecond());
        assertThat(EntryJson.read(line)).isEqualTo(new EntryJson.Read(entry, history));
    }

    @Test
    void whatIsNoTorrentIsMalformed() {
        String hash = Samples.id("x").hex();
        for (String line :
                List.of(
                        "",
                        "[]",
                        "{",
                        "7",
                        "{\"infoHash\":\"12\"}",
                        "{\"infoHash\":\"" + hash + "\",\"firstSeen\":9,\"lastSeen\":1}",
                        "{\"infoHash\":\"" + hash + "\",\"lengthBytes\":-1}",
                        "{\"infoHash\":\"" + hash + "\",\"firstSeen\":\"noon\"}",
                        "{\"infoHash\":\"" + hash + "\",\"lastSeen\":1e300}")) {
            assertThat(EntryJson.read(line)).as(line).isInstanceOf(EntryJson.Malformed.class);
        }
    }
}
