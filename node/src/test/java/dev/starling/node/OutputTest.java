package dev.starling.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class OutputTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Output output(boolean isJson, boolean isTerminal) {
        return new Output(
                new PrintWriter(out),
                new PrintWriter(err),
                new Output.Mode(isJson, isTerminal, isTerminal));
    }

    @Test
    void withJsonStdoutCarriesEventsAlone() {
        var output = output(true, true);

        output.event(Event.of("ready"));
        output.result("human");
        output.progress("human too");
        output.error("why", "what to do");

        assertThat(out.toString().lines())
                .containsExactly(
                        "{\"event\":\"ready\"}",
                        "{\"event\":\"failed\",\"reason\":\"why\",\"hint\":\"what to do\"}");
    }

    @Test
    void withoutTerminalProgressGoesToStderrAndNothingIsColoured() {
        var output = output(false, false);

        output.result("result");
        output.progress("going on");
        output.error("why", "what to do");

        assertThat(out.toString()).isEqualToNormalizingNewlines("result\n");
        assertThat(err.toString())
                .isEqualToNormalizingNewlines("going on\nerror: why\n  what to do\n");
    }

    @Test
    void remoteTextCannotMoveTheCursorOrTurnTheDirection() {
        assertThat(Output.harmless("a\u001b[2Jb\u202ec\nd")).isEqualTo("a_[2Jbc_d");
        assertThat(Output.harmless("x".repeat(10_000))).hasSize(300);
    }
}
