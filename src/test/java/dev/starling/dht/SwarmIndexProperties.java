package dev.starling.dht;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.Seeded;
import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// An index of infohashes is a map in the order of the latest announce.
class SwarmIndexProperties {

    private static final int STEPS = 3_000;
    private static final int INFO_HASHES = 60;

    /// So many that they do not lie in one page of rows.
    private static final int PAGES_OF_INFO_HASHES = 2_500;

    @Test
    void itFindsAndLinesUpAsAMapDoes() {
        Seeded.forSeeds(
                50,
                random -> {
                    var index = new SwarmIndex(SipHash.random(random), new SwarmRows());
                    Set<Id> model = new LinkedHashSet<>();
                    for (int i = 0; i < STEPS; i++) {
                        var infoHash = new Id(i % 2, 0, random.nextInt(INFO_HASHES));
                        int known = index.find(infoHash);
                        assertThat(known != SwarmIndex.NONE).isEqualTo(model.remove(infoHash));
                        if (known == SwarmIndex.NONE) {
                            index.add(infoHash);
                            model.add(infoHash);
                        } else if (random.nextBoolean()) {
                            index.touch(known);
                            model.add(infoHash);
                        } else {
                            index.remove(known);
                        }
                        assertThat(index.count()).isEqualTo(model.size());
                        assertThat(oldest(index)).isEqualTo(model.stream().findFirst());
                    }
                    assertThat(numbered(index)).containsExactlyInAnyOrderElementsOf(model);
                    assertThat(fromTheOldestOn(index)).containsExactlyElementsOf(model);
                });
    }

    @Test
    void itLinesUpAnewByTheLatestAnnounce() {
        Seeded.forSeeds(
                50,
                random -> {
                    var index = new SwarmIndex(SipHash.random(random), new SwarmRows());
                    long[] millis = new long[PAGES_OF_INFO_HASHES];
                    Map<Long, Id> model = new TreeMap<>();
                    for (int i = 0; i < millis.length; i++) {
                        millis[i] = 1_700_000_000_000L + ((long) random.nextInt(1_000) << 20) + i;
                        model.put(millis[i], new Id(i, 0, 0));
                        assertThat(index.add(new Id(i, 0, 0))).isEqualTo(i);
                    }

                    index.sort(number -> millis[number]);

                    assertThat(fromTheOldestOn(index)).containsExactlyElementsOf(model.values());
                });
    }

    private static Optional<Id> oldest(SwarmIndex index) {
        return index.oldest() == SwarmIndex.NONE
                ? Optional.empty()
                : Optional.of(index.infoHash(index.oldest()));
    }

    private static List<Id> numbered(SwarmIndex index) {
        var infoHashes = new ArrayList<Id>();
        for (int i = 0; i < index.count(); i++) {
            var infoHash = index.infoHash(i);
            assertThat(index.find(infoHash)).isEqualTo(i);
            infoHashes.add(infoHash);
        }
        return infoHashes;
    }

    /// Removes all.
    private static List<Id> fromTheOldestOn(SwarmIndex index) {
        var infoHashes = new ArrayList<Id>();
        while (index.oldest() != SwarmIndex.NONE) {
            infoHashes.add(index.infoHash(index.oldest()));
            index.remove(index.oldest());
        }
        return infoHashes;
    }
}
