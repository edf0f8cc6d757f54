package dev.starling.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class EventTest {

    @Test
    void fieldsKeepTheirOrderAndTypes() {
        var event =
                Event.of("metadata")
                        .text("name", "a \"b\"\n")
                        .number("lengthBytes", 1L << 40)
                        .fraction("seconds", 0.12345)
                        .flag("private", false)
                        .texts("addresses", List.of("127.0.0.1:1", "[::1]:2"))
                        .parts("files", List.of(Event.part().text("path", "x")));

        assertThat(event.toJson())
                .isEqualTo(
                        "{\"event\":\"metadata\",\"name\":\"a \\\"b\\\"\\n\","
                                + "\"lengthBytes\":1099511627776,\"seconds\":0.123,\"private\":false,"
                                + "\"addresses\":[\"127.0.0.1:1\",\"[::1]:2\"],"
                                + "\"files\":[{\"path\":\"x\"}]}");
    }

    @Test
    void aFieldGivenTwiceIsOurMistake() {
        var event = Event.of("x").number("a", 1);

        assertThatThrownBy(() -> event.number("a", 2)).isInstanceOf(IllegalStateException.class);
    }
}
