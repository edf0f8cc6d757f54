package dev.starling.node.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// One `starling get` under way.
record Get(LabProcess process, Path folder) {

    static final Duration PATIENCE = Duration.ofMinutes(2);

    /// Waits until it is complete and has ended well, and compares what came with what was shared.
    void complete(Path content) throws IOException {
        String complete = process.awaitEvent("complete", PATIENCE);
        String metadata = process.awaitEvent("metadata", PATIENCE);
        String bootstrapped = process.awaitEvent("bootstrapped", PATIENCE);
        assertThat(process.awaitExit(Lab.PATIENCE)).isZero();
        assertThat(Content.sha256(folder.resolve(content.getFileName())))
                .isEqualTo(Content.sha256(content));
        System.out.println(
                "measured: get "
                        + content.getFileName()
                        + ": bootstrapped "
                        + LabProcess.number(bootstrapped, "seconds")
                        + " s, metadata "
                        + LabProcess.number(metadata, "seconds")
                        + " s, complete "
                        + LabProcess.number(complete, "seconds")
                        + " s after the process began");
    }
}
