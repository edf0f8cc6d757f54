package dev.starling.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.Seeded;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SafePathProperties {

    private static final Path FOLDER = Path.of("/downloads/here");

    /// What attacks are made of.
    private static final List<String> HOSTILE =
            List.of(
                    "..",
                    ".",
                    "/",
                    "\\",
                    "\0",
                    "~",
                    "C:",
                    "//",
                    "con",
                    "nul",
                    "com1",
                    ".txt",
                    " ",
                    "\n",
                    "\u202e",
                    "\u200b",
                    "\ufffd",
                    "\ud800",
                    "\udc00",
                    "a",
                    "A",
                    "é",
                    "e\u0301",
                    "ß",
                    "🐦",
                    ":",
                    "*",
                    "%2f",
                    "..;/",
                    "\uff0e\uff0e",
                    "\u2215",
                    "\uffff",
                    "x".repeat(239));

    @Test
    void nothingLeavesTheFolder() {
        Seeded.forSeeds(
                10_000,
                random -> {
                    var raw = paths(random, 5);

                    var safe = SafePath.paths(name(random), raw);

                    assertThat(safe).hasSameSizeAs(raw);
                    for (int i = 0; i < raw.size(); i++) {
                        var resolved = FOLDER.resolve(safe.get(i)).normalize();
                        assertThat(resolved.startsWith(FOLDER)).as(safe.get(i)).isTrue();
                        assertThat(resolved.getNameCount() - FOLDER.getNameCount())
                                .as(safe.get(i))
                                .isEqualTo(1 + raw.get(i).size());
                    }
                });
    }

    @Test
    void anElementIsOneNameOnEverySystem() {
        Seeded.forSeeds(
                100_000,
                random -> {
                    String element = SafePath.element(name(random));

                    assertThat(element).isNotEmpty().isNotIn(".", "..").doesNotEndWith(".");
                    assertThat(element)
                            .doesNotEndWith(" ")
                            .doesNotContainPattern("[/\\\\:*?\"<>|]");
                    assertThat(element.codePoints()).noneMatch(Character::isISOControl);
                    assertThat(element.getBytes(StandardCharsets.UTF_8).length)
                            .isLessThanOrEqualTo(SafePath.MAX_ELEMENT_BYTES);
                    assertThat(SafePath.element(element)).isEqualTo(element);
                });
    }

    @Test
    void noFileMeetsAnotherOrAFolder() {
        Seeded.forSeeds(
                2_000,
                random -> {
                    var raw = paths(random, 30);

                    var safe = SafePath.paths("t", raw);

                    var files = new HashSet<String>();
                    for (String path : safe) {
                        assertThat(files.add(path.toLowerCase(Locale.ROOT))).as(path).isTrue();
                    }
                    for (String path : safe) {
                        for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
                            String folder = path.substring(0, at).toLowerCase(Locale.ROOT);
                            assertThat(files.contains(folder)).as(path).isFalse();
                        }
                    }
                });
    }

    private static List<List<String>> paths(RandomGenerator random, int count) {
        return IntStream.range(0, count)
                .mapToObj(_ ->
                        Stream.generate(() -> name(random)).limit(1 + random.nextInt(4)).toList())
                .toList();
    }

    private static String name(RandomGenerator random) {
        var name = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            if (random.nextInt(8) == 0) {
                name.append((char) random.nextInt(0x10000));
            } else {
                name.append(HOSTILE.get(random.nextInt(HOSTILE.size())));
            }
        }
        return name.toString();
    }
}
