package dev.starling.node.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// One `starling get` under way.
record Get(LabProcess process, Path folder) {

    static final Duration PATIENCE = Duration.ofMinutes(2);

    /// Waits until it is complete and has ended well, and compares what came with what was shared.
    /// A small download may be over before the DHT is joined, and says nothing of that then.
    void complete(Path content) throws IOException {
        String complete = process.awaitEvent("complete", PATIENCE);
        String metadata = process.awaitEvent("metadata", PATIENCE);
        assertThat(process.awaitExit(Lab.PATIENCE)).isZero();
        var bootstrapped =
                process.events("bootstrapped").stream()
                        .map(line -> LabProcess.number(line, "seconds") + " s")
                        .findFirst();
        assertThat(Content.sha256(folder.resolve(content.getFileName())))
                .isEqualTo(Content.sha256(content));
        System.out.println(
                "measured: get "
                        + content.getFileName()
                        + ": bootstrapped "
                        + bootstrapped.orElse("later")
                        + ", metadata "
                        + LabProcess.number(metadata, "seconds")
                        + " s, complete "
                        + LabProcess.number(complete, "seconds")
                        + " s after the process began");
    }
}
