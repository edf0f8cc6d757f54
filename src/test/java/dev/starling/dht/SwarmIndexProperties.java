package dev.starling.dht;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.Seeded;
import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// An index of infohashes is a map in the order of the latest announce.
class SwarmIndexProperties {

    private static final int STEPS = 3_000;
    private static final int INFO_HASHES = 60;

    @Test
    void itFindsAndLinesUpAsAMapDoes() {
        Seeded.forSeeds(
                50,
                random -> {
                    var index = new SwarmIndex(SipHash.random(random));
                    Map<Id, AnnouncedPeers> model = new LinkedHashMap<>();
                    for (int i = 0; i < STEPS; i++) {
                        var infoHash = new Id(0, 0, random.nextInt(INFO_HASHES));
                        var known = model.remove(infoHash);
                        assertThat(index.find(infoHash)).isSameAs(known);
                        if (known == null) {
                            model.put(infoHash, index.add(infoHash));
                        } else if (random.nextBoolean()) {
                            index.touch(known);
                            model.put(infoHash, known);
                        } else {
                            index.remove(known);
                        }
                        assertThat(index.count()).isEqualTo(model.size());
                        assertThat(index.oldest())
                                .isSameAs(
                                        model.isEmpty() ? null : model.values().iterator().next());
                    }
                    assertThat(numbered(index)).containsExactlyInAnyOrderElementsOf(model.values());
                    for (var swarm : List.copyOf(model.values())) {
                        assertThat(index.oldest()).isSameAs(swarm);
                        index.remove(swarm);
                    }
                    assertThat(index.oldest()).isNull();
                });
    }

    private static List<AnnouncedPeers> numbered(SwarmIndex index) {
        var swarms = new ArrayList<AnnouncedPeers>();
        for (int i = 0; i < index.count(); i++) {
            assertThat(index.at(i).number).isEqualTo(i);
            swarms.add(index.at(i));
        }
        return swarms;
    }
}
