package dev.starling.node.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HostCheckTest {

    private final HostCheck check = new HostCheck(List.of("Node.Example.org"));

    @Test
    void addressesAndLocalhostCannotBeRebound() {
        assertThat(
                        List.of(
                                "127.0.0.1",
                                "127.0.0.1:9090",
                                "192.0.2.7:80",
                                "[::1]:9090",
                                "[2001:db8::7]"))
                .allMatch(check::isOurs);
        assertThat(List.of("localhost", "LOCALHOST:9090")).allMatch(check::isOurs);
    }

    @Test
    void aNameIsAnsweredOnlyWhereTheOperatorNamedIt() {
        assertThat(List.of("node.example.org", "NODE.example.org:9090")).allMatch(check::isOurs);
        assertThat(List.of("rebound.example", "rebound.example:9090", "localhost.evil.example"))
                .noneMatch(check::isOurs);
    }

    @Test
    void whatIsNoHostIsNotOurs() {
        assertThat(
                        List.of(
                                "",
                                ":",
                                "[",
                                "[]",
                                "[::1",
                                "1.2.3",
                                "a@127.0.0.1",
                                "127.0.0.1.evil.example"))
                .noneMatch(check::isOurs);
    }
}
