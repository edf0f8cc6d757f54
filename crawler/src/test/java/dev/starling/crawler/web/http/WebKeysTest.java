package dev.starling.crawler.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WebKeysTest {

    @TempDir private Path data = Path.of("");

    @Test
    void keysAreMadeOnceAndKept() throws IOException {
        var first = WebKeys.of(data.resolve("new"));
        var second = WebKeys.of(data.resolve("new"));

        assertThat(first.isNew()).isTrue();
        assertThat(second.isNew()).isFalse();
        assertThat(second.read()).isEqualTo(first.read());
        assertThat(second.admin()).isEqualTo(first.admin()).isNotEqualTo(first.read());
    }

    @Test
    void nobodyElseReadsThem() throws IOException {
        WebKeys.of(data);

        for (String file : new String[] {"web-api.key", "web-admin.key"}) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(data.resolve(file))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void anEmptyFileIsNoKey() throws IOException {
        WebKeys.of(data);
        Files.writeString(data.resolve("web-admin.key"), "\n");

        assertThatIOException()
                .isThrownBy(() -> WebKeys.of(data))
                .withMessageContaining("web-admin.key");
    }
}
