package dev.starling.crawler.catalogue.classify;

import dev.starling.crawler.catalogue.CatalogueEntry;
import dev.starling.crawler.catalogue.CatalogueFile;
import dev.starling.crawler.catalogue.Classification;
import dev.starling.crawler.catalogue.Classifier;
import dev.starling.crawler.catalogue.ContentType;
import dev.starling.crawler.catalogue.Contents;
import dev.starling.crawler.catalogue.Extensions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Classifies by rules: the type by what most of the bytes are, the rest by what the name says.
/// Thread-safe.
public final class Rules implements Classifier {

    private static final String RESOURCE = "rules.txt";

    private final RuleFile ascii;
    private final RuleFile unicode;

    Rules(List<String> lines) {
        this.ascii = RuleFile.parse(lines, RuleFile.ASCII);
        this.unicode = RuleFile.parse(lines, RuleFile.UNICODE);
    }

    /// The rules that come with the program, read at first use.
    public static Rules standard() {
        return Standard.RULES;
    }

    private static final class Standard {
        static final Rules RULES = new Rules(load());

        private static List<String> load() {
            try (InputStream file =
                            Objects.requireNonNull(Rules.class.getResourceAsStream(RESOURCE));
                    var reader =
                            new BufferedReader(
                                    new InputStreamReader(file, StandardCharsets.UTF_8))) {
                return reader.lines().toList();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + RESOURCE, e);
            }
        }
    }

    @Override
    public Classification classify(CatalogueEntry entry) {
        String plain = plain(entry);
        var rules = plain.chars().allMatch(c -> c < 0x80) ? ascii : unicode;
        var type = type(rules, entry.contents(), plain);
        return new NameReading(rules, plain).classification(type);
    }

    /// The name without a known extension, with spaces for what stands for them.
    private String plain(CatalogueEntry entry) {
        String name = withoutExtension(withoutExtension(entry.name())); // such as .tar.gz
        return name.replaceAll("[._\\s]+", " ").strip();
    }

    private String withoutExtension(String name) {
        String extension = Extensions.of(name);
        return ascii.extensions().containsKey(extension) || ascii.beside().contains(extension)
                ? name.substring(0, name.length() - extension.length() - 1)
                : name;
    }

    private static ContentType type(RuleFile rules, Contents contents, String plain) {
        var byFiles = typeOfMostBytes(rules, contents);
        boolean mayHoldAnything =
                byFiles == ContentType.ARCHIVES
                        || byFiles == ContentType.DATA
                        || (byFiles == ContentType.SOFTWARE && isDiskImage(contents));
        if (mayHoldAnything) {
            for (var rule : rules.types()) {
                if (rule.pattern().matcher(plain).find()) {
                    return rule.value();
                }
            }
        }
        return byFiles;
    }

    private static boolean isDiskImage(Contents contents) {
        return contents.files().stream()
                .map(file -> Extensions.of(file.path()))
                .anyMatch(it -> it.equals("iso") || it.equals("img") || it.equals("bin"));
    }

    private static ContentType typeOfMostBytes(RuleFile rules, Contents contents) {
        Map<ContentType, Long> bytes = new EnumMap<>(ContentType.class);
        Map<ContentType, Long> besideBytes = new EnumMap<>(ContentType.class);
        for (CatalogueFile file : contents.files()) {
            String extension = Extensions.of(file.path());
            var type = rules.extensions().getOrDefault(extension, ContentType.DATA);
            var counted = rules.beside().contains(extension) ? besideBytes : bytes;
            counted.merge(type, file.lengthBytes() + 1, Long::sum);
        }
        // A text beside a film tells nothing, but a torrent of texts is a book.
        return (bytes.isEmpty() ? besideBytes : bytes)
                .entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .map(Map.Entry::getKey)
                        .orElse(ContentType.DATA);
    }
}
