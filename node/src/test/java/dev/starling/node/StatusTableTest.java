package dev.starling.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StatusTableTest {

    private static final String STATUS =
            """
            {"event":"status","version":"1.2.3","uptimeSeconds":3720.5,"healthy":false,
             "problems":["not joined yet"],"addresses":["192.0.2.7:6881"],"id":"00ff",
             "storedPeers":12345,"storedInfoHashes":678,"storedItems":9,"maxPeers":500000,
             "tables":[{"family":"IPv4","contacts":64,"good":60,
               "buckets":[{"depth":0,"contacts":64,"good":60,"capacity":128,"waiting":0}]}],
             "served":{"methods":[{"method":"ping","received":10,"answered":9},
               {"method":"put","received":0,"answered":0}],"limited":1,"shortened":2,
               "withheld":3,"malformed":4,"shed":5,"bytesReceived":2048,"bytesSent":4096},
             "asked":{"methods":[{"method":"ping","sent":5}],"answered":4,"timedOut":1,
               "refused":0,"unsolicited":2,"roundTripSeconds":0.2}}\
            """;

    private static List<String> lines(String json) {
        var nowhere = new PrintWriter(new StringWriter());
        var output = new Output(nowhere, nowhere, new Output.Mode(false, false, false));
        return StatusTable.lines(JsonTree.parse(json), output);
    }

    @Test
    void everythingIsNamed() {
        assertThat(String.join("\n", lines(STATUS)))
                .contains("health     not joined yet", "192.0.2.7:6881", "1h 2m, version 1.2.3")
                .contains("12,345 peers of 678 infohashes, 9 items, at most 500,000")
                .contains("IPv4       64 contacts, 60 good")
                .contains("0  " + "█".repeat(16) + "·".repeat(16) + " 64/128")
                .contains("1 limited, 2 shortened, 3 withheld, 4 malformed, 5 shed")
                .contains("2.00 KiB received, 4.00 KiB sent")
                .contains("4 answered, 1 timed out, 0 refused, 2 unsolicited")
                .contains("50 ms on average")
                .containsPattern("ping +10 +9 +5")
                .doesNotContain("put");
    }

    @Test
    void aNodeThatDoesNotAnswerHasOnlyAHead() {
        var lines = lines("{\"healthy\":false,\"problems\":[\"the node does not answer\"]}");

        assertThat(lines.getFirst()).contains("the node does not answer");
    }
}
