package dev.starling.crawler.catalogue;

import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Block rules as text, for command lines and for storage: `hash:<40 hex digits>`, `word:<words>`,
/// or `rule:<terms and filters>`, such as `rule:cracked -review type:software size:..5000000`.
///
/// Filters of a rule are `type:`, `ext:`, `size:`, `year:`, `season:`, `episode:`, `resolution:`
/// and `language:`; the first two take several values with commas, numbers take `5`, `5..`, `..9`
/// or `5..9`.
public final class RuleText {

    /// A phrase, or what stands between spaces.
    private static final Pattern PART = Pattern.compile("-?\"[^\"]*\"\\*?|\\S+");

    private RuleText() {}

    /// Reads a rule.
    ///
    /// @throws IllegalArgumentException if it is none, saying why
    public static BlockRule parse(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? "" : text.substring(0, colon);
        String rest = text.substring(colon + 1).strip();
        return switch (kind) {
            case "hash" -> new BlockRule.Hash(hash(rest));
            case "word" -> new BlockRule.Word(rest);
            case "rule" -> rule(rest);
            default ->
                    throw new IllegalArgumentException(
                            "'" + text + "' begins with none of hash:, word:, rule:");
        };
    }

    private static Id hash(String text) {
        return Id.parseHex(text)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "'" + text + "' is no infohash of 40 hexadecimal digits"));
    }

    private static BlockRule rule(String text) {
        List<String> words = new ArrayList<>();
        var filters = Filters.NONE;
        for (var parts = PART.matcher(text); parts.find(); ) {
            var narrowed = filter(filters, parts.group());
            if (narrowed.isPresent()) {
                filters = narrowed.get();
            } else {
                words.add(parts.group());
            }
        }
        return new BlockRule.Rule(QueryText.parse(String.join(" ", words)), filters);
    }

    private static Optional<Filters> filter(Filters filters, String part) {
        int colon = part.indexOf(':');
        if (colon <= 0 || part.contains("\"")) {
            return Optional.empty();
        }
        String value = part.substring(colon + 1);
        return switch (part.substring(0, colon)) {
            case "type" -> Optional.of(filters.withTypes(types(value)));
            case "ext" -> Optional.of(filters.withExtensions(List.of(value.split(",", -1))));
            case "size" -> Optional.of(filters.withLengthBytes(range(value)));
            case "year" -> Optional.of(filters.withYear(range(value)));
            case "season" -> Optional.of(filters.withSeason(range(value)));
            case "episode" -> Optional.of(filters.withEpisode(range(value)));
            case "resolution" -> Optional.of(filters.withResolution(value));
            case "language" -> Optional.of(filters.withLanguage(value));
            default -> Optional.empty();
        };
    }

    private static List<ContentType> types(String value) {
        List<ContentType> types = new ArrayList<>();
        for (String word : value.split(",", -1)) {
            types.add(
                    ContentType.parse(word)
                            .orElseThrow(() ->
                                    new IllegalArgumentException(
                                            "there is no type '" + word + "'")));
        }
        return types;
    }

    private static Range range(String value) {
        int dots = value.indexOf("..");
        try {
            if (dots < 0) {
                return Range.only(Long.parseLong(value));
            }
            String least = value.substring(0, dots);
            String most = value.substring(dots + 2);
            return new Range(
                    least.isEmpty() ? 0 : Long.parseLong(least),
                    most.isEmpty() ? Long.MAX_VALUE : Long.parseLong(most));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + value + "' is no number or range such as 5..9", e);
        }
    }

    /// The rule as [#parse] reads it; equal rules give equal texts.
    public static String write(BlockRule rule) {
        return switch (rule) {
            case BlockRule.Hash(var infoHash) -> "hash:" + infoHash.hex();
            case BlockRule.Word(var text) -> "word:" + text;
            case BlockRule.Rule(var terms, var filters) -> "rule:" + write(terms, filters);
        };
    }

    private static String write(List<Term> terms, Filters filters) {
        List<String> parts = new ArrayList<>();
        if (!terms.isEmpty()) {
            parts.add(QueryText.write(terms));
        }
        if (!filters.types().isEmpty()) {
            var words = filters.types().stream().map(ContentType::word).sorted().toList();
            parts.add("type:" + String.join(",", words));
        }
        if (!filters.extensions().isEmpty()) {
            parts.add("ext:" + String.join(",", filters.extensions().stream().sorted().toList()));
        }
        addRange(parts, "size", filters.lengthBytes());
        addRange(parts, "year", filters.year());
        addRange(parts, "season", filters.season());
        addRange(parts, "episode", filters.episode());
        filters.resolution().ifPresent(it -> parts.add("resolution:" + it));
        filters.language().ifPresent(it -> parts.add("language:" + it));
        return String.join(" ", parts);
    }

    private static void addRange(List<String> parts, String name, Range range) {
        if (!range.isAny()) {
            String most = range.most() == Long.MAX_VALUE ? "" : String.valueOf(range.most());
            parts.add(name + ":" + range.least() + ".." + most);
        }
    }
}
